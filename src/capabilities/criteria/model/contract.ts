import { z } from 'zod'
import { defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { named } from '#kernel/list/filter.ts'
import { Paging, pageOf } from '#kernel/paging.ts'
import { Day } from '#kernel/time.ts'
import { maxItems } from './item-sheet.ts'

export const CriterionView = z.object({
  id: z.string(),
  standardId: z.string(),
  standardTitle: z.string(),
  documentNo: z.string(),
  group: z.string().nullable(),
  no: z.string(),
  text: z.string(),
  catchAll: z.boolean(),
  /** Below high the wording is 未核实. */
  confidence: z.enum(['high', 'medium', 'low']),
  borrowed: z.boolean(),
  withdrawn: z.boolean(),
  /** The days its standard holds from and until before. */
  effectiveFrom: Day,
  supersededOn: Day.nullable(),
})
export type CriterionView = z.infer<typeof CriterionView>

export const StandardView = z.object({
  id: z.string(),
  /** The record the actions on it name, and its version. */
  recordId: Id,
  version: z.number().int(),
  /** Entered by the county, or of a pack; and whether the county has changed one of a pack. */
  origin: z.enum(['pack', 'county']),
  amended: z.boolean(),
  /** Why it was taken back before it came into force; such a standard holds on no day. */
  withdrawn: z.string().nullable(),
  /** The standards it took the place of, and those that take its place. */
  supersedes: z.array(z.string()),
  supersededBy: z.array(z.string()),
  title: z.string(),
  issuer: z.string(),
  documentNo: z.string(),
  effectiveFrom: Day,
  supersededOn: Day.nullable(),
  inForce: z.boolean(),
  sectors: z.array(z.string()),
  itemised: z.boolean(),
  items: z.number().int(),
  source: z.string(),
  confidence: z.enum(['high', 'medium', 'low']),
  crossCutting: z.boolean(),
  appliesTo: z.string().nullable(),
  verified: z.boolean(),
  note: z.string().nullable(),
})
export type StandardView = z.infer<typeof StandardView>

export const listStandards = defineQuery({
  id: 'criteria.standards',
  title: '判定标准目录',
  permission: 'session',
  clauses: ['M05-1', 'M05-2'],
  input: z.object({
    sector: z.string().max(40).optional(),
    on: Day.optional(),
    /** Also standards that were taken back. */
    withdrawn: z.boolean().default(false),
  }),
  output: z.object({ rows: z.array(StandardView) }),
  errors: [],
})

export const CriteriaFilter = z.object({
  text: named(z.string().trim().max(100, '检索词最多100字').optional(), '检索词'),
  sector: named(z.string().max(40).optional(), '行业领域', 'sector'),
  standardId: named(z.string().max(80).optional(), '标准'),
  /** Also items that were withdrawn, which are otherwise found no more. */
  withdrawn: named(z.boolean().optional(), '含已撤下的条文'),
  on: named(Day.optional(), '在此日有效'),
})

export const searchCriteria = defineQuery({
  id: 'criteria.search',
  title: '检索判定标准',
  permission: 'session',
  clauses: ['M05-1'],
  /** Up to a whole standard at once. */
  input: CriteriaFilter.extend({ ...Paging, size: z.number().int().min(1).max(maxItems).default(50) }),
  output: pageOf(CriterionView),
  errors: [],
})

/** What a description looks like; each suggestion says why its standard applies and by which words it was found. */
export const suggestCriteria = defineQuery({
  id: 'criteria.suggest',
  title: '判定建议',
  permission: 'session',
  clauses: ['M05-3'],
  input: z.object({
    description: z.string().trim().max(2000),
    sector: z.string().min(1).max(40),
    /** The other sectors of the unit: a chemical works also has lifts, vehicles and a canteen. */
    sectors: z.array(z.string().min(1).max(40)).max(20).optional(),
    on: Day.optional(),
  }),
  output: z.object({
    rows: z.array(CriterionView.extend({ score: z.number(), because: z.array(z.string()), reason: z.string() })),
    /** False: no standard with items covers the sector on that day, so a reason decides. */
    hasItems: z.boolean(),
  }),
  errors: [],
})
