import { listAreas, listBodies, listSectors } from '#capabilities/directory/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import type { Choices, Option } from '#shell/table/types.ts'
import { getLedger, type LedgerView } from '../model/index.ts'

const long = { staleTime: 600_000 }

/** What codes may be chosen: towns with their villages, bodies, sectors. */
export interface CodeOptions {
  readonly area: readonly Option[]
  readonly body: readonly Option[]
  readonly sector: readonly Option[]
}

export function useCodeOptions(): CodeOptions {
  const areas = useAsk(listAreas, {}, long).data?.areas ?? []
  const bodies = useAsk(listBodies, {}, long).data?.bodies ?? []
  const sectors = useAsk(listSectors, {}, long).data?.sectors ?? []
  const names = new Map(areas.map(({ code, name }) => [code, name]))
  return {
    area: areas
      .filter(({ level }) => level !== 'county')
      .map(({ code, name, level }) => {
        const town = level === 'village' ? `${names.get(code.slice(0, 9)) ?? ''} ` : ''
        return { value: code, label: `${town}${name}` }
      }),
    body: bodies.map(({ id, name }) => ({ value: id, label: name })),
    sector: sectors.map(({ id, name }) => ({ value: id, label: name })),
  }
}

/** The same for the filters of a list, where a town stands for all its villages. */
export function useChoices(): Choices {
  const { area, body, sector } = useCodeOptions()
  return { area: area.filter(({ value }) => value.length === 9), body, sector }
}

export function useLedger(id: string) {
  return useAsk(getLedger, { ledger: id }, { staleTime: 60_000 })
}

export type { LedgerView }
