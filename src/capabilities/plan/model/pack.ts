import { z } from 'zod'
import { isDay } from '#kernel/time.ts'
import {
  awaited,
  type ClauseKind,
  clauseKinds,
  type Rhythm,
  rhythms,
  type SectionGroup,
  sectionGroups,
} from './terms.ts'

const keys = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as [K, ...K[]]
const oneOf = <K extends string>(what: string, table: Readonly<Record<K, unknown>>) =>
  z.enum(keys(table), `${what}只能是 ${keys(table).join('、')}`)

const Day = z.string().refine(isDay, "日期应为真实存在的 年-月-日，并加引号，如 '2024-12-31'")
const Text = z.string('应为文字').trim().min(1, '不能为空')
const SectionId = z.string('应为编号').regex(/^[A-Z][A-Z0-9]*$/, '编号应为大写字母开头的字母和数字，如 M01')
const BodyId = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, '机构代码应为小写英文加连字符，如 public-security')
const Bodies = z.array(BodyId, '应写成 [机构代码, 机构代码]；没有可写的写 []')

export const MechanismId = z
  .string()
  .regex(
    /^[a-z]+:[A-Za-z0-9-]+$/,
    '机制编号应为 类别:名称，如 hazard:stock，可用 zhiben plan coverage --mechanisms 查看',
  )

const Section = z.strictObject({
  id: SectionId,
  group: oneOf<Exclude<SectionGroup, 'measure'>>('类别', (({ measure: _, ...rest }) => rest)(sectionGroups)),
  title: Text,
  lead: Bodies,
  /** Id of the stage of pack.yaml whose days it has. */
  stage: Text.optional(),
})
const Measure = z.strictObject({ id: SectionId, title: Text, lead: Bodies })

/** plan/outline.yaml: the tiles of the wall. */
export const OutlineFile = z.strictObject({
  sections: z.array(Section),
  actions: z.array(z.strictObject({ id: SectionId, title: Text, measures: z.array(Measure).min(1, '至少一项措施') })),
})
export type OutlineFile = z.output<typeof OutlineFile>

/** One row of the plan. What fulfils it is named here, names the row itself, or is still awaited. */
export const PackClause = z
  .strictObject({
    id: z.string('应为编号').regex(/^[A-Z][A-Z0-9]*-[A-Z]?\d+$/, '条款编号应为 所属编号-序号，如 M01-2'),
    kind: oneOf<ClauseKind>('类型', clauseKinds),
    text: Text.max(120, '请概括到120字以内'),
    bodies: Bodies,
    due: Day.optional(),
    window: z
      .strictObject({ from: Day, to: Day })
      .refine(({ from, to }) => from <= to, '窗口期的开始日期应不晚于结束日期')
      .optional(),
    every: oneOf<Rhythm>('频次', rhythms).optional(),
    evidence: Text,
    mechanisms: z.array(MechanismId).min(1, '没有机制时请删去 mechanisms，改写 later').optional(),
    later: oneOf('等待的功能', awaited).optional(),
  })
  .refine((row) => !(row.mechanisms && row.later), {
    path: ['later'],
    message: 'mechanisms 和 later 只能写一项：已有机制的删去 later，还没有的删去 mechanisms',
  })
  .refine((row) => !(row.due && row.window), { path: ['due'], message: 'due 和 window 只能写一项' })
export type PackClause = z.output<typeof PackClause>

/** plan/clauses/*.yaml */
export const ClausesFile = z.strictObject({ clauses: z.array(PackClause) })
