import { refuse } from '#kernel/errors.ts'
import type { Reader } from '#platform/db/tables.ts'
import { answer, type QueryContext, type ServerModule } from '#platform/module/module.ts'
import {
  comparePlans,
  type DocumentRow,
  getPlanDocument,
  listPlanDocuments,
  type PlanDocument,
  planDifference,
  planDocumentErrors,
  planDocumentPermissions,
} from '../model/index.ts'
import { documentType, type PlanDocumentParts, planDocumentActions } from './actions.ts'
import * as store from './store.ts'

const none: store.DecisionCounts = { proposals: 0, decided: 0, kept: 0 }

function rowOf(document: PlanDocument, counts: ReadonlyMap<string, store.DecisionCounts>): DocumentRow {
  const { id, version, content, fileName, state, number, readAt, readBy, closedAt, closedBy, note } = document
  return {
    ...{ id, version, fileName, state, number, readBy, closedBy, note },
    ...(counts.get(id) ?? none),
    title: content.title || fileName,
    readAt: readAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
  }
}

/** A document in the viewer's sight; one outside it is not found, as one that is not there. */
async function seen(context: QueryContext, id: string): Promise<PlanDocument> {
  const document = await store.loadDocument(context.db, context.county, id, false)
  return document && context.can('plandocument.see', documentType.facets(document))
    ? document
    : refuse(planDocumentErrors.documentUnknown)
}

const listing = answer(listPlanDocuments, async (context) => {
  const documents = await store.listDocuments(context.db, context.county)
  const counts = await store.countDecisions(context.db, context.county)
  const visible = documents.filter((one) => context.can('plandocument.see', documentType.facets(one)))
  return { rows: visible.map((document) => rowOf(document, counts)) }
})

const opening = answer(getPlanDocument, async (context, { id }) => {
  const document = await seen(context, id)
  const counts = await store.countDecisions(context.db, context.county)
  const proposals = await store.proposalsOfDocument(context.db, context.county, id)
  const { number, issuer, date, clauses } = document.content
  return {
    document: rowOf(document, counts),
    ...{ number, issuer, date },
    clauses: clauses.map(({ path, depth, marker, text }) => ({ path, depth, marker, text })),
    proposals: proposals.map(({ proposed, facts, earlier, doubts, ...one }) => ({
      ...one,
      doubts: [...doubts],
      proposed: { ...proposed, who: [...proposed.who] },
      facts: { ...facts, who: [...facts.who] },
      earlier: earlier?.decision ?? null,
    })),
  }
})

const comparing = answer(comparePlans, async (context, { id, against }) => {
  const document = await seen(context, id)
  const before = against
    ? await seen(context, against)
    : await store.latestVersion(context.db, context.county, document.number ?? undefined)
  const counts = await store.countDecisions(context.db, context.county)
  const nothing = { ...document.content, clauses: [] }
  const { changes, same } = planDifference(before?.content ?? nothing, document.content)
  return {
    document: rowOf(document, counts),
    against: before ? rowOf(before, counts) : null,
    same,
    changes: changes.map(({ words, dates, ...change }) => ({
      ...change,
      words: [...words],
      dates: { before: [...dates.before], after: [...dates.after] },
    })),
  }
})

/**
 * The proposals that hold: those of the version issued last. Whoever makes tasks, duties or ledgers of them reads them
 * here, in the transaction that follows `plandocument.issue` (see `followed`).
 */
export async function planInForce(reader: Reader, county: string) {
  const version = await store.latestVersion(reader, county)
  if (!version) return undefined
  const proposals = await store.proposalsOfDocument(reader, county, version.id)
  return { version, proposals: proposals.filter(({ decision }) => decision !== 'rejected') }
}

/** 方案文本: a document is read, every proposal is decided on, and what is kept is a version of the plan. */
export function planDocumentModule(parts: PlanDocumentParts): ServerModule {
  return {
    name: 'plandocument',
    permissions: planDocumentPermissions,
    errors: Object.values(planDocumentErrors),
    actions: planDocumentActions(parts),
    queries: [listing, opening, comparing],
    recordTypes: [
      {
        type: documentType.type,
        async sight(context, recordId) {
          const document = await store.loadDocument(context.db, context.county, recordId, false)
          const may = document && context.can('plandocument.see', documentType.facets(document))
          return may ? { label: documentType.label(document), path: `/plan/documents/${recordId}` } : undefined
        },
      },
      {
        type: 'planProposal',
        async sight(context, recordId) {
          const one = await store.loadProposal(context.db, context.county, recordId, false)
          const may =
            one && context.can('plandocument.see', { area: one.county, sectors: null, unitId: null, bodyIds: [] })
          return may
            ? { label: `${one.path} ${one.facts.what}`, path: `/plan/documents/${one.documentId}?at=${one.id}` }
            : undefined
        },
      },
    ],
  }
}
