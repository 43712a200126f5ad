import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { prefixRange } from '#kernel/area.ts'
import { coreErrors, refuse } from '#kernel/errors.ts'
import { allowedActions } from '#kernel/lifecycle.ts'
import { historyOf } from '#platform/actions/history.ts'
import { inScope, type ScopeColumns } from '#platform/db/scope.ts'
import { listDownload, listSource } from '#platform/list/list-download.ts'
import {
  answer,
  type ExportDesk,
  type QueryContext,
  type RegisteredDownload,
  type RegisteredQuery,
} from '#platform/module/module.ts'
import {
  type Deed,
  type DeedFilter,
  type DeedRow,
  deedContracts,
  deedExport,
  deedLifecycle,
  getDeed,
  listDeeds,
  verifiersOf,
} from '../../model/index.ts'
import type { DutyDeps } from '../deps.ts'
import { sidesOf } from '../record-types.ts'
import { recorderRefusal } from '../recording.ts'
import { type DeedColumns, deedColumns, deedOf, type ItemColumns, loadDeed } from '../store.ts'
import { formView } from './detail.ts'
import { itemColumns, rowOf, seenItems, withNames } from './items.ts'

const scope: ScopeColumns = { area: 'd.area', sectors: 'd.sectors', unit: 'd.unit_id', bodies: ['d.body_id'] }
const contracts = new Map(deedContracts.map((contract) => [contract.id, contract]))

/** A deed the caller may see; anything else answers 'not found'. */
export async function visibleDeed(context: QueryContext, id: string): Promise<Deed | undefined> {
  const deed = await loadDeed(context.db, context.county, id, false)
  return deed && context.can('duty.read', sidesOf(deed)) ? deed : undefined
}

function deedRow({ book, directory }: DutyDeps, { county }: QueryContext, deed: Deed): DeedRow {
  return {
    id: deed.id,
    version: deed.version,
    form: deed.form,
    formTitle: book.forms.get(deed.form)?.title ?? deed.form,
    subjectKind: deed.subjectKind,
    subjectName: deed.subjectName,
    areaName: directory.areaName(county, deed.area),
    days: [...deed.days],
    people: deed.people,
    amount: deed.amount,
    note: deed.detail.note,
    recordedBy: deed.detail.recordedBy,
    recordedOn: deed.detail.recordedOn,
    state: deed.state,
  }
}

function conditionOf(context: QueryContext, filter: DeedFilter): RawBuilder<SqlBool> {
  const parts = [sql<SqlBool>`d.county = ${context.county} and ${inScope(context.boxes('duty.read'), scope)}`]
  if (filter.states) parts.push(sql<SqlBool>`d.state = any(${[...filter.states]}::text[])`)
  if (filter.form) parts.push(sql<SqlBool>`d.form = ${filter.form}`)
  if (filter.unitId) parts.push(sql<SqlBool>`d.unit_id = ${filter.unitId}`)
  if (filter.kind) parts.push(sql<SqlBool>`d.subject_kind = ${filter.kind}`)
  if (filter.dayFrom) parts.push(sql<SqlBool>`d.first_day >= ${filter.dayFrom}`)
  if (filter.dayTo) parts.push(sql<SqlBool>`d.first_day <= ${filter.dayTo}`)
  if (filter.area) {
    const { from, to } = prefixRange(filter.area)
    parts.push(sql<SqlBool>`d.area >= ${from} and d.area < ${to}`)
  }
  return sql<SqlBool>`${sql.join(parts, sql` and `)}`
}

const question = (where: RawBuilder<SqlBool>) => sql<DeedColumns>`
  select ${deedColumns} from duty_deed d where ${where} order by d.first_day desc, d.id`

const list = (deps: DutyDeps): RegisteredQuery =>
  answer(listDeeds, async (context, { page, size, sort: _, ...filter }) => {
    const where = conditionOf(context, filter)
    const rows = await sql<DeedColumns>`${question(where)} limit ${size} offset ${(page - 1) * size}`.execute(
      context.db,
    )
    const total = await sql<{ n: number }>`select count(*) as n from duty_deed d where ${where}`.execute(context.db)
    return { rows: rows.rows.map((row) => deedRow(deps, context, deedOf(row))), total: total.rows[0]?.n ?? 0 }
  })

async function itemsOf(deps: DutyDeps, context: QueryContext, deed: Deed) {
  const { county } = context
  const result = await sql<ItemColumns>`
    select ${itemColumns} from duty_item i ${withNames(county)}
    where ${seenItems(context)} and i.id in (
      select m.item_id from duty_mark m where m.county = ${county} and m.source = 'deed' and m.key = ${deed.id})
    order by i.due_on`.execute(context.db)
  return result.rows.map((row) => {
    const { id, title, periodLabel, state } = rowOf(deps, context, row)
    return { id, title, periodLabel, state }
  })
}

/** What this person may do with the deed; correcting is for those who could have recorded it. */
function actionsOn({ book }: DutyDeps, context: QueryContext, deed: Deed) {
  const form = book.forms.get(deed.form)
  const record = { ...deed, verifiers: form ? verifiersOf(form) : [] }
  const mine = form !== undefined && recorderRefusal(context.actor, form, deed) === undefined
  return allowedActions(deedLifecycle, { record, actor: context.actor }, (action) => {
    const contract = contracts.get(action)
    if (!contract || !context.can(contract.permission, sidesOf(deed))) return false
    return action !== 'duty.correct' && action !== 'duty.void' ? true : mine
  })
}

const one = (deps: DutyDeps): RegisteredQuery =>
  answer(getDeed, async (context, { id }) => {
    const deed = (await visibleDeed(context, id)) ?? refuse(coreErrors.notFound)
    const form = deps.book.forms.get(deed.form)
    const { verification, voided } = deed.detail
    const viewer = { accountId: context.actor.accountId, originals: true }
    const history = await historyOf(context.db, context.county, 'dutyDeed', id)
    return {
      ...deedRow(deps, context, deed),
      formView: form ? formView(form) : null,
      verification: verification && { ...verification },
      voided,
      attachments: await deps.files.list(context.db, context.county, 'dutyDeed', id, viewer),
      items: await itemsOf(deps, context, deed),
      timeline: history.map(({ seq, name, at, actor_name: actor, summary }) => ({
        seq,
        title: contracts.get(name)?.title ?? name,
        at: at.toISOString(),
        actor,
        summary,
      })),
      allowedActions: actionsOn(deps, context, deed),
    }
  })

export const deedQueries = (deps: DutyDeps): RegisteredQuery[] => [list(deps), one(deps)]

export const deedDownload = (deps: DutyDeps, desk: ExportDesk): RegisteredDownload =>
  listDownload(deedExport, desk, (context, filter) =>
    listSource(question(conditionOf(context, filter)), (rows) =>
      rows.map((row) => deedRow(deps, context, deedOf(row))),
    ),
  )
