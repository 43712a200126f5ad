import type { AttachmentInput } from '#kernel/attachment.ts'
import { refuse } from '#kernel/errors.ts'
import { type Actor, can, grantedBodies, hasRole, isUnitRole } from '#kernel/grants.ts'
import type { Day } from '#kernel/time.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, RegisteredAction } from '#platform/actions/types.ts'
import {
  correctDeed,
  type DeedState,
  dutyPermissions,
  dutyErrors as e,
  type PackForm,
  recordDeed,
  type VerifiableDeed,
  verifiersOf,
  verifyDeed,
  voidDeed,
} from '../model/index.ts'
import type { DutyDeps } from './deps.ts'
import { deedType, sidesOf } from './record-types.ts'
import { type ItemColumns, loadItem } from './store.ts'

const field = (path: string, message: string) => ({ detail: message, fields: [{ path, message }] })

interface Facts {
  readonly days: readonly Day[]
  readonly people: string
  readonly amount: number | null
  readonly note: string
}

interface Subject {
  readonly unitId: string | null
  readonly bodyId: string | null
}

/** Whether this person may speak for whoever has to do it. What a unit owes nobody records in its place. */
export function recorderRefusal(actor: Actor, form: Pick<PackForm, 'by'>, { unitId, bodyId }: Subject) {
  if (actor.system) return undefined
  if (form.by === 'unit') {
    const own = actor.grants.some((grant) => isUnitRole(grant.role) && grant.unitId !== null && grant.unitId === unitId)
    return own ? undefined : e.onlyUnit
  }
  const office = hasRole(actor, 'committeeOffice')
  return office || (bodyId !== null && grantedBodies(actor).includes(bodyId)) ? undefined : e.onlyBody
}

function checkFacts({ today }: Pick<EffectContext, 'today'>, form: PackForm, { days, amount }: Facts): void {
  if (days.some((day) => day > today)) refuse(e.dayFuture, field('days.0', e.dayFuture.message))
  if (new Set(days).size !== days.length) refuse(e.dayTwice, field('days.0', e.dayTwice.message))
  if (form.days === 'one' && days.length > 1) refuse(e.oneDay, field('days.0', e.oneDay.message))
  if (form.amount && amount === null) refuse(e.amountMissing, field('amount', `请填写${form.amount.label}`))
}

async function attach(deps: DutyDeps, context: EffectContext, files: readonly AttachmentInput[]): Promise<void> {
  const { county, recordId, actionId, actor, now } = context
  const target = { county, recordType: 'dutyDeed', recordId, actionId, actor, now }
  await deps.files.bind(context.tx, target, files)
}

const stateFor = (form: PackForm): DeedState => (verifiersOf(form).length > 0 ? 'unverified' : 'counted')

function formOf({ book }: DutyDeps, id: string): PackForm {
  return book.forms.get(id) ?? refuse(e.formUnknown, field('form', e.formUnknown.message))
}

/** The item, when this person sees it: somebody else's does not exist for them, whatever they might do with their own. */
export async function visibleItem({ tx, county, actor }: EffectContext, id: string): Promise<ItemColumns> {
  const item = await loadItem(tx, county, id)
  if (!item) return refuse(e.itemUnknown, field('itemId', e.itemUnknown.message))
  const sides = sidesOf({ ...item, unitId: item.unit_id, bodyId: item.body_id })
  const seen = actor.system || can(actor, 'duty.read', sides, dutyPermissions)
  return seen ? item : refuse(e.itemUnknown, field('itemId', e.itemUnknown.message))
}

const record = (deps: DutyDeps): RegisteredAction =>
  onCreate(recordDeed, deedType(deps.book), async (context, input) => {
    const item = await visibleItem(context, input.itemId)
    const form = formOf(deps, input.form)
    const rule = deps.book.rules.get(item.rule)
    const accepted = rule?.fulfilledBy.some((way) => 'form' in way && way.form === form.id)
    if (!accepted) refuse(e.formOther, field('form', e.formOther.message))
    const refusal = recorderRefusal(context.actor, form, { unitId: item.unit_id, bodyId: item.body_id })
    if (refusal) refuse(refusal)
    checkFacts(context, form, input)
    if (input.days.some((day) => day < item.start_on)) {
      refuse(e.dayTooEarly, field('days.0', `这一周期从 ${item.start_on} 开始，以前做的请在以前的周期中填报`))
    }
    if (input.attachments.length < form.files) {
      refuse(e.filesMissing, field('attachments', `请至少上传${form.files}个文件`))
    }
    await attach(deps, context, input.attachments)
    // What was done after the end lies in the next turn, unless it is said to make up for this one.
    const makeUp = input.makeUp && input.days.some((day) => day > item.end_on)
    const days = [...input.days].sort()
    const state = stateFor(form)
    const deed: VerifiableDeed = {
      county: context.county,
      id: context.recordId,
      version: 0,
      form: form.id,
      subjectKind: item.subject_kind,
      subjectId: item.subject_id,
      subjectName: item.subject_name,
      area: item.area,
      sectors: item.sectors,
      unitId: item.unit_id,
      bodyId: item.body_id,
      days,
      people: input.people,
      amount: input.amount ?? 1,
      forRule: makeUp ? item.rule : null,
      forPeriod: makeUp ? item.period : null,
      state,
      verifiers: verifiersOf(form),
      detail: {
        note: input.note,
        recordedBy: context.actor.name,
        accountId: context.actor.accountId,
        recordedOn: context.today,
        verification: null,
        corrections: [],
        voided: null,
      },
    }
    return { record: deed, output: { state }, summary: `填报${form.title}：${days.join('、')}，${input.people}` }
  })

const correct = (deps: DutyDeps): RegisteredAction =>
  onRecord(correctDeed, deedType(deps.book), async (context, deed, input) => {
    const form = formOf(deps, deed.form)
    const refusal = recorderRefusal(context.actor, form, deed)
    if (refusal) refuse(refusal)
    checkFacts(context, form, input)
    await attach(deps, context, input.attachments)
    const { name: by } = context.actor
    const state = stateFor(form)
    const corrections = [...deed.detail.corrections, { on: context.today, by, reason: input.reason }]
    const after: VerifiableDeed = {
      ...deed,
      days: [...input.days].sort(),
      people: input.people,
      amount: input.amount ?? 1,
      // Whoever verified it verified something else.
      state,
      detail: { ...deed.detail, note: input.note, corrections, verification: null },
    }
    return { record: after, output: { state }, summary: `更正${form.title}：${input.reason}` }
  })

const verify = (deps: DutyDeps): RegisteredAction =>
  onRecord(verifyDeed, deedType(deps.book), (context, deed, { accepted, opinion }) => {
    const state: DeedState = accepted ? 'counted' : 'returned'
    const { name: by, accountId } = context.actor
    const verification = { on: context.today, by, accountId, accepted, opinion }
    const title = deps.book.forms.get(deed.form)?.title ?? deed.form
    const recorder = deed.detail.accountId
    const told = recorder
      ? [
          {
            key: `${context.actionId}:verified`,
            to: { kind: 'account' as const, id: recorder },
            kind: 'dutyVerified',
            title: `${title}${accepted ? '已核验计入' : '核验退回，请更正'}`,
            body: `${deed.subjectName}｜${deed.days.join('、')}｜${opinion}`,
          },
        ]
      : []
    return {
      record: { ...deed, state, detail: { ...deed.detail, verification } },
      output: { state },
      summary: `${accepted ? '核验通过' : '核验退回'}：${opinion}`,
      notices: told,
    }
  })

const voidIt = (deps: DutyDeps): RegisteredAction =>
  onRecord(voidDeed, deedType(deps.book), (context, deed, { reason }) => {
    const refusal = recorderRefusal(context.actor, formOf(deps, deed.form), deed)
    if (refusal && !hasRole(context.actor, 'committeeOffice')) refuse(refusal)
    const voided = { on: context.today, by: context.actor.name, reason }
    return {
      record: { ...deed, state: 'voided' as const, detail: { ...deed.detail, voided } },
      output: { state: 'voided' as const },
      summary: `作废：${reason}`,
    }
  })

export const recordingActions = (deps: DutyDeps): RegisteredAction[] => [
  record(deps),
  correct(deps),
  verify(deps),
  voidIt(deps),
]
