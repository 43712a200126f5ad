import type { UnitFacts } from '#capabilities/directory/model/index.ts'
import { type ErrorDef, refuse } from '#kernel/errors.ts'
import type { Reader } from '#platform/db/tables.ts'
import { ledgerErrors as e, isNamed, type Ledger, type LedgerItem } from '../model/index.ts'
import type { LedgerDeps } from './deps.ts'

export interface PlaceInput {
  readonly title: string
  readonly area: string | null
  readonly unitId: string | null
  readonly sector: string | null
  readonly bodyId: string | null
}

export type Place = Pick<LedgerItem, 'title' | 'area' | 'sector' | 'bodyId' | 'unitId' | 'unitName'>

/** What is wrong with where somebody puts an item, at the field it is about. */
interface Misplaced {
  readonly def: ErrorDef
  readonly path: string
  readonly message?: string
}

type Placed = { readonly place: Place } | { readonly misplaced: Misplaced }

const wrong = (def: ErrorDef, path: string, message?: string): Placed => ({
  misplaced: { def, path, ...(message ? { message } : {}) },
})

/** The sector of an item: the only one of its ledger, the one that was chosen, or the unit's own. */
function sectorOf(ledger: Ledger, chosen: string | null, unit: UnitFacts | undefined): string | null {
  if (chosen !== null) return chosen
  const { sectors } = ledger
  if (sectors?.length === 1) return sectors[0] ?? null
  return unit?.sectors.find((sector) => !sectors || sectors.includes(sector)) ?? null
}

/** Where an item lies and who answers for it, from what the form says, the unit and the matrix of the county. */
export function placed(
  deps: LedgerDeps,
  ledger: Ledger,
  input: PlaceInput,
  unit: UnitFacts | undefined,
  county: string,
): Placed {
  const { index } = deps.directory
  if (ledger.subject === 'unit' && input.unitId === null) return wrong(e.unitMissing, 'unitId')
  if (input.unitId !== null && !unit) return wrong(e.unitUnknown, 'unitId')
  if (ledger.subject === 'body' && input.bodyId === null && !ledger.body) return wrong(e.bodyUnknown, 'bodyId')
  const area =
    input.area ?? unit?.area ?? (ledger.subject === 'body' ? areaOfBody(deps, ledger.body ?? input.bodyId) : null)
  if (area === null || !index.areas.has(area)) return wrong(e.areaUnknown, 'area')
  const sector = sectorOf(ledger, input.sector, unit)
  if (sector !== null && !index.sectorNames.has(sector)) return wrong(e.sectorUnknown, 'sector')
  if (sector !== null && input.sector !== null && ledger.sectors && !ledger.sectors.includes(sector)) {
    return wrong(e.sectorUnknown, 'sector')
  }
  const bodyId = ledger.body ?? input.bodyId ?? bodyFor(deps, sector, area)
  if (!index.bodyNames.has(bodyId)) return wrong(e.bodyUnknown, 'bodyId')
  const title = input.title || titleOf(deps, ledger, county, unit, area, bodyId)
  if (title === '') return wrong(e.areaUnknown, 'title', `请填写${ledger.name}`)
  return { place: { title, area, sector, bodyId, unitId: unit?.id ?? null, unitName: unit?.name ?? '' } }
}

const areaOfBody = ({ directory: { index } }: LedgerDeps, id: string | null) =>
  index.reference.bodies.find((body) => body.id === id)?.area ?? null

/** Who leads the sector there; without a sector the town itself, and above the towns the committee office. */
function bodyFor({ directory: { index } }: LedgerDeps, sector: string | null, area: string): string {
  const lead = sector === null ? undefined : index.leaders.get(sector)?.[0]
  return lead ?? index.areas.get(area.slice(0, 9))?.bodyId ?? index.reference.officeBodyId
}

function titleOf(
  { directory }: LedgerDeps,
  ledger: Ledger,
  county: string,
  unit: UnitFacts | undefined,
  area: string,
  bodyId: string,
): string {
  const { subject } = ledger
  if (isNamed(ledger)) return ''
  if (subject === 'unit') return unit?.name ?? ''
  if (subject === 'area') return directory.areaName(county, area)
  return subject === 'body' ? directory.bodyName(county, bodyId) : ''
}

/** The place of an item by a form, or a refusal that names its field. */
export async function placeOf(
  deps: LedgerDeps,
  reader: Reader,
  county: string,
  ledger: Ledger,
  input: PlaceInput,
): Promise<Place> {
  const unit = input.unitId === null ? undefined : await deps.directory.findUnit(reader, county, input.unitId)
  const found = placed(deps, ledger, input, unit, county)
  if ('place' in found) return found.place
  const { def, path, message = def.message } = found.misplaced
  return refuse(def, { detail: message, fields: [{ path, message }] })
}
