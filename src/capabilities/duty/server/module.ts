import { type Clock, dayOf } from '#kernel/time.ts'
import type { Db } from '#platform/db/tables.ts'
import type { ExportDesk, JobSpec, ServerModule } from '#platform/module/module.ts'
import { deedLifecycle, dutyErrors, dutyPermissions, exemptionLifecycle } from '../model/index.ts'
import { advanceDuties } from './advance.ts'
import { dutyClock, dutyMoves, dutyRungWords, periodType, reminderParameter } from './clock.ts'
import type { DutyDeps } from './deps.ts'
import { governingActions } from './governing.ts'
import { calendarQuery } from './queries/calendar.ts'
import { deedDownload, deedQueries, visibleDeed } from './queries/deeds.ts'
import { detailQuery } from './queries/detail.ts'
import { itemDownload, itemQueries } from './queries/items.ts'
import { dutyMechanisms, rulesQuery } from './queries/standing.ts'
import { recordingActions } from './recording.ts'
import { periodById } from './store-reminding.ts'

/** Projects duties: every night, at the start, and after a rule was changed. `{ full: true }` counts everything anew. */
export const advanceJob = 'duty.advance'

/** 履责 as the server registers it. */
export function dutyModule(
  deps: DutyDeps & { readonly db: Db; readonly clock: Clock; readonly exports: ExportDesk },
): ServerModule {
  const { db, clock } = deps
  return {
    name: 'duty',
    permissions: dutyPermissions,
    errors: Object.values(dutyErrors),
    lifecycles: [deedLifecycle, exemptionLifecycle],
    actions: [...recordingActions(deps), ...governingActions(deps)],
    queries: [...itemQueries(deps), detailQuery(deps), calendarQuery(deps), ...deedQueries(deps), rulesQuery(deps)],
    downloads: [itemDownload(deps, deps.exports), deedDownload(deps, deps.exports)],
    jobs: [advancing(deps, db, clock)],
    clocks: [dutyClock(deps)],
    clocked: [
      {
        type: periodType,
        title: '职责周期',
        parameters: [reminderParameter],
        rungWords: dutyRungWords,
        // Working days count towards quotas and holidays make turns, so a change of the calendar counts everything anew.
        async rearm(_env, on) {
          const now = clock.now()
          await advanceDuties(deps, { db: on, now, today: dayOf(now), full: true })
          return { records: 0, rungs: 0 }
        },
        moves: dutyMoves(deps.county),
      },
    ],
    recordTypes: [
      {
        type: 'dutyDeed',
        async sight(context, id) {
          const deed = await visibleDeed(context, id)
          const title = deed && (deps.book.forms.get(deed.form)?.title ?? deed.form)
          return deed && { label: `${title} ${deed.subjectName}`, path: `/duties/deeds/${id}`, originals: true }
        },
      },
      {
        type: periodType,
        async sight(context, id) {
          if (!context.holds('duty.read')) return undefined
          const period = await periodById(context.db, context.county, id)
          const title = period && (deps.book.rules.get(period.rule)?.title ?? period.rule)
          const search = period && new URLSearchParams({ rule: period.rule, period: JSON.stringify(period.period) })
          return period && { label: `${title} ${period.label}`, path: `/duties/items?${search}`, receipts: false }
        },
      },
    ],
    mechanisms: [dutyMechanisms(deps)],
  }
}

const advancing = (deps: DutyDeps, db: Db, clock: Clock): JobSpec => ({
  name: advanceJob,
  cron: '10 0 * * *',
  expireSeconds: 3600,
  async run(data, { signal }) {
    const now = clock.now()
    const full = typeof data === 'object' && data !== null && 'full' in data && data.full === true
    await advanceDuties(deps, { db, now, today: dayOf(now), full, signal })
  },
})
