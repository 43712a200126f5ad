import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { coreErrors, refuse } from '#kernel/errors.ts'
import { grantedBodies } from '#kernel/grants.ts'
import { allowedActions } from '#kernel/lifecycle.ts'
import { diffDays } from '#kernel/time.ts'
import { historyOf } from '#platform/actions/history.ts'
import { inScope } from '#platform/db/scope.ts'
import { listDownload, listSource } from '#platform/list/list-download.ts'
import {
  answer,
  type ExportDesk,
  type QueryContext,
  type RegisteredDownload,
  type RegisteredQuery,
} from '#platform/module/module.ts'
import {
  corrected,
  getReturn,
  latenessOf,
  listReturns,
  myReturns,
  owingStates,
  type ProgressReturn,
  type ReturnFilter,
  type ReturnRow,
  returnContracts,
  returnExport,
  returnLifecycle,
} from '../model/index.ts'
import { countNumbers } from './counting.ts'
import type { ProgressDeps } from './deps.ts'
import { returnFacets, returnRecord } from './record-types.ts'
import { loadReturn, type ReturnColumns, returnBefore, returnOf, returnsWhere } from './store.ts'

const contracts = new Map(returnContracts.map((contract) => [contract.id, contract]))

/** A return the caller may see, or undefined. */
export async function visibleReturn(context: QueryContext, id: string): Promise<ProgressReturn | undefined> {
  const one = await loadReturn(context.db, context.county, id, false)
  return one && context.can('progress.read', returnFacets(one)) ? one : undefined
}

/** The returns the caller may see, over the alias `r`. */
export const returnsInScope = (context: QueryContext): RawBuilder<SqlBool> =>
  sql<SqlBool>`(r.county = ${context.county} and ${inScope(context.boxes('progress.read'), { area: 'r.area', bodies: ['r.body_id'] })})`

function conditionOf(context: QueryContext, filter: ReturnFilter): RawBuilder<SqlBool> {
  const { today } = context
  const parts = [returnsInScope(context)]
  if (filter.periodId) parts.push(sql<SqlBool>`r.period_id = ${filter.periodId}`)
  if (filter.bodyId) parts.push(sql<SqlBool>`r.body_id = ${filter.bodyId}`)
  if (filter.states) parts.push(sql<SqlBool>`r.state = any(${[...filter.states]}::text[])`)
  if (filter.year) parts.push(sql<SqlBool>`extract(year from r.from_on) = ${Number(filter.year)}`)
  // The SQL twin of `latenessOf`.
  const never = sql`r.submitted_on is null`
  if (filter.lateness === 'late') parts.push(sql<SqlBool>`r.submitted_on > r.due_on`)
  if (filter.lateness === 'onTime') parts.push(sql<SqlBool>`r.submitted_on <= r.due_on`)
  if (filter.lateness === 'missing') parts.push(sql<SqlBool>`(${never} and r.locked_on is not null)`)
  if (filter.lateness === 'overdue')
    parts.push(sql<SqlBool>`(${never} and r.locked_on is null and r.due_on < ${today})`)
  return sql<SqlBool>`(${sql.join(parts, sql` and `)})`
}

const order = sql`order by r.from_on desc, r.area collate "C", r.body_id`

export function rowOf({ directory }: ProgressDeps, { county, today }: QueryContext, one: ProgressReturn): ReturnRow {
  const lateness = latenessOf(one, today) ?? null
  const { detail } = one
  return {
    id: one.id,
    version: one.version,
    periodId: one.periodId,
    period: one.period,
    bodyId: one.bodyId,
    bodyName: directory.bodyName(county, one.bodyId),
    area: one.area,
    state: one.state,
    opensOn: one.opensOn,
    dueOn: one.dueOn,
    submittedOn: one.submittedOn,
    acceptedOn: one.acceptedOn,
    locked: one.lockedOn !== null,
    lateness,
    daysLate:
      lateness === null || lateness === 'onTime' ? 0 : diffDays(one.dueOn, one.submittedOn ?? one.lockedOn ?? today),
    progress: detail.progress,
    problems: detail.problems,
    next: detail.next,
    numbers: Object.fromEntries(detail.numbers.map((number) => [number.id, corrected(one, number)])),
    corrections: detail.corrections.length,
  }
}

const list = (deps: ProgressDeps): RegisteredQuery =>
  answer(listReturns, async (context, { page, size, sort: _, ...filter }) => {
    const where = conditionOf(context, filter)
    const rows = await returnsWhere(context.db, where, sql`${order} limit ${size} offset ${(page - 1) * size}`)
    const total = await sql<{ n: number }>`
      select count(*)::integer as n from progress_return r where ${where}`.execute(context.db)
    return { rows: rows.map((one) => rowOf(deps, context, one)), total: total.rows[0]?.n ?? 0 }
  })

/** Each number as it was frozen, as it was corrected and as the records have it now. */
async function numberRows(deps: ProgressDeps, context: QueryContext, one: ProgressReturn) {
  const live = await countNumbers(deps, context.db, one, context.now)
  const gone = one.detail.numbers.filter(({ id }) => !live.some((number) => number.id === id))
  return [
    ...live.map(({ id, title, value, list: path }) => ({ id, title, live: value, list: path })),
    ...gone.map(({ id, title }) => ({ id, title, live: null, list: null })),
  ].map((row) => {
    const frozen = one.detail.numbers.find(({ id }) => id === row.id)
    return { ...row, frozen: frozen?.value ?? null, value: frozen ? corrected(one, frozen) : null }
  })
}

function actionsOn(context: QueryContext, one: ProgressReturn) {
  return allowedActions(returnLifecycle, { record: one, actor: context.actor }, (action) => {
    const contract = contracts.get(action)
    return contract !== undefined && !contract.internal && context.can(contract.permission, returnFacets(one))
  })
}

const step = <T extends { readonly on: string; readonly by: string }>(of: T | null) => of && { on: of.on, by: of.by }

const get = (deps: ProgressDeps): RegisteredQuery =>
  answer(getReturn, async (context, { id }) => {
    const one = (await visibleReturn(context, id)) ?? refuse(coreErrors.notFound)
    const { detail } = one
    const [numbers, before, history] = await Promise.all([
      numberRows(deps, context, one),
      returnBefore(context.db, one),
      historyOf(context.db, context.county, returnRecord.type, id),
    ])
    return {
      ...rowOf(deps, context, one),
      fromOn: one.fromOn,
      toOn: one.toOn,
      numberRows: numbers,
      submission: step(detail.submission),
      endorsement: detail.endorsement && { ...detail.endorsement },
      acceptance: detail.acceptance && { ...detail.acceptance },
      returns: [...detail.returns],
      correctionRows: detail.corrections.map((row) => ({
        ...row,
        title: detail.numbers.find((number) => number.id === row.number)?.title ?? row.number,
      })),
      before: before
        ? {
            period: before.period,
            progress: before.detail.progress,
            problems: before.detail.problems,
            next: before.detail.next,
          }
        : null,
      timeline: history.map(({ seq, name, at, actor_name: actor, summary }) => ({
        ...{ seq, actor, summary, at: at.toISOString() },
        title: contracts.get(name)?.title ?? name,
      })),
      allowedActions: actionsOn(context, one),
    }
  })

const shown = 6

const mine = (deps: ProgressDeps): RegisteredQuery =>
  answer(myReturns, async (context) => {
    const bodies = grantedBodies(context.actor)
    const some = async (permission: string, where: RawBuilder<SqlBool>) => {
      if (!context.holds(permission)) return { rows: [], total: 0 }
      const rows = await returnsWhere(
        context.db,
        sql<SqlBool>`${returnsInScope(context)} and ${where}`,
        sql`order by r.due_on`,
      )
      return { rows: rows.slice(0, shown).map((one) => rowOf(deps, context, one)), total: rows.length }
    }
    const own = sql`r.body_id = any(${bodies}::text[])`
    return {
      fill: await some(
        'progress.fill',
        sql<SqlBool>`${own} and r.state = any(${[...owingStates]}::text[]) and r.locked_on is null and r.opens_on <= ${context.today}`,
      ),
      endorse: await some('progress.endorse', sql<SqlBool>`${own} and r.state = 'submitted' and r.locked_on is null`),
      accept: await some('progress.accept', sql<SqlBool>`r.state = 'endorsed'`),
    }
  })

export const returnQueries = (deps: ProgressDeps): RegisteredQuery[] => [list(deps), get(deps), mine(deps)]

export const returnDownload = (deps: ProgressDeps, desk: ExportDesk): RegisteredDownload =>
  listDownload(returnExport, desk, async (context, filter) => {
    const question = sql<ReturnColumns>`select r.* from progress_return r where ${conditionOf(context, filter)} ${order}`
    return listSource(question, (rows) => rows.map((row) => rowOf(deps, context, returnOf(row))))
  })
