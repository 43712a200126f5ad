import type { Facets } from '#kernel/grants.ts'
import type { RecordType } from '#platform/actions/types.ts'
import { versionsIn } from '#platform/actions/versions.ts'
import { type Meeting, meetingLifecycle } from '../../model/index.ts'
import { loadMeeting, saveMeeting } from './store.ts'

/** Who held it and who was there. */
export const meetingFacets = (meeting: Meeting): Facets => ({
  area: meeting.area,
  sectors: null,
  unitId: null,
  bodyIds: [meeting.bodyId, ...meeting.attendeeBodyIds],
})

export const meetingRecord: RecordType<Meeting> = {
  type: 'meeting',
  title: '会议',
  readPermission: 'task.readMeetings',
  lifecycle: meetingLifecycle,
  load: loadMeeting,
  versions: versionsIn('meeting'),
  save: saveMeeting,
  facets: meetingFacets,
  label: (meeting) => meeting.title,
}
