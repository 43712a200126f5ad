import { type Selectable, sql } from 'kysely'
import type { Reader, Tx } from '#platform/db/tables.ts'
import type { DocumentContent, PlanDocument, PlanProposal, ProposedFacts } from '../model/index.ts'
import type { PlanDocumentTable, PlanProposalTable, PlanReadingTables } from './tables.ts'

const tables = (db: Reader) => db.withTables<PlanReadingTables>()

function documentOf(row: Selectable<PlanDocumentTable>): PlanDocument {
  const { county, id, version, state, number, note } = row
  return {
    county,
    id,
    version,
    state,
    fileName: row.file_name,
    readAt: row.read_at,
    readBy: row.read_by,
    // Written by this capability alone, from a reading.
    content: row.content as DocumentContent,
    number,
    closedAt: row.closed_at,
    closedBy: row.closed_by,
    note,
  }
}

function proposalOf(row: Selectable<PlanProposalTable>): PlanProposal {
  const { county, id, version, at, kind, clause, path, sentence, sure, decision, reason } = row
  // Kept with what was proposed, and no part of it; documents read without them have none.
  const { doubts = [], ...proposed } = row.proposed as ProposedFacts & { readonly doubts?: readonly string[] }
  return {
    ...{ county, id, version, at, kind, clause, path, sentence, sure, doubts, decision, reason },
    documentId: row.document_id,
    offset: row.start,
    proposed,
    earlier: row.earlier as PlanProposal['earlier'],
    facts: row.facts as ProposedFacts,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
  }
}

export async function loadDocument(db: Reader, county: string, id: string, lock: boolean) {
  let query = tables(db).selectFrom('plan_document').selectAll().where('county', '=', county).where('id', '=', id)
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  return row && documentOf(row)
}

/** The document, which nobody closes until this transaction ends. */
export async function holdDocument(tx: Tx, county: string, id: string): Promise<PlanDocument | undefined> {
  const query = tables(tx).selectFrom('plan_document').selectAll().where('county', '=', county).where('id', '=', id)
  const row = await query.forShare().executeTakeFirst()
  return row && documentOf(row)
}

export async function saveDocument(tx: Tx, after: PlanDocument, before: PlanDocument | undefined): Promise<void> {
  const { county, id, version, state, number, note } = after
  const closing = { version, state, number, note, closed_at: after.closedAt, closed_by: after.closedBy }
  if (before) {
    await tables(tx)
      .updateTable('plan_document')
      .set(closing)
      .where('county', '=', county)
      .where('id', '=', id)
      .execute()
    return
  }
  await tables(tx)
    .insertInto('plan_document')
    .values({
      county,
      id,
      ...closing,
      file_name: after.fileName,
      read_at: after.readAt,
      read_by: after.readBy,
      content: JSON.stringify(after.content),
    })
    .execute()
}

export async function listDocuments(db: Reader, county: string): Promise<PlanDocument[]> {
  const rows = await tables(db)
    .selectFrom('plan_document')
    .selectAll()
    .where('county', '=', county)
    .orderBy('read_at', 'desc')
    .limit(200)
    .execute()
  return rows.map(documentOf)
}

/** The version of the plan that holds: the last one issued, or the last before a number. */
export async function latestVersion(db: Reader, county: string, before?: number): Promise<PlanDocument | undefined> {
  let query = tables(db)
    .selectFrom('plan_document')
    .selectAll()
    .where('county', '=', county)
    .where('state', '=', 'issued')
  if (before !== undefined) query = query.where('number', '<', before)
  const row = await query.orderBy('number', 'desc').limit(1).executeTakeFirst()
  return row && documentOf(row)
}

/** Lets two who issue at the same time do it one after the other: versions are numbered without a gap. */
export async function lockNumbers(tx: Tx, county: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('plandocument.versions'), hashtext(${county}))`.execute(tx)
}

export async function loadProposal(db: Reader, county: string, id: string, lock: boolean) {
  let query = tables(db).selectFrom('plan_proposal').selectAll().where('county', '=', county).where('id', '=', id)
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  return row && proposalOf(row)
}

/** A proposal nobody else is deciding on at this moment, locked. */
export async function freeProposal(tx: Tx, county: string, id: string): Promise<PlanProposal | undefined> {
  const query = tables(tx).selectFrom('plan_proposal').selectAll().where('county', '=', county).where('id', '=', id)
  const row = await query.forUpdate().skipLocked().executeTakeFirst()
  return row && proposalOf(row)
}

export async function proposalsOfDocument(db: Reader, county: string, documentId: string): Promise<PlanProposal[]> {
  const rows = await tables(db)
    .selectFrom('plan_proposal')
    .selectAll()
    .where('county', '=', county)
    .where('document_id', '=', documentId)
    .orderBy('at')
    .execute()
  return rows.map(proposalOf)
}

/** The proposals of a reading, in one statement for every thousand. */
export async function insertProposals(tx: Tx, proposals: readonly PlanProposal[]): Promise<void> {
  for (let start = 0; start < proposals.length; start += 1000) {
    const values = proposals.slice(start, start + 1000).map((one) => ({
      county: one.county,
      id: one.id,
      document_id: one.documentId,
      at: one.at,
      kind: one.kind,
      clause: one.clause,
      path: one.path,
      sentence: one.sentence,
      start: one.offset,
      sure: one.sure,
      proposed: JSON.stringify({ ...one.proposed, doubts: one.doubts }),
      earlier: one.earlier && JSON.stringify(one.earlier),
      decision: one.decision,
      facts: JSON.stringify(one.facts),
      reason: one.reason,
      decided_at: one.decidedAt,
      decided_by: one.decidedBy,
    }))
    await tables(tx).insertInto('plan_proposal').values(values).execute()
  }
}

export async function saveProposal(tx: Tx, after: PlanProposal): Promise<void> {
  const { county, id, version, decision, reason, decidedAt, decidedBy } = after
  await tables(tx)
    .updateTable('plan_proposal')
    .set({
      version,
      decision,
      reason,
      decided_at: decidedAt,
      decided_by: decidedBy,
      facts: JSON.stringify(after.facts),
    })
    .where('county', '=', county)
    .where('id', '=', id)
    .execute()
}

export interface DecisionCounts {
  readonly proposals: number
  readonly decided: number
  readonly kept: number
}

export async function countDecisions(db: Reader, county: string): Promise<ReadonlyMap<string, DecisionCounts>> {
  const rows = await tables(db)
    .selectFrom('plan_proposal')
    .select((eb) => [
      'document_id',
      eb.fn.countAll<string>().as('proposals'),
      eb.fn.countAll<string>().filterWhere('decision', '<>', 'open').as('decided'),
      eb.fn.countAll<string>().filterWhere('decision', 'in', ['confirmed', 'edited']).as('kept'),
    ])
    .where('county', '=', county)
    .groupBy('document_id')
    .execute()
  const counts = (row: (typeof rows)[number]) => ({
    proposals: Number(row.proposals),
    decided: Number(row.decided),
    kept: Number(row.kept),
  })
  return new Map(rows.map((row) => [row.document_id, counts(row)]))
}
