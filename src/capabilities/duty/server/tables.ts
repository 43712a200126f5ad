import type { RawBuilder } from 'kysely'

/** Rows the populations are drawn from; the directory says what columns they have. */
export interface PopulationRows {
  units(county: string, unitId?: string): RawBuilder<unknown>
  posts(county: string, unitId?: string): RawBuilder<unknown>
  bodies(county: string): RawBuilder<unknown>
  areas(county: string): RawBuilder<unknown>
  sectors(county: string): RawBuilder<unknown>
}
