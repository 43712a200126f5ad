import { tableFile } from '#platform/excel/download.ts'
import { exportFacts, wordsOf } from '#platform/list/list-download.ts'
import { download, type RegisteredDownload } from '#platform/module/module.ts'
import {
  addUp,
  cellValue,
  dimensions,
  exportTable,
  measureOf,
  noNumbers,
  type TableAnswer,
  TableLimits,
} from '../model/index.ts'
import type { StatisticsDeps } from './counting.ts'
import { makeTable } from './table.ts'

/** The lines of the sheet: one a row of the table, with its sum, and the sums of the columns below. */
export function linesOf(answer: TableAnswer, measure: ReturnType<typeof measureOf>): (string | number | null)[][] {
  const cells = new Map(answer.cells.map((cell) => [`${cell.row}\n${cell.column}`, cell]))
  const value = (wanted: (cell: TableAnswer['cells'][number]) => boolean) =>
    cellValue(measure, addUp(answer.cells.filter(wanted)))
  const rows = answer.rows.map((row) => [
    row.label,
    ...answer.columns.map((column) => cellValue(measure, cells.get(`${row.key}\n${column.key}`) ?? noNumbers)),
    value((cell) => cell.row === row.key),
  ])
  const foot = [
    '合计',
    ...answer.columns.map((column) => value((cell) => cell.column === column.key)),
    value(() => true),
  ]
  return [...rows, foot]
}

/** The table as a file. Who took it out of the system stands in the export audit, as with every list. */
export function tableDownload(deps: StatisticsDeps): RegisteredDownload {
  return download(exportTable, async (context, input) => {
    const { format, ...question } = input
    const measure = measureOf(question.measure)
    const answer = await makeTable(deps, context, question)
    const lines = linesOf(answer, measure)
    const title = `统计表：${measure.title}，${dimensions[question.rows]}×${dimensions[question.columns]}`
    const words = (await wordsOf(TableLimits, TableLimits.parse(question), context, deps.exports)).join('；')
    const head = [dimensions[question.rows], ...answer.columns.map((column) => column.label), '合计']
    const taken = { title, filter: question, words, columns: head, rows: lines.length, format }
    await deps.exports.log(context.actor, context.now, taken)
    return tableFile(context, {
      name: `${measure.title}-${dimensions[question.rows]}-${dimensions[question.columns]}-${answer.asOf}`,
      title: measure.title,
      columns: head.map((name, at) => ({ title: name, width: at === 0 ? 18 : 12 })),
      rows: lines,
      format,
      about: exportFacts(context, title, words),
    })
  })
}
