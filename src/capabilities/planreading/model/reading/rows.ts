import type { Paragraph } from '#kernel/document/lines.ts'
import type { Sureness } from '#kernel/document/moments.ts'
import { columnWord } from '#kernel/document/tables.ts'
import { type AssignmentRole, rolesIn } from './assignments.ts'
import { isName } from './bodies.ts'

/** A row of a table that says who does what until when, such as 任务分工表. */
export interface TaskRow {
  /** What it is about: the task, and what it belongs to when that stands in a column of its own. */
  readonly task: string
  readonly who: readonly { readonly role: AssignmentRole; readonly body: string; readonly sure: Sureness }[]
  /** What the column of deadlines says; null without one. */
  readonly due: string | null
  readonly text: string
  readonly line: number
}

const roles: readonly AssignmentRole[] = ['lead', 'responsible', 'assisting']

type Column = 'task' | AssignmentRole | 'due' | 'other'

const notAbout = /序号|编号|领导|责任人|联系人|姓名|电话|备注|职务|进展|完成情况/
const columns: readonly (readonly [Column, RegExp])[] = [
  ['other', notAbout],
  ['assisting', /配合|协办|协助|协同|参与|参加/],
  ['lead', /牵头|主办|主责/],
  ['responsible', /(?:责任|承办|实施|落实)(?:单位|部门|主体|科室|股室|处室|分工)|分工/],
  ['due', /时限|时间|期限|节点|进度要求/],
  ['task', /任务|事项|内容|领域|措施|项目|工作|行动|重点|举措|行业|要求|目标/],
]

const columnOf = (name: string): Column => columns.find(([, form]) => form.test(name))?.[0] ?? 'other'

function headerOf(cells: readonly string[]): Column[] | undefined {
  if (cells.some((cell) => cell.length > 14) || cells.filter((cell) => columnWord.test(cell)).length < 2)
    return undefined
  const found = cells.map(columnOf)
  if (!found.some((column) => roles.includes(column as AssignmentRole))) return undefined
  if (found.includes('task')) return found
  // 工程名称, 检查点位: whatever the first column is called that is no number, the row is about it.
  const first = cells.findIndex((cell, at) => found[at] === 'other' && !notAbout.test(cell))
  return first < 0 ? undefined : found.with(first, 'task')
}

const sureOf = (body: string): Sureness => (isName(body) ? 'said' : 'inferred')

/** The rows of the document's tables that say who does what; a table without such columns has none. */
export function taskRowsOf(paragraphs: readonly Paragraph[]): TaskRow[] {
  const found: TaskRow[] = []
  let header: Column[] | undefined
  let above: readonly string[] = []
  for (const { cells, text, line } of paragraphs) {
    if (!cells) {
      header = undefined
      continue
    }
    const begins = headerOf(cells)
    if (begins) {
      header = begins
      above = []
      continue
    }
    if (!header || /^(?:合计|总计|小计)/.test(cells[0] ?? '')) continue
    const columns = header
    const cell = (at: number) => cells[at] ?? ''
    // A merged cell is written once, for the rows below it too.
    const task = columns.map((column, at) => (column === 'task' ? cell(at) || (above[at] ?? '') : ''))
    const named = task.filter((words) => words !== '')
    const who = roles.flatMap((role) =>
      columns.flatMap((column, at) =>
        column === role
          ? rolesIn(cell(at), role).flatMap((one) =>
              one.who.map((body) => ({ role: one.role, body, sure: sureOf(body) })),
            )
          : [],
      ),
    )
    const due = columns.flatMap((column, at) => (column === 'due' && cell(at) !== '' ? [cell(at)] : []))
    above = task
    if (named.length > 0 && (who.length > 0 || due.length > 0))
      found.push({ task: named.join('：'), who, due: due[0] ?? null, text, line })
  }
  return found
}
