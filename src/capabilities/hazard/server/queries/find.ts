import { sql } from 'kysely'
import { similarity } from '#kernel/chinese/text.ts'
import { hasRole } from '#kernel/grants.ts'
import { addDays } from '#kernel/time.ts'
import { inScope } from '#platform/db/scope.ts'
import { answer, type QueryContext, type RegisteredQuery } from '#platform/module/module.ts'
import { findSimilar, type HazardFilter, listHazards, myTasks, standingStates } from '../../model/index.ts'
import type { HazardDeps } from '../deps.ts'
import type { HazardTables } from '../tables.ts'
import { countHazards } from './count.ts'
import { pageHazards } from './list.ts'
import { hazardScope } from './moved.ts'

const list = (deps: HazardDeps): RegisteredQuery =>
  answer(listHazards, async (context, input) => {
    const { page, size, sort, ...filter } = input
    const [rows, total] = await Promise.all([
      pageHazards(deps, context, filter, { size, offset: (page - 1) * size, sort }),
      countHazards(deps, context, filter),
    ])
    return { rows, total }
  })

/** How many hazards of the same unit or town are looked through for repeats. */
const candidates = 300

interface Candidate
  extends Pick<
    HazardTables['hazard'],
    | 'id'
    | 'version'
    | 'number'
    | 'unit_id'
    | 'unit_name'
    | 'area'
    | 'state'
    | 'level'
    | 'found_on'
    | 'description'
    | 'sector'
  > {}

const similar = (deps: HazardDeps): RegisteredQuery =>
  answer(findSimilar, async (context, input) => {
    const near = input.unitId
      ? sql`h.unit_id = ${input.unitId}`
      : sql`h.area = ${input.area ?? ''} and h.sector = ${input.sector ?? ''}`
    const found = await sql<Candidate>`
      select h.id, h.version, h.number, h.unit_id, h.unit_name, h.area, h.state, h.level, h.found_on, h.description, h.sector
      from hazard h where h.county = ${context.county} and ${near}
        and ${inScope(context.boxes('hazard.read'), hazardScope)}
        and (h.state = any(${standingStates}::text[]) or h.found_on > ${addDays(context.today, -365)})
      order by h.found_on desc limit ${candidates}`.execute(context.db)
    const least = context.environment.parameters.number('hazard.duplicate.similarity', context.today)
    const rows = found.rows
      .filter((row) => row.id !== input.except)
      .map((row) => ({ row, score: similarity(row.description, input.description) }))
      .filter(({ score }) => score >= least)
      .sort((a, b) => b.score - a.score)
      .slice(0, 5)
      .map(({ row, score }) => ({
        id: row.id,
        version: row.version,
        number: row.number,
        unitName: row.unit_name,
        areaName: deps.directory.areaName(context.county, row.area),
        state: row.state,
        level: row.level,
        foundOn: row.found_on,
        description: row.description,
        score,
        why: `${input.unitId ? '同一单位' : '同一乡镇、同一行业'}，内容相近${Math.round(score * 100)}%`,
      }))
    return { rows }
  })

interface TaskGroup {
  readonly id: string
  readonly title: string
  readonly urgency: 'overdue' | 'week' | 'waiting' | 'info'
  readonly filter: HazardFilter
}

/** What each role must look at first: overdue, then due this week, then what waits for a decision of theirs. */
function groupsFor(context: QueryContext): TaskGroup[] {
  const { today, actor } = context
  const week = addDays(today, 7)
  const groups: TaskGroup[] = [
    { id: 'overdue', title: '已逾期', urgency: 'overdue', filter: { overdue: true } },
    {
      id: 'dueSoon',
      title: '7天内到期',
      urgency: 'week',
      filter: { states: ['assigned', 'rectifying'], dueFrom: today, dueTo: week },
    },
  ]
  const official = hasRole(actor, 'committeeOffice', 'department', 'town', 'inspector')
  if (hasRole(actor, 'unitPrincipal', 'unitWorker')) {
    groups.push(
      { id: 'plan', title: '待填五落实', urgency: 'week', filter: { states: ['assigned'], planIncomplete: true } },
      { id: 'work', title: '整改中', urgency: 'info', filter: { states: ['rectifying'] } },
      {
        id: 'sent',
        title: '等待核实、验收、复查',
        urgency: 'waiting',
        filter: { states: ['reported', 'awaitingAcceptance', 'awaitingReview', 'awaitingClosure'] },
      },
    )
  }
  if (official) {
    groups.push(
      { id: 'verify', title: '待核实', urgency: 'week', filter: { states: ['reported'] } },
      { id: 'assign', title: '待交办', urgency: 'week', filter: { states: ['registered'] } },
      { id: 'accept', title: '待验收', urgency: 'week', filter: { states: ['awaitingAcceptance'] } },
      { id: 'review', title: '待现场复查', urgency: 'week', filter: { states: ['awaitingReview'] } },
      { id: 'extension', title: '延期待审批', urgency: 'week', filter: { extensionPending: true } },
      { id: 'interim', title: '重大隐患缺临时管控', urgency: 'overdue', filter: { interimMissing: true } },
      { id: 'reinspect', title: '抽中待复核', urgency: 'waiting', filter: { reinspection: 'drawn' } },
    )
  }
  if (hasRole(actor, 'committeeOffice', 'department', 'countyLeader')) {
    groups.push({
      id: 'resume',
      title: '恢复生产待审查',
      urgency: 'week',
      filter: { resumePending: true, stateType: 'standing' },
    })
    groups.push({ id: 'approve', title: '待销号审批', urgency: 'week', filter: { states: ['awaitingClosure'] } })
    groups.push({ id: 'listed', title: '挂牌督办', urgency: 'info', filter: { listed: true, stateType: 'standing' } })
  }
  return groups
}

const tasks = (deps: HazardDeps): RegisteredQuery =>
  answer(myTasks, async (context) => {
    const groups = await Promise.all(
      groupsFor(context).map(async (group) => {
        const [total, rows] = await Promise.all([
          countHazards(deps, context, group.filter),
          pageHazards(deps, context, group.filter, { size: 5, offset: 0, sort: 'dueOn' }),
        ])
        return { ...group, total, rows }
      }),
    )
    return { groups: groups.filter((group) => group.total > 0 || group.urgency !== 'info') }
  })

export const hazardQueries = (deps: HazardDeps): RegisteredQuery[] => [list(deps), similar(deps), tasks(deps)]
