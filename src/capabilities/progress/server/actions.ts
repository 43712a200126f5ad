import { refuse } from '#kernel/errors.ts'
import { onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, RegisteredAction } from '#platform/actions/types.ts'
import {
  acceptReturn,
  actsAs,
  chaseReturn,
  corrected,
  correctReturn,
  progressErrors as e,
  endorseReturn,
  sendBackReturn,
  submitReturn,
} from '../model/index.ts'
import { countNumbers } from './counting.ts'
import type { ProgressDeps } from './deps.ts'
import { tellBody } from './notices.ts'
import { returnRecord } from './record-types.ts'

const stepOf = ({ today, actor }: EffectContext) => ({
  on: today,
  by: actor.name,
  accountId: actor.accountId,
  personId: actor.personId,
})

const officeOf = ({ directory }: ProgressDeps) => directory.index.reference.officeBodyId

const submit = (deps: ProgressDeps): RegisteredAction =>
  onRecord(submitReturn, returnRecord, async (context, one, { progress, problems, next }) => {
    const { today, actor } = context
    if (today < one.opensOn) refuse(e.notOpen, { detail: `${one.period}自${one.opensOn}起可以报送` })
    const counted = await countNumbers(deps, context.tx, one, context.now)
    const numbers = counted.map(({ id, title, value }) => ({ id, title, value }))
    const submission = stepOf(context)
    // Whoever signs for the body needs nobody else of it to sign: the committee office looks at it next.
    const head = actsAs(actor, 'progress.endorse', one.bodyId)
    const endorsement = head ? { ...submission, opinion: '' } : null
    const state = head ? ('endorsed' as const) : ('submitted' as const)
    const name = deps.directory.bodyName(context.county, one.bodyId)
    const late = today > one.dueOn ? `（逾期，期限${one.dueOn}）` : ''
    return {
      record: {
        ...one,
        state,
        submittedOn: today,
        endorsedOn: head ? today : null,
        detail: {
          ...one.detail,
          progress,
          problems,
          next,
          numbers,
          submission,
          endorsement,
          acceptance: null,
          corrections: [],
        },
      },
      output: { state },
      summary: `报送${one.period}进展${late}`,
      notices: [
        head
          ? tellBody(
              context.actionId,
              officeOf(deps),
              'endorsed',
              `待审定：${name}${one.period}进展`,
              `报送日期 ${today}${late}`,
            )
          : tellBody(
              context.actionId,
              one.bodyId,
              'submitted',
              `待本单位审核：${one.period}进展`,
              `填报人 ${actor.name}`,
            ),
      ],
    }
  })

const endorse = (deps: ProgressDeps): RegisteredAction =>
  onRecord(endorseReturn, returnRecord, (context, one, { opinion }) => ({
    record: {
      ...one,
      state: 'endorsed' as const,
      endorsedOn: context.today,
      detail: { ...one.detail, endorsement: { ...stepOf(context), opinion } },
    },
    output: { state: 'endorsed' },
    summary: ['本单位审核通过，报县安委办', opinion].filter(Boolean).join('：'),
    notices: [
      tellBody(
        context.actionId,
        officeOf(deps),
        'endorsed',
        `待审定：${deps.directory.bodyName(context.county, one.bodyId)}${one.period}进展`,
        `报送日期 ${one.submittedOn ?? context.today}`,
      ),
    ],
  }))

const sendBack = onRecord(sendBackReturn, returnRecord, (context, one, { reason }) => {
  const back = {
    on: context.today,
    by: context.actor.name,
    reason,
    to: one.state === 'submitted' ? '填报人' : '填报单位',
  }
  return {
    record: {
      ...one,
      state: 'returned' as const,
      submittedOn: null,
      endorsedOn: null,
      detail: { ...one.detail, returns: [...one.detail.returns, back], submission: null, endorsement: null },
    },
    output: { state: 'returned' },
    summary: `退回重报：${reason}`,
    notices: [tellBody(context.actionId, one.bodyId, 'returned', `被退回：${one.period}进展`, reason)],
  }
})

const accept = onRecord(acceptReturn, returnRecord, (context, one, { opinion }) => ({
  record: {
    ...one,
    state: 'accepted' as const,
    acceptedOn: context.today,
    detail: { ...one.detail, acceptance: { ...stepOf(context), opinion } },
  },
  output: { state: 'accepted' },
  summary: ['审定', opinion].filter(Boolean).join('：'),
}))

const chase = onRecord(chaseReturn, returnRecord, (context, one, { words }) => ({
  record: one,
  output: { state: one.state },
  summary: `催报：${words}`,
  notices: [tellBody(context.actionId, one.bodyId, 'chased', `催报：${one.period}进展`, `${words}｜期限 ${one.dueOn}`)],
}))

const correct = onRecord(correctReturn, returnRecord, (context, one, { number, to, reason }) => {
  const frozen = one.detail.numbers.find(({ id }) => id === number)
  if (!frozen) return refuse(e.numberUnknown, { fields: [{ path: 'number', message: e.numberUnknown.message }] })
  const from = corrected(one, frozen)
  if (from === to) refuse(e.sameNumber, { fields: [{ path: 'to', message: `现在就是${from}，不需要更正` }] })
  const correction = { number, from, to, reason, by: context.actor.name, on: context.today }
  return {
    record: { ...one, detail: { ...one.detail, corrections: [...one.detail.corrections, correction] } },
    output: { state: one.state },
    summary: `更正“${frozen.title}”由${from}改为${to}：${reason}`,
    notices: [
      tellBody(
        context.actionId,
        one.bodyId,
        'corrected',
        `已更正：${one.period}进展`,
        `${frozen.title} ${from} → ${to}：${reason}`,
      ),
    ],
  }
})

/** What is done with one body's return. */
export const returnActions = (deps: ProgressDeps): RegisteredAction[] => [
  submit(deps),
  endorse(deps),
  sendBack,
  accept,
  chase,
  correct,
]
