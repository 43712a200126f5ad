import { coreErrors, refuse } from '#kernel/errors.ts'
import { allowedActions } from '#kernel/lifecycle.ts'
import { addDays, type Day } from '#kernel/time.ts'
import { historyOf } from '#platform/actions/history.ts'
import { answer, type QueryContext, type RegisteredQuery } from '#platform/module/module.ts'
import { noticesAbout } from '#platform/notify/receipts.ts'
import {
  closingContracts,
  findingContracts,
  getHazard,
  type Hazard,
  type HazardView,
  hazardFacets,
  hazardLifecycle,
  lacksInterimControl,
  linkUnit,
  missingElements,
  rectifyingContracts,
} from '../../model/index.ts'
import type { HazardDeps } from '../deps.ts'
import { loadHazard } from '../store.ts'
import type { HazardTables } from '../tables.ts'
import { type ListedHazard, toRow } from './list.ts'

const contracts = [...findingContracts, ...rectifyingContracts, ...closingContracts, linkUnit]
const permissionOf = new Map(contracts.map((contract) => [contract.id, contract.permission]))
const titleOf = new Map(contracts.map((contract) => [contract.id, contract.title]))

/** Actions that follow from others and have no button of their own. */
const internal = new Set(contracts.filter((contract) => contract.internal).map((contract) => contract.id))

/** Loads a hazard the caller may see; anything else answers 'not found'. */
export async function visibleHazard(context: QueryContext, id: string): Promise<Hazard> {
  const hazard = await loadHazard(context.db, context.county, id, false)
  if (!hazard || !context.can('hazard.read', hazardFacets(hazard))) return refuse(coreErrors.notFound)
  return hazard
}

function listed(hazard: Hazard): ListedHazard {
  return {
    id: hazard.id,
    version: hazard.version,
    number: hazard.number,
    unit_id: hazard.unitId,
    unit_name: hazard.unitName,
    area: hazard.area,
    sector: hazard.sector,
    level: hazard.level,
    channel: hazard.channel,
    state: hazard.state,
    description: hazard.description,
    found_on: hazard.foundOn,
    due_on: hazard.dueOn,
    closed_on: hazard.closedOn,
    overdue: hazard.overdue,
    stopped: hazard.stopped,
    listing: hazard.listing,
    lead_body_id: hazard.leadBodyId,
    assigned_body_id: hazard.assignedBodyId,
    plan_complete: hazard.planComplete,
    interim_missing: lacksInterimControl(hazard),
    reports: hazard.reports.length,
  }
}

export function hazardActions(context: QueryContext, hazard: Hazard) {
  const facets = hazardFacets(hazard)
  return allowedActions(hazardLifecycle, { record: hazard, actor: context.actor }, (action) => {
    const permission = permissionOf.get(action)
    return !internal.has(action) && permission !== undefined && context.can(permission, facets)
  })
}

async function namesOfHazards(context: QueryContext, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await context.db
    .withTables<HazardTables>()
    .selectFrom('hazard')
    .select(['id', 'number'])
    .where('county', '=', context.county)
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map((row) => [row.id, row.number]))
}

async function peopleNames(
  deps: HazardDeps,
  context: QueryContext,
  hazard: Hazard,
  notices: HazardView['notices'],
): Promise<HazardView['notices']> {
  const contacts = hazard.unitId ? await deps.directory.unitContacts(context.db, context.county, hazard.unitId) : []
  const known = new Map(contacts.map((person) => [person.personId, person]))
  const roleNames = { principal: '主要负责人', controller: '实际控制人' } as const
  return notices.map((notice) => {
    const [kind = '', id = ''] = notice.to.split(':')
    if (kind === 'body') return { ...notice, to: deps.directory.bodyName(context.county, id) || id }
    const person = known.get(id)
    return { ...notice, to: person ? `${person.name}（${roleNames[person.role]}）` : '相关人员' }
  })
}

/** Never earlier than today; a hazard handed out again keeps the deadline it had. */
function suggestedDueOn(context: QueryContext, hazard: Hazard): Day {
  if (hazard.dueOn && hazard.dueOn >= context.today) return hazard.dueOn
  const days = context.environment.parameters.number(`hazard.dueDays.${hazard.level}`, context.today)
  return addDays(context.today, days)
}

async function view(deps: HazardDeps, context: QueryContext, id: string): Promise<HazardView> {
  const hazard = await visibleHazard(context, id)
  const { detail } = hazard
  const { county } = context
  const stockUntil = context.environment.parameters.text('hazard.stock.until', context.today)
  const body = (bodyId: string | null) => (bodyId ? deps.directory.bodyName(county, bodyId) || bodyId : null)
  const elsewhere = hazard.reports.map((report) => report.filedUnder).filter((filed) => filed !== hazard.id)
  const numbers = await namesOfHazards(context, [...elsewhere, ...(hazard.mergedInto ? [hazard.mergedInto] : [])])
  const originals = context.can('hazard.originals', hazardFacets(hazard))
  const [timeline, notices, attachments] = await Promise.all([
    historyOf(context.db, county, 'hazard', id),
    noticesAbout(context.db, county, id),
    deps.files.list(context.db, county, 'hazard', id, { accountId: context.actor.accountId, originals }),
  ])
  return {
    ...toRow(deps, county, stockUntil, listed(hazard)),
    location: hazard.location,
    registeredOn: hazard.registeredOn,
    progressOn: hazard.progressOn,
    suggestedDueOn: suggestedDueOn(context, hazard),
    closeKind: hazard.closeKind,
    reinspection: hazard.reinspection,
    reopened: hazard.reopened,
    leadBodyId: hazard.leadBodyId,
    jointBodyNames: hazard.jointBodyIds.map((bodyId) => body(bodyId) ?? bodyId),
    townBodyName: body(hazard.townBodyId),
    issuerBodyName: body(hazard.issuerBodyId),
    listingId: hazard.listingId,
    listingBodyName: body(hazard.listingBodyId),
    routeReason: detail.routeReason,
    judgement: detail.judgement,
    plan: detail.plan,
    missing: missingElements(detail.plan),
    interim: [...detail.interim],
    progress: [...detail.progress],
    extensions: [...detail.extensions],
    reviews: detail.reviews.map((review) => ({ ...review, reviewers: [...review.reviewers] })),
    closures: [...detail.closures],
    stopOrders: [...detail.stopOrders],
    assignment: detail.assignment ? { ...detail.assignment, bodyName: body(detail.assignment.bodyId) ?? '' } : null,
    returns: [...detail.returns],
    ending: detail.ending,
    mergedInto: hazard.mergedInto ? { id: hazard.mergedInto, number: numbers.get(hazard.mergedInto) ?? '' } : null,
    ledger: detail.ledger ? { ...detail.ledger, notes: [...detail.ledger.notes] } : null,
    reportList: hazard.reports.map((report) => ({
      ...report,
      mergedFrom: report.filedUnder === hazard.id ? null : (numbers.get(report.filedUnder) ?? ''),
    })),
    attachments,
    timeline: timeline.map((row) => ({
      seq: row.seq,
      action: row.name,
      title: titleOf.get(row.name) ?? row.name,
      at: row.at.toISOString(),
      effectiveOn: row.effective_on,
      actor: row.actor_name,
      fromState: row.from_state,
      toState: row.to_state,
      summary: row.summary,
    })),
    notices: await peopleNames(deps, context, hazard, notices),
    allowedActions: hazardActions(context, hazard),
  }
}

export const detailQuery = (deps: HazardDeps): RegisteredQuery =>
  answer(getHazard, (context, input) => view(deps, context, input.id))
