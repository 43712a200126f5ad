import { z } from 'zod'
import { areaCodePattern } from '#kernel/area.ts'
import { defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { named } from '#kernel/list/filter.ts'
import { ExportChoice, exportErrors } from '#kernel/list/list.ts'
import { Paging, pageOf } from '#kernel/paging.ts'
import { Day } from '#kernel/time.ts'
import { ledgerErrors as e } from './errors.ts'
import { LedgerId } from './ids.ts'
import { type Lateness, latenesses } from './item.ts'

const LatenessId = z.enum(Object.keys(latenesses) as [Lateness, ...Lateness[]])
export const StateTypeId = z.enum(['open', 'waiting', 'closed', 'void'])
export const stateTypeWords = { open: '在办', waiting: '待办', closed: '办结', void: '作废' } as const

export const LedgerRow = z.object({
  id: Id,
  version: z.number().int(),
  ledgerId: z.string(),
  ledgerTitle: z.string(),
  title: z.string(),
  state: z.string(),
  stateLabel: z.string(),
  stateType: StateTypeId,
  area: z.string(),
  areaName: z.string(),
  sectorName: z.string().nullable(),
  bodyName: z.string(),
  unitId: Id.nullable(),
  unitName: z.string(),
  listedOn: Day,
  /** Listed until the day of the stock; null where the ledger has none. */
  stock: z.boolean().nullable(),
  dueOn: Day.nullable(),
  doneOn: Day.nullable(),
  lateness: LatenessId.nullable(),
  fields: z.record(z.string(), z.unknown()),
  /** Names of the codes among the fields. */
  names: z.record(z.string(), z.string()),
  computed: z.record(z.string(), z.object({ words: z.string(), warns: z.boolean() })),
})
export type LedgerRow = z.infer<typeof LedgerRow>

/** What every ledger can be narrowed by, and all of them together. */
export const LedgerFilter = z.object({
  ledger: named(LedgerId.optional(), '台账'),
  text: named(z.string().trim().max(60, '检索词最多60字').optional(), '名称、单位'),
  area: named(z.string().regex(areaCodePattern, '区域代码不正确').optional(), '区域', 'area'),
  body: named(z.string().max(60).optional(), '责任部门', 'body'),
  sector: named(z.string().max(40).optional(), '行业领域', 'sector'),
  unitId: named(Id.optional(), '单位', 'unit'),
  stateTypes: named(z.array(StateTypeId).max(4).optional(), '办理情况', stateTypeWords),
  late: named(LatenessId.optional(), '完成情况', latenesses),
  states: named(z.array(z.string().max(30)).max(12).optional(), '状态'),
  stock: named(z.boolean().optional(), '只看存量'),
  soon: named(z.boolean().optional(), '30天内到期'),
  dueFrom: named(Day.optional(), '期限从'),
  dueTo: named(Day.optional(), '期限至'),
})
export type LedgerFilter = z.infer<typeof LedgerFilter>

/** Narrowing by a ledger's own fields: `x_<field>`, or `x_<field>_from` and `x_<field>_to` for a span. */
const FieldFilter = z.union([z.string().max(100), z.number(), z.boolean(), z.array(z.string().max(60)).max(40)])
const Asked = LedgerFilter.extend(Paging).catchall(FieldFilter)

export const listItems = defineQuery({
  id: 'ledger.list',
  title: '台账事项',
  permission: 'ledger.read',
  input: Asked,
  output: pageOf(LedgerRow),
  errors: [e.unknownLedger],
})

export const exportItems = defineQuery({
  id: 'ledger.export',
  title: '导出台账事项',
  permission: 'ledger.read',
  input: LedgerFilter.extend(ExportChoice.shape).catchall(FieldFilter),
  output: z.unknown(),
  errors: [e.unknownLedger, ...Object.values(exportErrors)],
})
