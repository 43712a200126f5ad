import type { Actor } from '#kernel/grants.ts'
import type { Clock } from '#kernel/time.ts'
import type { ActionRunner } from '#platform/actions/runner.ts'
import type { ClockEnv } from '#platform/actions/types.ts'
import { clockedKind } from '#platform/clock/projection.ts'
import type { ExportDesk, ServerModule } from '#platform/module/module.ts'
import {
  meetingLifecycle,
  taskClockParameters,
  taskErrors,
  taskLifecycle,
  taskPermissions,
  taskRungWords,
} from '../model/index.ts'
import { handlingActions } from './actions-handle.ts'
import { issuingActions } from './actions-issue.ts'
import { chainActions, chainQueries } from './chain/chains.ts'
import { taskClock } from './clock.ts'
import type { TaskDeps } from './deps.ts'
import { meetingActions } from './meeting/actions.ts'
import { meetingDownload, meetingQueries, visibleMeeting } from './meeting/queries.ts'
import { meetingRecord } from './meeting/record-type.ts'
import { taskQueries, visibleTask } from './queries/answers.ts'
import { taskDownloads } from './queries/list.ts'
import { taskMechanisms } from './queries/mechanisms.ts'
import { stageQueries } from './queries/stages.ts'
import { raisePlan } from './raising.ts'
import { taskRecord } from './record-type.ts'
import { clockedTasks } from './store.ts'

export interface TaskParts extends TaskDeps {
  readonly exports: ExportDesk
  readonly clockEnv: ClockEnv
  readonly clock: Clock
  readonly runner: () => ActionRunner
  /** False while the past of the county is still being told. */
  settled(): Promise<boolean>
  systemActor(county: string): Actor
}

/** Tasks, filings, meetings, chains and stages of the plan as the server registers them. */
export function taskModule(deps: TaskParts): ServerModule {
  return {
    name: 'task',
    permissions: taskPermissions,
    errors: Object.values(taskErrors),
    lifecycles: [taskLifecycle, meetingLifecycle],
    actions: [...issuingActions(deps), ...handlingActions(deps), ...meetingActions(deps), ...chainActions(deps)],
    queries: [...taskQueries(deps), ...meetingQueries(deps), ...chainQueries(deps), ...stageQueries(deps)],
    downloads: [...taskDownloads(deps, deps.exports), meetingDownload(deps, deps.exports)],
    clocks: [taskClock(deps, deps.clockEnv)],
    clocked: [
      clockedKind({
        county: deps.county,
        recordType: taskRecord,
        parameters: taskClockParameters,
        rungWords: taskRungWords,
        standing: clockedTasks,
      }),
    ],
    mechanisms: [taskMechanisms(deps)],
    jobs: [
      {
        name: 'task.raise',
        // Every ten minutes, so that a county that has just begun does not wait for the night.
        cron: '*/10 * * * *',
        run: async () => {
          if (!(await deps.settled())) return
          const actor = deps.systemActor(deps.county)
          await deps.runner().batch((run, tx) => raisePlan(deps, { run, tx, actor, now: deps.clock.now() }))
        },
      },
    ],
    recordTypes: [
      {
        type: taskRecord.type,
        async sight(context, id) {
          const task = await visibleTask(context, id)
          return task && { label: task.title, path: `/${task.kind === 'filing' ? 'filings' : 'tasks'}/${id}` }
        },
      },
      {
        type: meetingRecord.type,
        async sight(context, id) {
          const meeting = await visibleMeeting(context, id)
          return meeting && { label: meeting.title, path: `/meetings/${id}` }
        },
      },
    ],
  }
}
