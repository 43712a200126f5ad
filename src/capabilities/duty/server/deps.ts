import type { Directory } from '#capabilities/directory/model/index.ts'
import type { HolidayYear } from '#kernel/calendar.ts'
import type { Reader } from '#platform/db/tables.ts'
import type { Files } from '#platform/files/files.ts'
import type { DeedSource } from '#platform/module/module.ts'
import type { Environment } from '#platform/parameters/environment.ts'
import type { DutyBook } from '../model/index.ts'
import type { PopulationRows } from './tables.ts'

export interface DutyDeps {
  readonly county: string
  readonly directory: Directory<Reader>
  readonly population: PopulationRows
  readonly files: Pick<Files, 'bind' | 'list'>
  /** Forms and rules of the pack. */
  readonly book: DutyBook
  /** Records of other capabilities that rules may name. */
  readonly sources: readonly DeedSource[]
  readonly environment: Pick<Environment, 'calendar' | 'parameters'> & { readonly years: readonly HolidayYear[] }
}
