import { z } from 'zod'
import { defineAction } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { hazardErrors as e } from './errors.ts'

/** A hazard registered at a named place (mostly from a ledger) turns out to be at a unit of the directory. */
export const linkUnit = defineAction({
  id: 'hazard.linkUnit',
  title: '关联名录单位',
  permission: 'hazard.verify',
  record: 'hazard',
  clauses: ['M17-7'],
  input: z.object({
    unitId: Id,
    reason: z.string().trim().min(4, '请写明关联的依据（至少4个字）').max(500, '依据最多500字'),
  }),
  output: z.object({ unitName: z.string() }),
  errors: [e.unitUnknown, e.unitClosed, e.unitElsewhere, e.unitLinked],
})
