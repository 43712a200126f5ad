import { z } from 'zod'
import { Condition } from '#kernel/conditions/condition.ts'
import { Day } from '#kernel/time.ts'
import { Field, FieldId } from './fields/index.ts'
import { Computed } from './rules/index.ts'

const Words = z.string().trim().min(1, '不能为空')
const StateId = z.string().regex(/^[a-z][a-zA-Z0-9]{0,29}$/, '状态代码应为小写字母开头的英文，最多30个字符')
const MoveId = z.string().regex(/^[a-z][a-zA-Z0-9]{0,29}$/, '代码应为小写字母开头的英文，最多30个字符')

/** Who may do something with an item: people of these offices, within what their grant reaches. */
export const keepers = {
  office: '县安委办',
  department: '行业部门',
  town: '乡镇（开发区）',
  inspector: '检查人员',
  unit: '生产经营单位',
} as const
export type Keeper = keyof typeof keepers
const Keepers = z
  .array(z.enum(Object.keys(keepers) as [Keeper, ...Keeper[]], `只能写 ${Object.keys(keepers).join('、')}`))
  .min(1)

/** A state code tests the type; what it is called is the pack's. `void` is built in and needs no state of its own. */
export const LedgerState = z.strictObject({
  title: Words.max(20),
  type: z.enum(['open', 'waiting', 'closed'], '状态类型只能是 open（在办）、waiting（待他人）或 closed（办结）'),
})

/** A step from states to a state: by whom, what must have been filled in, which papers, and whether a reason is asked. */
export const Move = z.strictObject({
  id: MoveId,
  title: Words.max(20),
  from: z.array(StateId).min(1, '至少写一个起始状态'),
  to: StateId,
  by: Keepers.optional(),
  /** Fields that stand in the form of the step. */
  asks: z.array(FieldId).optional(),
  /** Fields without which the step is refused; they stand in its form too. */
  needs: z.array(FieldId).optional(),
  /** At least one file has to come with it. */
  evidence: z.boolean().optional(),
  reason: z.boolean().optional(),
  /** Milestones that must have been reached before. */
  after: z.array(MoveId).optional(),
  /** Offered only while this holds. */
  when: Condition.optional(),
})
export type Move = z.infer<typeof Move>

export const Milestone = z.strictObject({
  id: MoveId,
  title: Words.max(20),
  by: Keepers.optional(),
  evidence: z.boolean().optional(),
  /** Only items of which this holds go through it. */
  when: Condition.optional(),
})
export type Milestone = z.infer<typeof Milestone>

const Span = z
  .strictObject({
    days: z.int().min(1).optional(),
    months: z.int().min(1).optional(),
    years: z.int().min(1).optional(),
  })
  .refine((span) => Object.values(span).filter((one) => one !== undefined).length === 1, {
    message: '间隔只写一项：days、months 或 years',
  })

/** Until when an item is to be done: one day for all, a day that stands in a field, or so long after one or after listing. */
export const Due = z
  .strictObject({
    on: Day.optional(),
    field: FieldId.optional(),
    afterListing: Span.optional(),
    plus: Span.optional(),
    /** Holds where the field is empty: 未逐项定期限的，按方案的期限. */
    otherwise: Day.optional(),
  })
  .refine((due) => [due.on, due.field, due.afterListing].filter((one) => one !== undefined).length === 1, {
    message: '期限只写一种：on（固定日期）、field（某个日期字段）或 afterListing（列入后多久）',
  })
export type Due = z.infer<typeof Due>

/** A number beside done and due: the sum of a field over all items, or over those that are done. */
export const Indicator = z.strictObject({
  id: MoveId,
  title: Words.max(20),
  sum: FieldId,
  of: z.enum(['done', 'all'], 'of 只能是 done（办结的）或 all（全部）'),
  unit: Words.max(10).optional(),
})

export const Ledger = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z]+(-[a-z]+)*$/, '台账代码应为小写英文加连字符，如 rural-bus')
    .max(33, '台账代码最多33个字符')
    .refine((id) => id !== 'items', 'items 已用作全部事项的地址，请换一个'),
  title: Words.max(30, '名称最多30字'),
  /** Ledgers of one group stand together. */
  group: Words.max(12, '分组最多12字'),
  clauses: z.array(Words).min(1, '至少写一条方案条款'),
  /** A choice whose options are clauses (`P4-3`): each of these is served by the items that name it, and by no others. */
  clauseField: FieldId.optional(),
  /** Its items stand one by one in the final evaluation: 制度成果. */
  evaluated: z.boolean().optional(),
  about: Words.max(300, '说明最多300字'),
  /** What an item is about: a unit of the directory, an area, a body, or a thing of its own (a vehicle, a reservoir). */
  subject: z.enum(
    ['unit', 'area', 'body', 'own'],
    'subject 只能是 unit（单位）、area（区域）、body（机构）或 own（事物本身）',
  ),
  /** What the naming field is called: 号牌号码. For a ledger of units it may be the name of the unit itself. */
  name: Words.max(20),
  sectors: z.array(z.string()).min(1).optional(),
  /** The department that answers for it; without one the responsibility matrix says who does. */
  body: z.string().optional(),
  /** Who enters and corrects items. */
  keepers: Keepers.default(['office', 'department', 'town']),
  /** What an item is known by; a second one with the same is the same one. `name`, `unit`, `area`, `body` or fields. */
  key: z.array(z.string()).min(1).default(['name']),
  population: z.strictObject({
    /** Whom or what the plan means: 每台变型拖拉机. */
    words: Words.max(100),
    /** Items listed until this day are the stock, later ones additions; the county may freeze another day. */
    stock: Day.optional(),
  }),
  fields: z.array(Field).max(40, '最多40个字段').default([]),
  computed: z.array(Computed).max(10).default([]),
  states: z.record(StateId, LedgerState),
  start: StateId,
  moves: z.array(Move).max(20).default([]),
  milestones: z.array(Milestone).max(12).default([]),
  due: Due.optional(),
  indicators: z.array(Indicator).max(6).default([]),
})
export type Ledger = z.infer<typeof Ledger>
