import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { type Day, dayOf } from '#kernel/time.ts'
import { queueNotices } from '#platform/actions/effects.ts'
import type { ClockEnv } from '#platform/actions/types.ts'
import type { Tx } from '#platform/db/tables.ts'
import type { ClockHandler } from '#platform/module/module.ts'
import { clockWords, type Hazard, isStanding, passDeadline } from '../model/index.ts'
import type { HazardDeps } from './deps.ts'
import { noticeLine, tellBody, tellUnit } from './notices.ts'
import { loadHazard } from './store.ts'

/** What the clock does with a hazard: reminders are notices, passing the deadline is an action of the system. */
export function hazardClock(deps: HazardDeps, systemActor: (county: string) => Actor, env: ClockEnv): ClockHandler {
  return {
    recordType: 'hazard',
    table: 'hazard',
    async fire({ county, recordId, now, rungs }, run, tx) {
      let hazard = await loadHazard(tx, county, recordId, true)
      for (const { rung, basis } of rungs) {
        if (!hazard) return
        if (rung !== 'overdue') await remind(deps, tx, now, env, hazard, rung, basis)
        else if (!hazard.overdue && isStanding(hazard.state)) {
          const envelope = { actionId: newId(now.getTime()), recordId, version: hazard.version, input: { basis } }
          await run(systemActor(county), passDeadline.id, envelope, { now })
          hazard = await loadHazard(tx, county, recordId, true)
        }
      }
    },
  }
}

async function remind(deps: HazardDeps, tx: Tx, now: Date, env: ClockEnv, hazard: Hazard, rung: string, basis: Day) {
  const said = clockWords(hazard, rung, basis, dayOf(now), env)
  if (!said) return
  const { county, id: recordId } = hazard
  const message = { kind: said.kind, title: said.title, body: `${noticeLine(hazard)}｜期限 ${basis}` }
  const key = `clock:${recordId}:${rung}:${basis}`
  const office = new Set([hazard.leadBodyId, hazard.state === 'closed' ? hazard.townBodyId : hazard.assignedBodyId])
  const notices =
    said.to === 'office'
      ? [...office].flatMap((bodyId) => tellBody(key, bodyId, message))
      : [
          ...tellBody(key, hazard.assignedBodyId ?? hazard.leadBodyId, message),
          ...(await tellUnit(deps, { tx, county }, key, hazard, message)),
        ]
  await queueNotices(tx, { county, recordType: 'hazard', recordId, actionId: null, now }, notices)
}
