import { type Day, dayOf, startOfDay } from '#kernel/time.ts'
import { armDeadlines, queueNotices } from '#platform/actions/effects.ts'
import type { ArmedDeadline, ClockEnv, NoticeDraft } from '#platform/actions/types.ts'
import { type ClockMove, movesOfArmed } from '#platform/clock/projection.ts'
import type { Db, Tx } from '#platform/db/tables.ts'
import type { ClockHandler } from '#platform/module/module.ts'
import { amountWords, type quotaUnits } from '../model/index.ts'
import type { DutyDeps } from './deps.ts'
import { openOfPeriod, periodById, type Recipient } from './store-reminding.ts'

/** Reminders are armed on the turn and not on each item: one rung for twenty thousand units, fired once for all. */
export const periodType = 'dutyPeriod'
export const reminderParameter = 'duty.reminder.workingDaysBefore'

const morning = (day: Day) => new Date(startOfDay(day).getTime() + 9 * 3_600_000)

function rungsOf(dueOn: Day, { calendar, parameters }: ClockEnv): ArmedDeadline[] {
  const before = parameters.numbers(reminderParameter, dueOn).filter((days) => days > 0)
  return [
    ...before.map((days) => ({
      rung: `before-${days}`,
      basis: dueOn,
      at: morning(calendar.addWorkingDays(dueOn, -days)),
    })),
    { rung: 'overdue', basis: dueOn, at: morning(calendar.addWorkingDays(dueOn, 1)) },
  ]
}

interface Arming {
  readonly county: string
  readonly now: Date
  readonly environment: ClockEnv
}

/** Arms what still lies ahead; what a turn should have said before it was known is not said any more. */
export async function armPeriods(
  tx: Tx,
  { county, now, environment }: Arming,
  periods: readonly { id: string; dueOn: Day }[],
): Promise<void> {
  for (const { id, dueOn } of periods) {
    const ahead = rungsOf(dueOn, environment).filter(({ at }) => at > now)
    if (ahead.length === 0) continue
    await armDeadlines(tx, { county, recordId: id, recordType: periodType, area: county }, ahead)
  }
}

/** What other parameters or another calendar would move of the reminders; the turns themselves are not compared. */
export const dutyMoves =
  (county: string) =>
  (env: ClockEnv, db: Db, from: Day): Promise<ClockMove[]> =>
    movesOfArmed(db, { county, type: periodType, from }, async (tx, id) => {
      const period = await periodById(tx, county, id)
      return period && rungsOf(period.dueOn, env)
    })

/** What a rung is for, where clocks themselves are spoken of. */
export const dutyRungWords = (rung: string): string =>
  rung === 'overdue' ? '职责逾期未履行' : `职责到期前${rung.slice('before-'.length)}个工作日提醒`

const together = 500

/** Tells everybody who has not fulfilled the turn: the unit's principal, the person, the body. */
export function dutyClock({ county, book }: DutyDeps): ClockHandler {
  return {
    recordType: periodType,
    table: 'duty_period',
    async fire({ recordId, now, rungs }, _run, tx) {
      const period = await periodById(tx, county, recordId)
      if (!period) return
      const today = dayOf(now)
      const title = book.rules.get(period.rule)?.title ?? period.rule
      for (const { rung, basis } of rungs) {
        // After downtime nobody is told that a day is near which is over; and a turn that was moved has another day.
        if (basis !== period.dueOn || (rung !== 'overdue' && today > basis)) continue
        const due = await openOfPeriod(tx, county, period, today)
        const drafts = due.map((recipient) => noticeOf(recipient, { title, rung, recordId, ...period }))
        const about = { county, recordType: periodType, recordId, actionId: null, now }
        for (let at = 0; at < drafts.length; at += together) {
          await queueNotices(tx, about, drafts.slice(at, at + together))
        }
      }
    },
  }
}

interface Said {
  readonly title: string
  readonly rung: string
  readonly recordId: string
  readonly label: string
  readonly dueOn: Day
  readonly unit: keyof typeof quotaUnits
}

function noticeOf(to: Recipient, { title, rung, recordId, label, dueOn, unit }: Said): NoticeDraft {
  const late = rung === 'overdue'
  const much = to.items === 1 ? `已完成${to.done}，应完成${amountWords({ n: to.quota, unit })}` : `共${to.items}项`
  return {
    key: `duty:${recordId}:${rung}:${dueOn}:${to.kind}:${to.id}`,
    to: { kind: to.kind, id: to.id },
    kind: late ? 'dutyOverdue' : 'dutyDue',
    title: late ? `职责逾期未履行：${title}` : `职责即将到期：${title}`,
    body: `${label}｜${to.subject}｜${much}｜期限 ${dueOn}`,
  }
}
