import type { Reader } from '#platform/db/tables.ts'
import type { Hazards } from '../model/index.ts'
import { loadFacts, loadHazard } from './store.ts'

/** The hazards as other capabilities use them. */
export const hazardPort: Hazards<Reader> = { find: loadHazard, some: loadFacts }
