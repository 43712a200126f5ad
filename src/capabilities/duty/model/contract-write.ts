import { z } from 'zod'
import { AttachmentInput } from '#kernel/attachment.ts'
import { defineAction } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { Day } from '#kernel/time.ts'
import { dutyErrors as e } from './errors.ts'
import { deedStateIds } from './terms.ts'

const reason = (what: string) => z.string().trim().min(4, `请写明${what}（至少4个字）`).max(500, `${what}最多500字`)
const Done = z.object({ state: z.enum(deedStateIds) })
const facts = {
  days: z.array(Day).min(1, '请填写履责日期').max(31, '一次最多填31天'),
  people: z.string().trim().min(2, '请填写参加人员').max(200, '参加人员最多200字'),
  amount: z.number('请填写数字').min(0, '不能是负数').max(1_000_000, '数字太大，请核对').nullable().default(null),
  note: z.string().trim().max(2000, '情况说明最多2000字').default(''),
}
const factErrors = [e.dayMissing, e.dayFuture, e.dayTooEarly, e.oneDay, e.dayTwice, e.amountMissing, e.filesMissing]

/** Records what was done for the item a person has in front of them; it counts for every rule that takes the form. */
export const recordDeed = defineAction({
  id: 'duty.record',
  title: '填报履责记录',
  permission: 'duty.record',
  record: 'dutyDeed',
  clauses: ['M01-2', 'M04-12', 'M04-13'],
  creates: true,
  input: z.object({
    itemId: Id,
    form: z.string().max(60),
    ...facts,
    /** Done after the turn was over, and to make up for it. */
    makeUp: z.boolean().default(false),
    attachments: z.array(AttachmentInput).max(20, '一次最多上传20个文件').default([]),
  }),
  output: Done,
  errors: [e.itemUnknown, e.formUnknown, e.formOther, e.onlyUnit, e.onlyBody, ...factErrors],
})

export const correctDeed = defineAction({
  id: 'duty.correct',
  title: '更正履责记录',
  permission: 'duty.record',
  record: 'dutyDeed',
  input: z.object({
    ...facts,
    reason: reason('更正的理由'),
    attachments: z.array(AttachmentInput).max(20, '一次最多上传20个文件').default([]),
  }),
  output: Done,
  errors: [e.formUnknown, e.onlyUnit, e.onlyBody, ...factErrors],
})

export const verifyDeed = defineAction({
  id: 'duty.verify',
  title: '核验履责记录',
  permission: 'duty.verify',
  record: 'dutyDeed',
  input: z.object({
    accepted: z.boolean(),
    opinion: z.string().trim().min(2, '请写明核验意见').max(500, '核验意见最多500字'),
  }),
  output: Done,
  errors: [e.recorderCannotVerify, e.notVerifier],
})

export const voidDeed = defineAction({
  id: 'duty.void',
  title: '作废履责记录',
  permission: 'duty.record',
  record: 'dutyDeed',
  input: z.object({ reason: reason('作废的理由') }),
  output: Done,
  errors: [e.onlyUnit, e.onlyBody],
})

export const exemptDuty = defineAction({
  id: 'duty.exempt',
  title: '豁免职责',
  permission: 'duty.exempt',
  record: 'dutyExemption',
  creates: true,
  input: z.object({ itemId: Id, from: Day, to: Day, reason: reason('豁免的理由') }),
  output: z.object({ items: z.number().int() }),
  errors: [e.itemUnknown, e.daysReversed, e.alreadyExempt],
})

export const endExemption = defineAction({
  id: 'duty.endExemption',
  title: '撤销豁免',
  permission: 'duty.exempt',
  record: 'dutyExemption',
  input: z.object({ reason: reason('撤销的理由') }),
  output: z.object({ items: z.number().int() }),
  errors: [],
})

/** The days a rule holds. What is to come is projected anew; what is past stays. */
export const adjustRule = defineAction({
  id: 'duty.adjustRule',
  title: '调整起止日期',
  permission: 'duty.administer',
  record: 'dutyRule',
  input: z.object({ from: Day, until: Day.nullable(), reason: reason('调整的理由') }),
  output: z.object({}),
  errors: [e.daysReversed],
})

/** The one way by which the past is rewritten, with the reason in the audit. */
export const reprojectRule = defineAction({
  id: 'duty.reproject',
  title: '重新推算以往',
  permission: 'duty.administer',
  record: 'dutyRule',
  input: z.object({ from: Day, reason: reason('重新推算的理由') }),
  output: z.object({}),
  errors: [e.reprojectFuture],
})

export const deedContracts = [recordDeed, correctDeed, verifyDeed, voidDeed]
/** After these the rules are projected by a job. */
export const projectingActions: ReadonlySet<string> = new Set([adjustRule.id, reprojectRule.id])
