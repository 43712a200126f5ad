import { z } from 'zod'
import { defineAction, defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { Day } from '#kernel/time.ts'
import { criteriaErrors as e } from './errors.ts'
import { itemColumnIds } from './item-sheet.ts'

const Confidence = z.enum(['high', 'medium', 'low'], '请选择可信度')
const reason = z.string().trim().min(4, '请写明依据（至少4个字）').max(300, '依据最多300字')
const text = (name: string, max: number) =>
  z.string(`请填写${name}`).trim().min(1, `请填写${name}`).max(max, `${name}最多${max}字`)

const words = {
  title: text('标准名称', 200),
  issuer: text('发布机关', 100),
  documentNo: text('文号', 100),
  sectors: z.array(z.string().min(1).max(40)).min(1, '请至少选择一个行业领域').max(40, '行业领域最多选40个'),
  /** Holds whatever the sector (特种设备, 消防). */
  crossCutting: z.boolean().default(false),
  appliesTo: z.string().trim().max(200, '适用范围最多200字').default(''),
  note: z.string().trim().max(500, '说明最多500字').default(''),
}
/** Where the wording comes from and how sure it is: below high, or not compared with the original, it is 未核实. */
const trust = {
  source: text('来源', 300),
  confidence: Confidence,
  verified: z.boolean().default(false),
}

const ItemMapping = z.partialRecord(z.enum(itemColumnIds), z.number().int().min(0).max(200))
const Output = z.object({ code: z.string() })
const on = { record: 'standard', permission: 'criteria.manage', clauses: ['M05-1', 'M05-2'] } as const
const fileErrors = [e.importUnreadable, e.importTooLong, e.importFaulty]

/** Brings in a new standard, or the next edition of one; those it takes the place of hold until the day before. */
export const publishStandard = defineAction({
  ...on,
  id: 'criteria.publish',
  title: '发布判定标准',
  creates: true,
  input: z.object({
    ...words,
    ...trust,
    /** May be past: what was judged before keeps the edition it was judged by. */
    effectiveFrom: Day,
    /** The editions it takes the place of, as the person saw them. */
    supersedes: z
      .array(z.object({ code: z.string().max(80), version: z.number().int().min(1) }))
      .max(10, '一次最多替代10部标准')
      .default([]),
    /** The file with the items; without one only the document is entered. */
    uploadId: Id.nullable().default(null),
    mapping: ItemMapping.optional(),
    reason,
  }),
  output: Output.extend({ items: z.number().int() }),
  errors: [
    e.standardTwice,
    e.sectorUnknown,
    e.standardUnknown,
    e.supersededTooEarly,
    e.supersededAlready,
    ...fileErrors,
  ],
})

/** Enters the items of a standard of which only the document was known. */
export const enterItems = defineAction({
  ...on,
  id: 'criteria.enterItems',
  title: '录入条文',
  input: z.object({ ...trust, uploadId: Id, mapping: ItemMapping.optional(), reason }),
  output: Output.extend({ items: z.number().int() }),
  errors: [e.itemsThere, e.standardWithdrawn, ...fileErrors],
})

/** Takes back a standard that does not hold yet; those it was to take the place of go on. */
export const withdrawStandard = defineAction({
  ...on,
  id: 'criteria.withdraw',
  title: '撤回未施行的标准',
  input: z.object({ reason }),
  output: Output,
  errors: [e.standardHolds, e.standardOfPack, e.standardWithdrawn],
})

/** Changes what is said about a standard. Its day stays: another day is another edition. */
export const amendStandard = defineAction({
  ...on,
  id: 'criteria.amendStandard',
  title: '修改标准信息',
  input: z.object({ ...words, ...trust, supersededOn: Day.nullable().default(null), reason }),
  output: Output,
  errors: [e.sectorUnknown, e.supersededTooEarly, e.endFixed, e.standardWithdrawn],
})

/** Sets the day a standard holds no more, because another one takes its place or was taken back; null: it holds on. */
export const endStandard = defineAction({
  ...on,
  id: 'criteria.endStandard',
  title: '改变失效日期',
  internal: true,
  input: z.object({ on: Day.nullable(), words: z.string().max(600) }),
  output: Output,
  errors: [],
})

const itemFacts = {
  no: text('条号', 40),
  group: z.string().trim().max(60, '章节或对象最多60字').default(''),
  text: text('条文', 1000),
  catchAll: z.boolean().default(false),
  borrowed: z.boolean().default(false),
  confidence: Confidence,
}

export const addItem = defineAction({
  ...on,
  id: 'criteria.addItem',
  title: '增加条目',
  input: z.object({ ...itemFacts, reason }),
  output: Output.extend({ itemId: z.string() }),
  errors: [e.itemTwice, e.importTooLong, e.standardWithdrawn],
})

export const amendItem = defineAction({
  ...on,
  id: 'criteria.amendItem',
  title: '修改条目',
  input: z.object({
    itemId: z.string().min(1).max(120),
    ...itemFacts,
    /** Entered by mistake: it is found no more; judgements that name it keep their copy. */
    withdrawn: z.boolean().default(false),
    reason,
  }),
  output: Output,
  errors: [e.itemUnknown, e.itemTwice, e.standardWithdrawn],
})

export const revertStandard = defineAction({
  ...on,
  id: 'criteria.revertStandard',
  title: '恢复为数据包内容',
  input: z.object({ reason }),
  output: Output,
  errors: [e.notAmended],
})

const Item = z.object({ group: z.string().nullable(), no: z.string(), text: z.string(), catchAll: z.boolean() })

/** A dry run: every problem of an uploaded file by row and column, and what it changes against editions there are. */
export const previewStandard = defineQuery({
  id: 'criteria.preview',
  title: '读取条文文件',
  permission: 'criteria.manage',
  input: z.object({
    uploadId: Id,
    mapping: ItemMapping.optional(),
    /** The editions it is compared with. */
    against: z.array(z.string().max(80)).max(10).default([]),
  }),
  output: z.object({
    name: z.string(),
    /** Of a table: its heading, and which column was taken for what. */
    header: z.array(z.string()),
    mapping: ItemMapping,
    /** What a file of a pack says of the standard itself. */
    facts: z
      .object({
        title: z.string(),
        issuer: z.string(),
        documentNo: z.string(),
        effectiveFrom: Day,
        sectors: z.array(z.string()),
        crossCutting: z.boolean(),
        appliesTo: z.string(),
        note: z.string(),
        source: z.string(),
        confidence: Confidence,
        verified: z.boolean(),
      })
      .nullable(),
    total: z.number().int(),
    problems: z.array(z.object({ row: z.number().int(), column: z.string(), message: z.string() })),
    difference: z.object({
      added: z.array(Item),
      changed: z.array(z.object({ before: Item, after: Item })),
      dropped: z.array(Item),
      same: z.number().int(),
    }),
  }),
  errors: [e.importUnreadable, e.importTooLong, e.standardUnknown],
})
export type StandardPreview = z.output<typeof previewStandard.output>

/** An empty sheet for items, or one filled with those of a standard, to write its next edition into. */
export const downloadItemSheet = defineQuery({
  id: 'criteria.itemSheet',
  title: '下载条文表',
  permission: 'session',
  input: z.object({ code: z.string().max(80).optional() }),
  output: z.unknown(),
  errors: [],
})

export const listStandardChanges = defineQuery({
  id: 'criteria.changes',
  title: '标准修改记录',
  permission: 'session',
  input: z.object({ recordId: Id }),
  output: z.object({ rows: z.array(z.object({ at: z.string(), actor: z.string(), summary: z.string() })) }),
  errors: [],
})
