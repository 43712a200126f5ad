import { z } from 'zod'
import { AttachmentInput } from '#kernel/attachment.ts'
import { defineAction, defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { Day } from '#kernel/time.ts'
import { planDocumentErrors as e } from './errors.ts'
import { decisionWords, documentStates, kindWords, periodWords, roleWords, sureWords } from './words.ts'

const keys = <K extends string>(of: Readonly<Record<K, string>>) => z.enum(Object.keys(of) as [K, ...K[]])
const Role = keys(roleWords)
const PeriodId = keys(periodWords)
const clauses = ['N-1'] as const
const document = { record: 'planDocument', permission: 'plandocument.decide', clauses: [...clauses] }

/** Reads an uploaded document and keeps what it says with everything it proposes. */
export const readPlanDocument = defineAction({
  ...document,
  id: 'plandocument.read',
  title: '读取方案',
  creates: true,
  input: z.object({
    attachments: z.array(AttachmentInput).length(1, '请选择一份方案文件'),
  }),
  output: z.object({ title: z.string(), proposals: z.number().int(), sure: z.number().int() }),
  errors: [e.uploadUnknown, e.unreadable, e.noClauses, e.tooLong],
})

const FactsInput = z.object({
  what: z.string().trim().min(2, '请写明做什么（至少2个字）').max(200, '做什么最多200字'),
  who: z
    .array(z.object({ role: Role, body: z.string().trim().min(2, '请填写单位名称').max(60, '单位名称最多60字') }))
    .max(40, '单位最多40个')
    .default([]),
  from: Day.nullable().default(null),
  to: Day.nullable().default(null),
  /** As people write it: 每季度末月25日前. */
  ruleWords: z.string().trim().max(60, '每期的期限最多60字').default(''),
  period: PeriodId.nullable().default(null),
  every: z.number().int().min(1, '至少是1').max(36, '最多36').default(1),
  least: z.number().min(0).max(1_000_000).nullable().default(null),
  unit: z.string().trim().max(10, '单位最多10个字').default(''),
  only: z.string().trim().max(60, '适用对象最多60字').default(''),
})
export type FactsInput = z.input<typeof FactsInput>

/** What becomes of one proposal. Without `facts` it holds as it was read; `open` takes a decision back. */
export const decideProposal = defineAction({
  id: 'plandocument.decide',
  title: '确认建议',
  record: 'planProposal',
  permission: 'plandocument.decide',
  clauses: [...clauses],
  input: z.object({
    decision: z.enum(['confirmed', 'rejected', 'open'], '请选择确认或不采用'),
    facts: FactsInput.optional(),
    reason: z.string().trim().max(200, '理由最多200字').default(''),
  }),
  output: z.object({ decision: keys(decisionWords) }),
  errors: [e.closed, e.ruleUnclear, e.daysReversed],
})

/** Confirms many as they were read, each as the person saw it; what somebody has decided since is left as it is. */
export const confirmProposals = defineAction({
  ...document,
  id: 'plandocument.confirm',
  title: '一并确认',
  input: z.object({
    seen: z
      .array(z.object({ id: Id, version: z.number().int().min(1) }))
      .min(1, '没有可以确认的建议')
      .max(500, '一次最多确认500条'),
  }),
  output: z.object({ confirmed: z.number().int(), skipped: z.number().int() }),
  errors: [e.closed],
})

/** Makes the confirmed proposals the next version of the plan. */
export const issuePlan = defineAction({
  ...document,
  id: 'plandocument.issue',
  title: '定稿为新版本',
  input: z.object({ note: z.string().trim().max(300, '说明最多300字').default('') }),
  output: z.object({ number: z.number().int(), kept: z.number().int() }),
  errors: [e.closed, e.undecided, e.nothingKept],
})

export const discardPlan = defineAction({
  ...document,
  id: 'plandocument.discard',
  title: '弃用这份文件',
  input: z.object({ reason: z.string().trim().min(4, '请写明理由（至少4个字）').max(200, '理由最多200字') }),
  output: z.object({}),
  errors: [e.closed],
})

const Facts = z.object({
  what: z.string(),
  who: z.array(z.object({ role: Role, body: z.string(), bodyId: z.string().nullable() })),
  from: z.string().nullable(),
  to: z.string().nullable(),
  rule: z.string().nullable(),
  ruleWords: z.string().nullable(),
  period: PeriodId.nullable(),
  every: z.number().int(),
  least: z.number().nullable(),
  unit: z.string().nullable(),
  only: z.string().nullable(),
})
export const DocumentRow = z.object({
  id: Id,
  version: z.number().int(),
  title: z.string(),
  fileName: z.string(),
  state: keys(documentStates),
  number: z.number().int().nullable(),
  readAt: z.string(),
  readBy: z.string(),
  closedAt: z.string().nullable(),
  closedBy: z.string().nullable(),
  note: z.string(),
  proposals: z.number().int(),
  decided: z.number().int(),
  kept: z.number().int(),
})
export type DocumentRow = z.infer<typeof DocumentRow>
export const ProposalView = z.object({
  id: Id,
  version: z.number().int(),
  kind: keys(kindWords),
  clause: z.number().int().nullable(),
  path: z.string(),
  sentence: z.string(),
  offset: z.number().int(),
  sure: keys(sureWords),
  doubts: z.array(z.string()),
  proposed: Facts,
  facts: Facts,
  decision: keys(decisionWords),
  earlier: keys(decisionWords).nullable(),
  reason: z.string(),
  decidedBy: z.string().nullable(),
})
export type ProposalView = z.infer<typeof ProposalView>
const ClauseView = z.object({ path: z.string(), depth: z.number().int(), marker: z.string(), text: z.string() })

const reading = { permission: 'plandocument.see', clauses: [...clauses] }

export const listPlanDocuments = defineQuery({
  ...reading,
  id: 'plandocument.documents',
  title: '方案文本列表',
  input: z.object({}),
  output: z.object({ rows: z.array(DocumentRow) }),
  errors: [],
})

export const getPlanDocument = defineQuery({
  ...reading,
  id: 'plandocument.document',
  title: '方案文本和建议',
  input: z.object({ id: Id }),
  output: z.object({
    document: DocumentRow,
    number: z.string().nullable(),
    issuer: z.string().nullable(),
    date: z.string().nullable(),
    clauses: z.array(ClauseView),
    proposals: z.array(ProposalView),
  }),
  errors: [e.documentUnknown],
})

/** What a version changed against the one before it, or against another. */
export const comparePlans = defineQuery({
  ...reading,
  id: 'plandocument.compare',
  title: '版本差别',
  input: z.object({ id: Id, against: Id.optional() }),
  output: z.object({
    document: DocumentRow,
    against: DocumentRow.nullable(),
    same: z.number().int(),
    changes: z.array(
      z.object({
        kind: z.enum(['added', 'removed', 'changed']),
        path: z.string(),
        pathBefore: z.string().nullable(),
        words: z.array(z.object({ mark: z.enum(['same', 'added', 'removed']), text: z.string() })),
        dates: z.object({ before: z.array(z.string()), after: z.array(z.string()) }),
      }),
    ),
  }),
  errors: [e.documentUnknown],
})
