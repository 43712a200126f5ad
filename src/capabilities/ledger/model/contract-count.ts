import { z } from 'zod'
import { areaCodePattern } from '#kernel/area.ts'
import { defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { Day } from '#kernel/time.ts'
import { ledgerErrors as e } from './errors.ts'
import { LedgerId } from './ids.ts'

/** Items of a population as they stood: the four add up to `due`. */
export const Counts = z.object({
  due: z.number().int(),
  met: z.number().int(),
  late: z.number().int(),
  open: z.number().int(),
  missed: z.number().int(),
})
export type Counts = z.infer<typeof Counts>

const Zero = z.object({ id: Id, version: z.number().int(), on: Day, by: z.string(), statement: z.string() })
export type ZeroView = z.infer<typeof Zero>

const question = {
  /** The end of that day; today when nothing is said. */
  asOf: Day.optional(),
  area: z.string().regex(areaCodePattern, '区域代码不正确').optional(),
  body: z.string().max(60).optional(),
}

/** Every ledger with how its items stand, over all that the viewer may see. */
export const ledgerOverview = defineQuery({
  id: 'ledger.overview',
  title: '台账总览',
  permission: 'ledger.read',
  input: z.object(question),
  output: z.object({
    asOf: Day,
    ledgers: z.array(
      Counts.extend({
        id: z.string(),
        title: z.string(),
        group: z.string(),
        clauses: z.array(z.string()),
        population: z.string(),
        bodyName: z.string().nullable(),
        dueOn: Day.nullable(),
        nextDue: Day.nullable(),
        /** Areas whose empty population somebody has confirmed, of the areas there are. */
        zeros: z.number().int(),
        areas: z.array(Counts.extend({ area: z.string(), zero: z.boolean() })),
      }),
    ),
    areas: z.array(z.object({ area: z.string(), name: z.string() })),
  }),
  errors: [],
})
export type LedgerOverview = z.infer<typeof ledgerOverview.output>

/** One ledger counted by area and by department, with its sums. */
export const ledgerStatistics = defineQuery({
  id: 'ledger.statistics',
  title: '台账统计',
  permission: 'ledger.read',
  input: z.object({ ledger: LedgerId, ...question }),
  output: z.object({
    asOf: Day,
    total: Counts,
    /** The same of the stock and of what was added after it; null where no stock was frozen. */
    stock: Counts.nullable(),
    additions: Counts.nullable(),
    areas: z.array(Counts.extend({ area: z.string(), name: z.string(), zero: Zero.nullable() })),
    bodies: z.array(Counts.extend({ body: z.string(), name: z.string() })),
    states: z.array(z.object({ state: z.string(), label: z.string(), n: z.number().int() })),
    indicators: z.array(z.object({ id: z.string(), title: z.string(), value: z.number(), words: z.string() })),
  }),
  errors: [e.unknownLedger],
})
export type LedgerStatistics = z.infer<typeof ledgerStatistics.output>
