import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { bodyIndex, bodyOf, type KnownBody, proposalsOf, readPlan } from '#capabilities/planreading/model/index.ts'
import type { AttachmentInput } from '#kernel/attachment.ts'
import type { Paragraph } from '#kernel/document/lines.ts'
import { Problem, refuse } from '#kernel/errors.ts'
import { newId } from '#kernel/ids.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, RecordType, RegisteredAction } from '#platform/actions/types.ts'
import { versionsIn } from '#platform/actions/versions.ts'
import type { Reader, Tx } from '#platform/db/tables.ts'
import type { BindTarget } from '#platform/files/files.ts'
import {
  confirmProposals,
  contentOf,
  decideProposal,
  discardPlan,
  planDocumentErrors as e,
  issuePlan,
  type PlanDocument,
  type PlanProposal,
  type ProposedFacts,
  readPlanDocument,
  ruleIn,
  sameDemand,
} from '../model/index.ts'
import * as store from './store.ts'

export interface PlanDocumentParts {
  /** What stands in an upload of this account; refuses what cannot be read, in words for people. */
  readonly readFile: (
    reader: Reader,
    uploadId: string,
    accountId: string,
  ) => Promise<{ name: string; text: string | readonly Paragraph[] } | undefined>
  readonly bind: (tx: Tx, target: BindTarget, inputs: readonly AttachmentInput[]) => Promise<void>
  readonly bodies: () => readonly KnownBody[]
}

const facetsOf = ({ county }: { county: string }) => ({ area: county, sectors: null, unitId: null, bodyIds: [] })

export const documentType: RecordType<PlanDocument> = {
  type: 'planDocument',
  title: '方案文本',
  readPermission: 'plandocument.see',
  load: store.loadDocument,
  save: store.saveDocument,
  versions: versionsIn('plan_document'),
  facets: facetsOf,
  label: ({ content, fileName }) => content.title || fileName,
}

const proposalType: RecordType<PlanProposal> = {
  type: 'planProposal',
  title: '方案建议',
  readPermission: 'plandocument.see',
  load: store.loadProposal,
  save: store.saveProposal,
  versions: versionsIn('plan_proposal'),
  facets: facetsOf,
  label: ({ path, facts }) => `${path} ${facts.what}`,
}

const longestText = 400_000
const mostProposals = 3000

/** The text of the upload; what the file itself is wrong with is said at the field. */
async function textOf({ readFile }: PlanDocumentParts, { tx, actor }: EffectContext, uploadId: string) {
  try {
    return (await readFile(tx, uploadId, actor.accountId)) ?? refuse(e.uploadUnknown)
  } catch (error) {
    if (!(error instanceof Problem) || !error.def.code.startsWith('document.')) throw error
    const detail = error.def.message
    return refuse(e.unreadable, { detail, fields: [{ path: 'attachments', message: detail }] })
  }
}

/** What the version before made of each demand, for those that stand unchanged. */
async function decidedBefore({ tx, county }: EffectContext): Promise<ReadonlyMap<string, PlanProposal['earlier']>> {
  const version = await store.latestVersion(tx, county)
  const before = version ? await store.proposalsOfDocument(tx, county, version.id) : []
  return new Map(before.map((one) => [sameDemand(one), { decision: one.decision, facts: one.facts }]))
}

const reading = (parts: PlanDocumentParts) =>
  onCreate(readPlanDocument, documentType, async (context, { attachments }) => {
    const { tx, county, actor, actionId, recordId, now } = context
    const file = await textOf(parts, context, attachments[0]?.uploadId ?? '')
    const length =
      typeof file.text === 'string' ? file.text.length : file.text.reduce((sum, p) => sum + p.text.length, 0)
    if (length > longestText) refuse(e.tooLong)
    const known = parts.bodies()
    const read = readPlan(file.text, known)
    if (read.outline.children.length === 0) refuse(e.noClauses)
    const { content, drafts } = contentOf(read, proposalsOf(read))
    if (drafts.length > mostProposals) refuse(e.tooLong)
    await parts.bind(tx, { county, recordType: documentType.type, recordId, actionId, actor, now }, attachments)
    const document: PlanDocument = {
      county,
      id: recordId,
      version: 0,
      state: 'deciding',
      fileName: file.name,
      readAt: now,
      readBy: actor.name,
      content,
      number: null,
      closedAt: null,
      closedBy: null,
      note: '',
    }
    const earlier = await decidedBefore(context)
    await store.insertProposals(
      tx,
      drafts.map((draft, at): PlanProposal => {
        const before = earlier.get(sameDemand(draft)) ?? null
        return {
          ...draft,
          county,
          id: newId(now.getTime()),
          version: 1,
          documentId: recordId,
          at,
          earlier: before,
          decision: 'open',
          // What a person had put right once need not be put right again.
          facts: before?.decision === 'edited' ? before.facts : draft.proposed,
          reason: '',
          decidedAt: null,
          decidedBy: null,
        }
      }),
    )
    const sure = drafts.filter((one) => one.sure === 'said').length
    const title = content.title || file.name
    return {
      record: document,
      output: { title, proposals: drafts.length, sure },
      summary: `读取方案《${title}》，条文${content.clauses.length}条，建议${drafts.length}条，其中明确的${sure}条`,
    }
  })

function refuseClosed({ state }: PlanDocument): void {
  if (state !== 'deciding') refuse(e.closed)
}

type Decided = z.output<(typeof decideProposal)['input']>

/** The facts as a person has put them, with bodies and days as the system knows them. */
function factsFrom({ bodies }: PlanDocumentParts, input: NonNullable<Decided['facts']>): ProposedFacts {
  const at = (def: typeof e.ruleUnclear, path: string) =>
    refuse(def, { fields: [{ path: `facts.${path}`, message: def.message }] })
  const { ruleWords, from, to } = input
  if (from !== null && to !== null && from > to) at(e.daysReversed, 'to')
  const rule = ruleWords === '' ? null : (ruleIn(ruleWords) ?? at(e.ruleUnclear, 'ruleWords'))
  const index = bodyIndex(bodies())
  return {
    ...input,
    who: input.who.map((one) => ({ ...one, bodyId: bodyOf(one.body, index) })),
    rule,
    ruleWords: ruleWords || null,
    unit: input.unit || null,
    only: input.only || null,
  }
}

const deciding = (parts: PlanDocumentParts) =>
  onRecord(decideProposal, proposalType, async (context, record, { decision, facts, reason }) => {
    const { tx, county, actor, now } = context
    // Held until this is done: a version that is just being issued must not change below.
    const document = await store.holdDocument(tx, county, record.documentId)
    if (!document) return refuse(e.closed)
    refuseClosed(document)
    if (decision !== 'confirmed') {
      const taken = decision === 'open'
      return {
        record: {
          ...record,
          decision,
          reason,
          decidedAt: taken ? null : now,
          decidedBy: taken ? null : actor.name,
        },
        output: { decision },
        summary: taken ? '收回决定' : `不采用${reason ? `（${reason}）` : ''}`,
      }
    }
    const own = facts ? factsFrom(parts, facts) : record.facts
    const kept = isDeepStrictEqual(own, record.proposed) ? ('confirmed' as const) : ('edited' as const)
    return {
      record: { ...record, facts: own, decision: kept, reason, decidedAt: now, decidedBy: actor.name },
      output: { decision: kept },
      summary: `${kept === 'confirmed' ? '确认' : '修改后确认'}：${own.what}`,
    }
  })

const confirming = onRecord(confirmProposals, documentType, async (context, document, { seen }) => {
  refuseClosed(document)
  const { tx, county } = context
  let confirmed = 0
  for (const { id, version } of seen) {
    // One that somebody is just deciding on is theirs; waiting for them while holding the document would lock both out.
    const proposal = await store.freeProposal(tx, county, id)
    if (proposal?.documentId !== document.id || proposal.version !== version || proposal.decision !== 'open') continue
    await context.child(decideProposal, { recordId: id, version, input: { decision: 'confirmed' } })
    confirmed += 1
  }
  const skipped = seen.length - confirmed
  const left = skipped > 0 ? `，${skipped}条已由别人处理，未动` : ''
  return { record: document, output: { confirmed, skipped }, summary: `一并确认${confirmed}条${left}` }
})

const issuing = onRecord(issuePlan, documentType, async (context, document, { note }) => {
  refuseClosed(document)
  const { tx, county, actor, now } = context
  await store.lockNumbers(tx, county)
  const proposals = await store.proposalsOfDocument(tx, county, document.id)
  const open = proposals.filter(({ decision }) => decision === 'open').length
  if (open > 0) refuse(e.undecided, { detail: `还有${open}条建议没有决定，请逐条确认、修改或不采用后再定稿` })
  const kept = proposals.filter(({ decision }) => decision !== 'rejected').length
  if (kept === 0) refuse(e.nothingKept)
  const number = ((await store.latestVersion(tx, county))?.number ?? 0) + 1
  return {
    record: { ...document, state: 'issued' as const, number, note, closedAt: now, closedBy: actor.name },
    output: { number, kept },
    summary: `定稿为第${number}版，采用${kept}条，不采用${proposals.length - kept}条${note ? `（${note}）` : ''}`,
  }
})

const discarding = onRecord(discardPlan, documentType, ({ actor, now }, document, { reason }) => {
  refuseClosed(document)
  return {
    record: { ...document, state: 'discarded' as const, note: reason, closedAt: now, closedBy: actor.name },
    output: {},
    summary: `弃用（${reason}）`,
  }
})

export const planDocumentActions = (parts: PlanDocumentParts): RegisteredAction[] => [
  reading(parts),
  deciding(parts),
  confirming,
  issuing,
  discarding,
]
