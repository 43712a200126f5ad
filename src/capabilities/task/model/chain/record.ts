import type { RecordIdentity } from '#kernel/record.ts'

/** One stage of a chain: whose matter it is. Without a lead it is a gap. */
export interface ChainLink {
  readonly name: string
  readonly lead: string | null
  readonly co: readonly string[]
  readonly note: string
}

/** 一件事: the chain of a sector from its first stage to its last, and which department answers for each. */
export interface Chain extends RecordIdentity {
  readonly key: string
  readonly title: string
  readonly sector: string
  readonly lead: string
  readonly clauses: readonly string[]
  readonly links: readonly ChainLink[]
  readonly amendedOn: string | null
}

/** Links that nobody leads. */
export const chainGaps = (links: readonly ChainLink[]): number => links.filter(({ lead }) => lead === null).length
