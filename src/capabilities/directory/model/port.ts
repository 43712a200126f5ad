import type { Day } from '#kernel/time.ts'

/** What other capabilities may know of a unit (生产经营单位). */
export interface UnitFacts {
  readonly id: string
  readonly name: string
  readonly area: string
  readonly sectors: readonly string[]
  readonly highRisk: boolean
  readonly active: boolean
}

/** A person a matter about a unit must be told to: the principal and the actual controller, both (M17-7). */
export interface UnitContact {
  readonly personId: string
  readonly name: string
  readonly role: 'principal' | 'controller'
  readonly phone: string | null
}

/** Where a matter goes. `reason` is set when it fell to the committee office because nobody leads the sector. */
export interface Route {
  readonly leadBodyId: string
  readonly jointBodyIds: readonly string[]
  readonly townBodyId: string | null
  readonly reason: string | null
}

/** Where one unit, found by import or self-registration, may already stand in the directory. */
export interface UnitMatch {
  readonly unit: UnitFacts
  /** 0..1; 1 = same credit code or same name in the same area. */
  readonly score: number
  readonly why: string
}

/** What is known of a unit that is looked for: a ledger's row, a registration. */
export interface UnitWanted {
  readonly name: string
  readonly area: string | null
  readonly creditCode: string | null
}

/**
 * The directory as other capabilities use it. `reader` is the pool or an open transaction, typed by the platform as
 * opaque here so that models stay free of the server.
 */
export interface Directory<Reader> {
  findUnit(reader: Reader, county: string, id: string): Promise<UnitFacts | undefined>
  /**
   * Reads many units with one question. Until the transaction ends `findUnit` answers for them without asking again; not
   * for one that itself changes units.
   */
  readAhead(tx: Reader, county: string, ids: readonly string[]): Promise<void>
  unitContacts(reader: Reader, county: string, unitId: string): Promise<readonly UnitContact[]>
  matchUnits(reader: Reader, county: string, wanted: UnitWanted): Promise<readonly UnitMatch[]>
  /**
   * For each of many: the active units that are it beyond doubt (score 1), two or more when that leaves a choice, found by
   * code or by name letter for letter with one question. Where there is none, `matchUnits` may know one that is like it.
   */
  exactUnits(reader: Reader, county: string, wanted: readonly UnitWanted[]): Promise<readonly (readonly UnitFacts[])[]>
  routeMatter(reader: Reader, county: string, sector: string, area: string, on: Day): Promise<Route>
  /** Sectors a body leads, alone or jointly; what a department's grant reaches when it names no sectors. */
  sectorsOf(reader: Reader, county: string, bodyId: string): Promise<readonly string[]>
  areaName(county: string, code: string): string
  bodyName(county: string, id: string): string
  sectorName(county: string, id: string): string
}
