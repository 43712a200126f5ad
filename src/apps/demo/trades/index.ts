import { danger } from './danger.ts'
import { industry } from './industry.ts'
import { people } from './people.ts'
import type { Trade } from './trade.ts'

export type { Finding, Trade } from './trade.ts'
export const trades: readonly Trade[] = [...industry, ...danger, ...people]
