import { sql } from 'kysely'
import { coreErrors, refuse } from '#kernel/errors.ts'
import type { Day } from '#kernel/time.ts'
import { answer, type QueryContext, type RegisteredQuery } from '#platform/module/module.ts'
import {
  type DeedDetail,
  type FormView,
  getItem,
  type MarkView,
  type PackForm,
  quotaWords,
  ruleOf,
  verifiersOf,
} from '../../model/index.ts'
import type { DutyDeps } from '../deps.ts'
import { sidesOf } from '../record-types.ts'
import { recorderRefusal } from '../recording.ts'
import { exemptionsOf, type ItemColumns, loadItem } from '../store.ts'
import { rowOf } from './items.ts'

export const facetsOfItem = (item: ItemColumns) => sidesOf({ ...item, unitId: item.unit_id, bodyId: item.body_id })

/** An item the caller may see; anything else answers 'not found'. */
export async function visibleItem(context: QueryContext, id: string): Promise<ItemColumns | undefined> {
  const item = await loadItem(context.db, context.county, id)
  return item && context.can('duty.read', facetsOfItem(item)) ? item : undefined
}

export const formView = (form: PackForm): FormView => ({
  id: form.id,
  title: form.title,
  several: form.days === 'several',
  people: form.people,
  amount: form.amount ?? null,
  note: form.note,
  files: form.files,
  verified: verifiersOf(form).length > 0,
})

interface MarkRow {
  readonly source: string
  readonly key: string
  readonly day: Day
  readonly amount: number
  readonly counted: boolean
  readonly form: string | null
  readonly people: string | null
  readonly detail: DeedDetail | null
}

async function marksOf(deps: DutyDeps, context: QueryContext, item: ItemColumns): Promise<MarkView[]> {
  const { county, db, environment } = context
  const result = await sql<MarkRow>`
    select m.source, m.key, m.day, m.amount, m.counted, d.form, d.people, d.detail
    from duty_mark m
    left join duty_deed d on d.county = ${county} and m.source = 'deed' and d.id::text = m.key
    where m.county = ${county} and m.item_id = ${item.id} order by m.day, m.key limit 200`.execute(db)
  const workingDays = deps.book.rules.get(item.rule)?.quota.unit === 'days'
  return result.rows.map((row) => {
    const source = deps.sources.find(({ id }) => id === row.source)
    const form = row.form ? deps.book.forms.get(row.form) : undefined
    const words = row.people ? `${row.people}${row.detail?.note ? `：${row.detail.note}` : ''}` : ''
    return {
      day: row.day,
      source: form?.title ?? source?.title ?? row.source,
      words,
      counted: row.counted,
      amount: row.amount,
      dayOff: workingDays && !environment.calendar.isWorkingDay(row.day),
      path: source ? source.path(row.key) : `/duties/deeds/${row.key}`,
    }
  })
}

/** Why nothing can be recorded for the item now, or the forms this person may fill in. */
function recordable(context: QueryContext, item: ItemColumns, forms: readonly PackForm[]) {
  const none = (why: string | null) => ({ mayRecord: [], notRecordable: why })
  if (forms.length === 0) return none('这项职责由系统中已有的记录计算，不用填报')
  if (!context.can('duty.record', facetsOfItem(item))) return none(null)
  if (item.exempt) return none('这一周期已豁免，不用填报')
  if (item.start_on > context.today) return none(`这一周期从 ${item.start_on} 开始`)
  const side = { unitId: item.unit_id, bodyId: item.body_id }
  const mine = forms.filter((form) => recorderRefusal(context.actor, form, side) === undefined)
  if (mine.length > 0) return { mayRecord: mine.map(({ id }) => id), notRecordable: null }
  const first = forms[0]
  return none(first ? (recorderRefusal(context.actor, first, side)?.message ?? null) : null)
}

export const detailQuery = (deps: DutyDeps): RegisteredQuery =>
  answer(getItem, async (context, { id }) => {
    const item = (await visibleItem(context, id)) ?? refuse(coreErrors.notFound)
    const packRule = deps.book.rules.get(item.rule)
    const rule = packRule && ruleOf(packRule, context.environment.parameters, context.today)
    const forms = (rule?.forms ?? []).flatMap((form) => deps.book.forms.get(form) ?? [])
    const subject = { rule: item.rule, subjectKind: item.subject_kind, subjectId: item.subject_id }
    const exemptions = await exemptionsOf(context.db, context.county, subject)
    const touching = exemptions.filter((one) => one.fromDay <= item.end_on && one.toDay >= item.start_on)
    const byPack = rule?.exempt.find(({ ids }) => ids.includes(item.subject_id))?.reason
    const inForce = touching.find(({ state }) => state === 'inForce')?.reason
    return {
      ...rowOf(deps, context, item),
      quotaWords: rule ? quotaWords(rule) : '',
      note: rule?.note ?? null,
      confidence: rule?.confidence ?? 'low',
      sources: (rule?.sources ?? []).map((source) => deps.sources.find((one) => one.id === source)?.title ?? source),
      forms: forms.map(formView),
      marks: await marksOf(deps, context, item),
      exemptReason: item.exempt ? (inForce ?? byPack ?? null) : null,
      exemptions: touching.map((one) => ({
        id: one.id,
        version: one.version,
        from: one.fromDay,
        to: one.toDay,
        reason: one.reason,
        by: one.detail.by,
        on: one.detail.on,
        state: one.state,
        ended: one.detail.ended,
      })),
      ...recordable(context, item, forms),
      mayExempt: context.can('duty.exempt', facetsOfItem(item)),
    }
  })
