import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { dayOf } from '#kernel/time.ts'
import { queueNotices } from '#platform/actions/effects.ts'
import type { ClockEnv } from '#platform/actions/types.ts'
import type { ClockHandler } from '#platform/module/module.ts'
import { clockWords, isStanding, passDeadline } from '../model/index.ts'
import type { HazardDeps } from './deps.ts'
import { noticeLine, tellBody, tellUnit } from './notices.ts'
import { loadHazard } from './store.ts'

/** What the clock does with a hazard: reminders are notices, passing the deadline is an action of the system. */
export function hazardClock(deps: HazardDeps, systemActor: (county: string) => Actor, env: ClockEnv): ClockHandler {
  return {
    recordType: 'hazard',
    async fire(due, run, tx) {
      const hazard = await loadHazard(tx, due.county, due.recordId, true)
      if (!hazard) return
      const actor = systemActor(due.county)
      if (due.rung === 'overdue') {
        if (hazard.overdue || !isStanding(hazard.state)) return
        const envelope = {
          actionId: newId(due.now.getTime()),
          recordId: hazard.id,
          version: hazard.version,
          input: { basis: due.basis },
        }
        await run(actor, passDeadline.id, envelope, { now: due.now })
        return
      }
      const said = clockWords(hazard, due.rung, due.basis, dayOf(due.now), env)
      if (!said) return
      const message = { kind: said.kind, title: said.title, body: `${noticeLine(hazard)}｜期限 ${due.basis}` }
      const key = `clock:${hazard.id}:${due.rung}:${due.basis}`
      const about = { county: due.county, recordType: 'hazard', recordId: hazard.id, actionId: null, now: due.now }
      const office = new Set([hazard.leadBodyId, hazard.state === 'closed' ? hazard.townBodyId : hazard.assignedBodyId])
      const notices =
        said.to === 'office'
          ? [...office].flatMap((bodyId) => tellBody(key, bodyId, message))
          : [
              ...tellBody(key, hazard.assignedBodyId ?? hazard.leadBodyId, message),
              ...(await tellUnit(deps, { tx, county: due.county }, key, hazard, message)),
            ]
      await queueNotices(tx, about, notices)
    },
  }
}
