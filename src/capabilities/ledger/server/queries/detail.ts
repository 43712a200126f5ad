import { coreErrors, refuse } from '#kernel/errors.ts'
import { historyOf } from '#platform/actions/history.ts'
import type { QueryContext } from '#platform/module/module.ts'
import {
  actsAs,
  addEvidence,
  editItem,
  type Ledger,
  type LedgerItem,
  type LedgerItemView,
  ledgerItemContracts,
  milestonesOf,
  moveBlocked,
  movesOf,
  reachMilestone,
  stateOf,
  voidItem,
} from '../../model/index.ts'
import { getLedgerOf, type LedgerDeps } from '../deps.ts'
import { itemFacets, itemRecord } from '../record-types.ts'
import { loadItem } from '../store.ts'
import { rowsOf, stockDaysOf } from './list.ts'

const titles = new Map(ledgerItemContracts.map(({ id, title }) => [id, title]))

/** An item the caller may see; anything else is not found. */
export async function visibleItem(context: QueryContext, id: string): Promise<LedgerItem | undefined> {
  const item = await loadItem(context.db, context.county, id, false)
  return item && context.can('ledger.read', itemFacets(item)) ? item : undefined
}

/** What this person may do with the item now, the ledger's own word on who does what included. */
function allowedOn({ actor, can }: QueryContext, ledger: Ledger, item: LedgerItem) {
  const facets = itemFacets(item)
  const stands = item.stateType !== 'void' && can('ledger.keep', facets)
  const acts = (by = ledger.keepers) => stands && actsAs(actor, by, facets)
  return { acts, actions: acts() ? [editItem.id, addEvidence.id, voidItem.id] : [] }
}

export async function itemView(deps: LedgerDeps, context: QueryContext, id: string): Promise<LedgerItemView> {
  const item = (await visibleItem(context, id)) ?? refuse(coreErrors.notFound)
  const ledger = getLedgerOf(deps, item.ledger)
  const { db, county, today, actor } = context
  const [row] = await rowsOf(deps, context, [item], await stockDaysOf(deps, context))
  if (!row) return refuse(coreErrors.notFound)
  const { acts, actions } = allowedOn(context, ledger, item)
  const milestones = milestonesOf(ledger, item, today).map((one) => ({
    id: one.id,
    title: one.title,
    reached: item.milestones[one.id] ?? null,
    evidence: one.evidence === true,
    mayReach: !item.milestones[one.id] && acts(one.by),
  }))
  const moves = movesOf(ledger, item, today)
    .filter((move) => acts(move.by))
    .map((move) => ({ id: move.id, blocked: moveBlocked(move, ledger, item) ?? null }))
  const history = await historyOf(db, county, itemRecord.type, id)
  return {
    ...row,
    ledger,
    sector: item.sector,
    bodyId: item.bodyId,
    milestones,
    moves,
    attachments: await deps.files.list(db, county, itemRecord.type, id, {
      accountId: actor.accountId,
      originals: true,
    }),
    timeline: history.map((entry) => ({
      seq: entry.seq,
      title: titles.get(entry.name) ?? entry.name,
      at: entry.at.toISOString(),
      actor: entry.actor_name,
      summary: entry.summary,
      from: entry.from_state && stateOf(ledger, entry.from_state).label,
      to: entry.to_state && stateOf(ledger, entry.to_state).label,
    })),
    allowedActions: [
      ...actions.map((action) => ({ action })),
      ...(milestones.some(({ mayReach }) => mayReach) ? [{ action: reachMilestone.id }] : []),
    ],
  }
}
