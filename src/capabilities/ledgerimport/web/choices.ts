import { listAreas, listSectors } from '#capabilities/directory/model/index.ts'
import { channels, levels, listingLevels } from '#capabilities/hazard/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import type { Option } from '#shell/table/types.ts'
import { progressWords, type ValueField } from '../model/index.ts'

const long = { staleTime: 600_000 }
const options = (names: Readonly<Record<string, string>>): Option[] =>
  Object.entries(names).map(([value, label]) => ({ value, label }))

/** What each looked-up column may mean. */
export function useChoices(): Record<ValueField, Option[]> {
  const areas = useAsk(listAreas, {}, long).data?.areas ?? []
  const sectors = useAsk(listSectors, {}, long).data?.sectors ?? []
  return {
    area: areas.filter((area) => area.level === 'town').map((area) => ({ value: area.code, label: area.name })),
    sector: sectors.map((sector) => ({ value: sector.id, label: sector.name })),
    channel: options(channels),
    listing: options(listingLevels),
    progress: options(progressWords),
    level: options(levels),
  }
}
