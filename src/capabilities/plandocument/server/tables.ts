import type { ColumnType, Generated } from 'kysely'
import type { ProposalKind, Sureness } from '#capabilities/planreading/model/index.ts'
import type { Decision, DocumentState } from '../model/index.ts'

type Json = ColumnType<unknown, string, string>
type JsonOrNull = ColumnType<unknown, string | null, string | null>

export interface PlanDocumentTable {
  county: string
  id: string
  version: number
  state: DocumentState
  file_name: string
  read_at: Date
  read_by: string
  content: Json
  number: number | null
  closed_at: Date | null
  closed_by: string | null
  note: string
}

export interface PlanProposalTable {
  county: string
  id: string
  version: Generated<number>
  document_id: string
  at: number
  kind: ProposalKind
  clause: number | null
  path: string
  sentence: string
  start: number
  sure: Sureness
  proposed: Json
  earlier: JsonOrNull
  decision: Decision
  facts: Json
  reason: string
  decided_at: Date | null
  decided_by: string | null
}

export type PlanReadingTables = { plan_document: PlanDocumentTable; plan_proposal: PlanProposalTable }
