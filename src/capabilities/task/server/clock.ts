import { dayOf } from '#kernel/time.ts'
import { queueNotices } from '#platform/actions/effects.ts'
import type { ClockEnv } from '#platform/actions/types.ts'
import type { ClockHandler } from '#platform/module/module.ts'
import { lastWord, owedStates, type TaskState } from '../model/index.ts'
import type { TaskDeps } from './deps.ts'
import { tellBody } from './notices.ts'
import { taskRecord } from './record-type.ts'
import { loadTask } from './store.ts'

/** Reminds whoever owes something; the issuer hears of it when the day has passed. */
export function taskClock(deps: TaskDeps, env: ClockEnv): ClockHandler {
  return {
    recordType: taskRecord.type,
    table: 'task',
    async fire({ county, recordId, now, rungs }, _run, tx) {
      const task = await loadTask(tx, county, recordId, true)
      if (!task || !(owedStates as readonly TaskState[]).includes(task.state)) return
      const today = dayOf(now)
      const said = lastWord(task.title, task.dueOn, rungs, today, env.calendar)
      if (!said) return
      const name = deps.directory.bodyName(county, task.assigneeBodyId)
      const words = { ...said, body: `${name}｜期限 ${task.dueOn}` }
      const to = said.kind === 'overdue' ? [task.assigneeBodyId, task.issuerBodyId] : [task.assigneeBodyId]
      const key = `clock:${recordId}:${said.rung}:${task.dueOn}`
      const notices = to.map((body) => tellBody(key, body, words))
      await queueNotices(tx, { county, recordType: taskRecord.type, recordId, actionId: null, now }, notices)
    },
  }
}
