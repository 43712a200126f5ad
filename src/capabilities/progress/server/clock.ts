import { lastWord } from '#capabilities/task/model/index.ts'
import { dayOf } from '#kernel/time.ts'
import { queueNotices } from '#platform/actions/effects.ts'
import type { ClockHandler } from '#platform/module/module.ts'
import type { ProgressDeps } from './deps.ts'
import { tellBody } from './notices.ts'
import { returnRecord } from './record-types.ts'
import { loadReturn } from './store.ts'

/** Chases the body before, on and after the day; the committee office hears who has not returned. */
export function returnClock(deps: ProgressDeps): ClockHandler {
  return {
    recordType: returnRecord.type,
    table: 'progress_return',
    async fire({ county, recordId, now, rungs }, _run, tx) {
      const one = await loadReturn(tx, county, recordId, true)
      if (!one || one.lockedOn !== null || (one.state !== 'due' && one.state !== 'returned')) return
      const { directory, environment } = deps
      const said = lastWord(`${one.period}进展报送`, one.dueOn, rungs, dayOf(now), environment.calendar)
      if (!said) return
      const name = directory.bodyName(county, one.bodyId)
      const office = directory.index.reference.officeBodyId
      const to = said.kind === 'overdue' ? [one.bodyId, office] : [one.bodyId]
      const key = `clock:${recordId}:${said.rung}:${one.dueOn}`
      const notices = to.map((body) => tellBody(key, body, said.kind, said.title, `${name}｜期限 ${one.dueOn}`))
      await queueNotices(tx, { county, recordType: returnRecord.type, recordId, actionId: null, now }, notices)
    },
  }
}
