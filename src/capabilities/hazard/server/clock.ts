import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { queueNotices } from '#platform/actions/effects.ts'
import type { ClockHandler } from '#platform/module/module.ts'
import { passDeadline } from '../model/index.ts'
import type { HazardDeps } from './deps.ts'
import { noticeLine, tellBody, tellUnit } from './notices.ts'
import { loadHazard } from './store.ts'

const words: Record<string, { kind: string; title: string }> = {
  due: { kind: 'due', title: '隐患整改今天到期' },
  stale: { kind: 'stale', title: '重大隐患长时间没有更新整改进展' },
  review: { kind: 'review', title: '隐患验收复查已到办理期限' },
}

/** What the clock does with a hazard: reminders are notices, passing the deadline is an action of the system. */
export function hazardClock(deps: HazardDeps, systemActor: (county: string) => Actor): ClockHandler {
  return {
    recordType: 'hazard',
    async fire(due, run, tx) {
      const hazard = await loadHazard(tx, due.county, due.recordId, true)
      if (!hazard) return
      const actor = systemActor(due.county)
      if (due.rung === 'overdue') {
        if (hazard.overdue || (hazard.state !== 'assigned' && hazard.state !== 'rectifying')) return
        const envelope = {
          actionId: newId(due.now.getTime()),
          recordId: hazard.id,
          version: hazard.version,
          input: { basis: due.basis },
        }
        await run(actor, passDeadline.id, envelope, { now: due.now })
        return
      }
      const days = due.rung.startsWith('before-') ? due.rung.slice('before-'.length) : null
      const said = days ? { kind: 'remind', title: `隐患整改还有${days}个工作日到期` } : words[due.rung]
      if (!said) return
      const message = { ...said, body: `${noticeLine(hazard)}｜期限 ${due.basis}` }
      const key = `clock:${hazard.id}:${due.rung}:${due.basis}`
      const about = { county: due.county, recordType: 'hazard', recordId: hazard.id, actionId: null, now: due.now }
      await queueNotices(tx, about, [
        ...tellBody(key, hazard.assignedBodyId ?? hazard.leadBodyId, message),
        ...(await tellUnit(deps, { tx, county: due.county }, key, hazard, message)),
      ])
    },
  }
}
