import { tableFile } from '#platform/excel/download.ts'
import { exportFacts, wordsOf } from '#platform/list/list-download.ts'
import { answer, download, type QueryContext } from '#platform/module/module.ts'
import {
  type ClauseView,
  clauseStates,
  type EvaluationAnswer,
  EvaluationLimits,
  evaluation,
  exportEvaluation,
  outcomeStates,
  sumOf,
} from '../model/index.ts'
import { clausesWithin, clauseView, dayAsked, soonDaysOf, standingsOf } from './clauses.ts'
import { whenWords } from './coverage.ts'
import type { PlanDeps } from './deps.ts'
import { wallOf } from './wall.ts'

/** Everything the final evaluation says, from the same numbers as the wall. */
export async function evaluate(
  deps: PlanDeps,
  context: QueryContext,
  limits: EvaluationLimits,
): Promise<EvaluationAnswer> {
  const asOf = dayAsked(context, limits.asOf)
  const soonDays = soonDaysOf(context)
  const covered = clausesWithin(deps, limits, asOf, soonDays)
  const { area, body } = limits
  const [shown, standings, problems, outcomes] = await Promise.all([
    wallOf(deps, context, limits),
    standingsOf(deps, context, covered, { asOf, area, body }),
    deps.problems(context, { asOf, area, body }),
    deps.outcomes(context, { asOf, area, body }),
  ])
  return {
    asOf,
    plan: deps.title,
    actions: shown.actions,
    tiles: shown.tiles,
    clauses: covered.map((one) => clauseView(deps, one, standings, { asOf, soonDays })),
    problems,
    outcomes,
  }
}

export const evaluationAnswer = (deps: PlanDeps) =>
  answer(evaluation, (context, limits) => evaluate(deps, context, limits))

/** The numbers of a clause, a mechanism counted once. */
export const numbersOf = (clause: ClauseView) =>
  sumOf(clause.mechanisms.flatMap(({ standing }) => (standing ? [standing] : [])))

const columns = [
  { title: '条款', width: 10 },
  { title: '内容', width: 46 },
  { title: '责任单位', width: 28 },
  { title: '期限', width: 22 },
  { title: '评估结论', width: 12 },
  { title: '应完成', width: 10 },
  { title: '按期完成', width: 10 },
  { title: '逾期完成', width: 10 },
  { title: '在办', width: 10 },
  { title: '逾期未完成', width: 12 },
  { title: '全部完成日期', width: 14 },
  { title: '凭据', width: 30 },
]

function rowOf(clause: ClauseView) {
  const { due, met, late, open, missed } = numbersOf(clause)
  const told = clause.mechanisms.some(({ standing }) => standing)
  const done = clause.mechanisms.map(({ standing }) => standing?.metOn ?? '').sort()
  const evidence = [clause.evidence, ...clause.mechanisms.map(({ title }) => title)].join('；')
  return [
    clause.id,
    clause.text,
    clause.bodies.map(({ name }) => name).join('、'),
    whenWords(clause),
    clauseStates[clause.state].label,
    ...(told ? [due, met, late, open, missed] : ['', '', '', '', '']),
    done.at(-1) ?? '',
    evidence,
  ]
}

const problemColumns = ['类别', '名称', '发现', '未销号', '逾期', '曾销号', '重新打开'].map((title, at) => ({
  title,
  width: at === 1 ? 60 : 10,
}))

/** What recurs, as lines of a sheet. */
export function problemRows({ problems }: EvaluationAnswer): (string | number | null)[][] {
  const counted = (kind: string, list: EvaluationAnswer['problems']['sectors']) =>
    list.map((one) => [kind, one.title, one.found, one.standing, one.overdue, one.everClosed, one.reopened])
  return [
    ...problems.criteria.map(({ title, found }) => ['判定标准', title, found, null, null, null, null]),
    ...counted('行业领域', problems.sectors),
    ...counted('乡镇（开发区）', problems.areas),
  ]
}

const outcomeColumns = [
  { title: '清单', width: 22 },
  { title: '名称', width: 46 },
  { title: '牵头单位', width: 24 },
  { title: '依据', width: 34 },
  { title: '状态', width: 12 },
  { title: '完成情况', width: 12 },
  { title: '期限', width: 14 },
  { title: '完成日期', width: 14 },
  { title: '内容', width: 60 },
]

/** 制度成果 one by one, as lines of a sheet. */
export const outcomeRows = ({ outcomes }: EvaluationAnswer): (string | null)[][] =>
  outcomes.items.map(({ register, title, body, clause, state, lateness, dueOn, doneOn, facts }) => {
    return [register, title, body, clause, state, outcomeStates[lateness], dueOn, doneOn, facts]
  })

/** How many stand how, register by register. */
export const outcomeWords = ({ outcomes }: EvaluationAnswer): string[] =>
  outcomes.registers.map(({ title, due, met, late, missed, states }) => {
    const told = states.filter(({ n }) => n > 0).map((one) => `${one.title} ${one.n} 项`)
    const stand =
      due > 0 ? `：${told.join('，')}；按期完成 ${met} 项，逾期完成 ${late} 项，逾期未完成 ${missed} 项` : ''
    return `${title}共 ${due} 项${stand}。`
  })

export const limitWords = async (deps: PlanDeps, context: QueryContext, limits: EvaluationLimits) =>
  (await wordsOf(EvaluationLimits, limits, context, deps.exports)).join('；')

export const evaluationDownload = (deps: PlanDeps) =>
  download(exportEvaluation, async (context, { format, ...limits }) => {
    const found = await evaluate(deps, context, limits)
    const title = '总结评估表'
    const words = await limitWords(deps, context, limits)
    const titles = columns.map((column) => column.title)
    const rows = found.clauses.map(rowOf)
    await deps.exports.log(context.actor, context.now, {
      title,
      filter: limits,
      words,
      columns: titles,
      rows: rows.length,
      format,
    })
    return tableFile(context, {
      name: `${title}-${found.asOf}`,
      title,
      columns,
      rows,
      format,
      extra: [
        { title: '共性问题', columns: problemColumns, rows: problemRows(found) },
        { title: '制度成果', columns: outcomeColumns, rows: outcomeRows(found) },
      ],
      about: exportFacts(context, title, words, [['截至', found.asOf]]),
    })
  })
