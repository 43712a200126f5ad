import { defineLifecycle, type Guard, type Lifecycle } from '#kernel/lifecycle.ts'
import { taskErrors } from '../errors.ts'
import { actsAs } from '../rules.ts'
import type { Meeting } from './record.ts'
import { type MeetingState, meetingStates } from './terms.ts'

const byHost: Guard<Meeting> = ({ record, actor }) =>
  actor.system || actsAs(actor, 'task.recordMeeting', record.bodyId) ? undefined : { def: taskErrors.onlyHost }

/** What was recorded is never changed, only added to or voided with a reason. */
export const meetingLifecycle: Lifecycle<MeetingState, Meeting> = defineLifecycle({
  record: 'meeting',
  states: meetingStates,
  stateOf: (meeting) => meeting.state,
  transitions: [
    { action: 'task.addMinutes', from: ['recorded'], to: 'same', guards: [byHost] },
    { action: 'task.voidMeeting', from: ['recorded'], to: 'void', guards: [byHost] },
  ],
})
