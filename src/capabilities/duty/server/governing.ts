import { refuse } from '#kernel/errors.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import type { RegisteredAction } from '#platform/actions/types.ts'
import { adjustRule, type Exemption, dutyErrors as e, endExemption, exemptDuty, reprojectRule } from '../model/index.ts'
import type { DutyDeps } from './deps.ts'
import { exemptionType, ruleType } from './record-types.ts'
import { visibleItem } from './recording.ts'
import { exemptionsOf, saveExemption } from './store.ts'
import { besideOthers } from './store-marks.ts'
import { applyExemptions } from './store-projection.ts'

const field = (path: string, message: string) => ({ detail: message, fields: [{ path, message }] })

const exempt = ({ book }: DutyDeps): RegisteredAction =>
  onCreate(exemptDuty, exemptionType, async (context, input) => {
    const { tx, county } = context
    const item = await visibleItem(context, input.itemId)
    if (input.to < input.from) refuse(e.daysReversed, field('to', e.daysReversed.message))
    const subject = { rule: item.rule, subjectKind: item.subject_kind, subjectId: item.subject_id }
    const others = await exemptionsOf(tx, county, subject)
    if (others.some((one) => one.state === 'inForce' && one.fromDay <= input.to && one.toDay >= input.from)) {
      refuse(e.alreadyExempt)
    }
    const exemption: Exemption = {
      county,
      id: context.recordId,
      version: 0,
      ...subject,
      subjectName: item.subject_name,
      area: item.area,
      sectors: item.sectors,
      unitId: item.unit_id,
      bodyId: item.body_id,
      fromDay: input.from,
      toDay: input.to,
      reason: input.reason,
      state: 'inForce',
      detail: { by: context.actor.name, on: context.today, ended: null },
    }
    await besideOthers(tx, county)
    // The items are told by the row, which the runner writes only afterwards.
    await saveExemption(tx, { ...exemption, version: 1 })
    const items = await applyExemptions(tx, county, subject)
    const title = book.rules.get(item.rule)?.title ?? item.rule
    return {
      record: exemption,
      output: { items },
      summary: `豁免“${title}”，${input.from}至${input.to}：${input.reason}`,
    }
  })

const end = onRecord(endExemption, exemptionType, async (context, exemption, { reason }) => {
  const { by, on } = exemption.detail
  const after: Exemption = { ...exemption, state: 'ended', detail: { by, on, ended: `${context.today} ${reason}` } }
  await besideOthers(context.tx, context.county)
  await saveExemption(context.tx, after)
  const items = await applyExemptions(context.tx, context.county, exemption)
  return { record: after, output: { items }, summary: `撤销豁免：${reason}` }
})

const adjust = onRecord(adjustRule, ruleType, (_context, rule, { from, until, reason }) => {
  if (until !== null && until < from) refuse(e.daysReversed, field('until', e.daysReversed.message))
  return {
    record: { ...rule, fromDay: from, untilDay: until, adjusted: true },
    output: {},
    summary: `起止日期调整为${from}至${until ?? '长期'}，今后的周期随之重算，以往的不变：${reason}`,
  }
})

const reproject = onRecord(reprojectRule, ruleType, (context, rule, { from, reason }) => {
  if (from >= context.today) refuse(e.reprojectFuture, field('from', e.reprojectFuture.message))
  // Of two rewritings that wait the one reaching further back holds both.
  const earlier = rule.reprojectFrom !== null && rule.reprojectFrom < from ? rule.reprojectFrom : from
  return {
    record: { ...rule, reprojectFrom: earlier },
    output: {},
    summary: `从${from}起重新推算以往的履责事项：${reason}`,
  }
})

export const governingActions = (deps: DutyDeps): RegisteredAction[] => [exempt(deps), end, adjust, reproject]
