import { isWithin } from '#kernel/area.ts'
import type { UnitCounts, UnitFilter } from '../model/index.ts'
import { areaName } from './directory.ts'
import { countUnits, type UnitSight } from './queries.ts'

/** The area × sector table with names. What the pack no longer has stays visible as long as a unit stands there. */
export async function unitTable(sight: UnitSight, filter: UnitFilter): Promise<UnitCounts> {
  const { total, highRisk, areas, cells: all } = await countUnits(sight, filter)
  // A unit of the sector asked for may have others; no list can ask for two, so only that one's column has a list.
  const cells = filter.sector ? all.filter((cell) => cell.sector === filter.sector) : all
  const { reference, sectorNames } = sight.index
  const perArea = new Map(areas.map(({ area, n }) => [area, n]))
  const perSector = new Map<string, number>()
  for (const { sector, n } of cells) perSector.set(sector, (perSector.get(sector) ?? 0) + n)
  // A town clerk answers for one town; empty rows of the other eleven would say that nothing stands there.
  const limits = [...sight.boxes.map((box) => box.area)]
  const asked = (town: string) =>
    limits.some((limit) => isWithin(town, limit) || isWithin(limit, town)) &&
    (!filter.area || isWithin(town, filter.area) || isWithin(filter.area, town))
  const towns = reference.areas.filter((area) => area.level === 'town')
  const shown = towns.filter(
    ({ code, supervised, active }) => perArea.has(code) || (active && supervised && asked(code)),
  )
  const known = new Set(shown.map((area) => area.code))
  const strays = [...perArea.keys()].filter((area) => !known.has(area))
  const order = [...reference.sectors.map((sector) => sector.id), ...perSector.keys()]
  return {
    total,
    highRisk,
    areas: [
      ...shown.map(({ code, name, supervised }) => ({ area: code, name, supervised, n: perArea.get(code) ?? 0 })),
      ...strays.map((area) => ({
        area,
        name: areaName(sight.index, area),
        supervised: false,
        n: perArea.get(area) ?? 0,
      })),
    ],
    sectors: [...new Set(order)].flatMap((sector) => {
      const n = perSector.get(sector)
      return n === undefined ? [] : [{ sector, name: sectorNames.get(sector) ?? sector, n }]
    }),
    cells,
  }
}
