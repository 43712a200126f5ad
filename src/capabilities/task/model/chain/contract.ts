import { z } from 'zod'
import { defineAction, defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { Day } from '#kernel/time.ts'
import { BodyId, words } from '../contract.ts'
import { taskErrors as e } from '../errors.ts'

const LinkInput = z.object({
  name: words('环节名称', 40),
  lead: BodyId.nullable().default(null),
  co: z.array(BodyId).max(20).default([]),
  note: z.string().trim().max(200, '说明最多200字').default(''),
})
const links = z.array(LinkInput).min(2, '一件事至少有两个环节').max(30, '一件事最多30个环节')
const done = z.object({ gaps: z.number().int() })

export const openChain = defineAction({
  id: 'task.openChain',
  title: '按方案建立“一件事”责任链',
  record: 'chain',
  permission: 'task.raise',
  creates: true,
  internal: true,
  input: z.object({
    key: z.string(),
    title: z.string(),
    sector: z.string(),
    lead: BodyId,
    clauses: z.array(z.string()),
    links,
  }),
  output: done,
  errors: [],
})

export const editChain = defineAction({
  id: 'task.editChain',
  title: '修改责任链',
  record: 'chain',
  permission: 'task.editChain',
  clauses: ['G-5', 'M09-5'],
  input: z.object({ links, reason: words('修改的理由', 200) }),
  output: done,
  errors: [e.bodyUnknown, e.chainLead],
})

export const chainContracts = [openChain, editChain]

export const ChainView = z.object({
  id: Id,
  version: z.number().int(),
  title: z.string(),
  sectorName: z.string(),
  leadName: z.string(),
  clauses: z.array(z.string()),
  gaps: z.number().int(),
  amendedOn: Day.nullable(),
  mayEdit: z.boolean(),
  links: z.array(
    z.object({
      name: z.string(),
      lead: z.string().nullable(),
      leadName: z.string().nullable(),
      co: z.array(z.string()),
      coNames: z.array(z.string()),
      note: z.string(),
    }),
  ),
})
export type ChainView = z.infer<typeof ChainView>

/** Who answers for what is no secret: everybody who is signed in may know whom to turn to. */
export const listChains = defineQuery({
  id: 'task.chains',
  title: '“一件事”责任链',
  permission: 'session',
  clauses: ['G-5', 'M09-5'],
  input: z.object({}),
  output: z.object({ chains: z.array(ChainView) }),
  errors: [],
})
