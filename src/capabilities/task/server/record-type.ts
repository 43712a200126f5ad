import type { Facets } from '#kernel/grants.ts'
import type { RecordType } from '#platform/actions/types.ts'
import { versionsIn } from '#platform/actions/versions.ts'
import { type Task, taskDeadlines, taskLifecycle } from '../model/index.ts'
import { loadTask, saveTask } from './store.ts'

/** Assignee and co-assignees have it by body; whoever issues sees it by the area it lies in. */
export const taskFacets = (task: Task): Facets => ({
  area: task.area,
  sectors: null,
  unitId: null,
  bodyIds: [task.assigneeBodyId, ...task.coBodyIds],
})

export const taskRecord: RecordType<Task> = {
  type: 'task',
  title: '任务',
  readPermission: 'task.read',
  lifecycle: taskLifecycle,
  load: loadTask,
  versions: versionsIn('task'),
  save: saveTask,
  facets: taskFacets,
  label: (task) => task.title,
  deadlines: taskDeadlines,
}
