import { Readable } from 'node:stream'
import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  ImageRun,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import { download } from '#platform/module/module.ts'
import {
  type ClauseState,
  type ClauseView,
  clauseStateIds,
  clauseStates,
  type EvaluationAnswer,
  evaluationReport,
  outcomeStates,
  outcomeTotals,
} from '../model/index.ts'
import { type Bar, barChart } from './charts.ts'
import type { PlanDeps } from './deps.ts'
import { evaluate, limitWords, numbersOf, outcomeWords } from './evaluation.ts'

const font = { ascii: 'Times New Roman', eastAsia: '仿宋', hAnsi: 'Times New Roman' }
const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const mostSectors = 12

const line = (text: string) =>
  new Paragraph({
    spacing: { line: 420 },
    indent: { firstLine: 560 },
    children: [new TextRun({ text, font, size: 28 })],
  })
const heading = (text: string, level: (typeof HeadingLevel)[keyof typeof HeadingLevel] = HeadingLevel.HEADING_1) =>
  new Paragraph({
    heading: level,
    keepNext: true,
    spacing: { before: 240, after: 120 },
    children: [new TextRun({ text, font: { ...font, eastAsia: '黑体' }, size: 30, color: '000000' })],
  })

const cell = (text: string, width: number, bold = false) =>
  new TableCell({
    width: { size: width, type: WidthType.DXA },
    children: [new Paragraph({ children: [new TextRun({ text, font, size: 20, bold })] })],
  })

/** A table as wide as the page; its head stands again on every page. `widths` in twentieths of a point. */
function tableOf(head: readonly string[], widths: readonly number[], rows: readonly (readonly (string | number)[])[]) {
  const row = (values: readonly (string | number)[], isHead = false) =>
    new TableRow({
      tableHeader: isHead,
      cantSplit: true,
      children: values.map((value, at) => cell(String(value), widths[at] ?? 1000, isHead)),
    })
  return new Table({
    columnWidths: [...widths],
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    rows: [row(head, true), ...rows.map((values) => row(values))],
  })
}

async function chartOf(title: string, bars: readonly Bar[]): Promise<Paragraph[]> {
  if (bars.length === 0) return []
  const { png, width, height } = await barChart(bars)
  const picture = new ImageRun({
    type: 'png',
    data: png,
    transformation: { width, height },
    altText: { name: title, title, description: bars.map(({ label, n }) => `${label}${n}`).join('，') },
  })
  return [
    new Paragraph({ alignment: AlignmentType.CENTER, keepNext: true, children: [picture] }),
    new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ text: title, font, size: 20 })] }),
  ]
}

const stateCounts = (states: readonly ClauseState[]): Bar[] =>
  clauseStateIds.map((id) => ({ label: clauseStates[id].label, n: states.filter((state) => state === id).length }))

/** The sentence that says how many clauses stand how. */
export function stateWords(clauses: readonly ClauseView[]): string {
  const told = stateCounts(clauses.map(({ state }) => state)).filter(({ n }) => n > 0)
  return told.map(({ label, n }) => `${label} ${n} 条`).join('，')
}

function* clauseRows(clauses: readonly ClauseView[]) {
  for (const clause of clauses) {
    const { due, met, late } = numbersOf(clause)
    const told = clause.mechanisms.some(({ standing }) => standing)
    const done = clause.mechanisms.map(({ standing }) => standing?.metOn ?? '').sort()
    const numbers = told ? `${met + late}/${due}` : '—'
    const day = done.at(-1) || (clause.by ? `${clause.by} 前` : '—')
    yield [clause.id, clause.text, clauseStates[clause.state].label, numbers, day, clause.evidence]
  }
}

async function overview({ tiles, clauses }: EvaluationAnswer) {
  return [
    heading('一、总体情况'),
    line(`方案共 ${clauses.length} 条：${stateWords(clauses)}。以下状态和数字均由系统记录算出。`),
    ...(await chartOf('图1　条款达成情况（条）', stateCounts(clauses.map(({ state }) => state)))),
    tableOf(
      ['项目', '名称', '状态', '已完成/应完成', '逾期完成', '逾期未完成', '牵头'],
      [800, 2000, 1000, 1400, 1000, 1100, 1700],
      tiles.map(({ id, title, state, numbers, lead }) => [
        id,
        title,
        clauseStates[state].label,
        `${numbers.met + numbers.late}/${numbers.due}`,
        numbers.late,
        numbers.missed,
        lead.map(({ name }) => name).join('、'),
      ]),
    ),
  ]
}

async function problemsOf({ problems }: EvaluationAnswer) {
  const { criteria, sectors, areas, zeroFinding } = problems
  const counted = (list: typeof sectors) =>
    list.map((one) => [one.title, one.found, one.standing, one.overdue, one.everClosed, one.reopened])
  const head = ['名称', '发现', '未销号', '逾期', '曾销号', '重新打开']
  const widths = [3400, 1100, 1100, 1100, 1150, 1150]
  const closed = sectors.reduce((sum, { everClosed }) => sum + everClosed, 0)
  const again = sectors.reduce((sum, { reopened }) => sum + reopened, 0)
  const rate = closed > 0 ? `，重开率 ${((again / closed) * 100).toFixed(1)}%` : ''
  return [
    heading('二、共性问题和突出隐患'),
    line(`曾销号的重大隐患 ${closed} 条，其中重新打开 ${again} 条${rate}。`),
    line(
      `督导检查查出重大隐患的单位 ${zeroFinding.inspected} 家，其中自查从未查出重大隐患的 ${zeroFinding.silent} 家，自查质量须重点核实。`,
    ),
    heading('（一）反复出现的判定标准条款', HeadingLevel.HEADING_2),
    criteria.length > 0
      ? tableOf(
          ['判定标准条款', '次数'],
          [8000, 1000],
          criteria.map(({ title, found }) => [title, found]),
        )
      : line('没有按判定标准条款判定的重大隐患。'),
    heading('（二）行业领域', HeadingLevel.HEADING_2),
    ...(await chartOf(
      '图2　各行业领域发现的重大隐患（条）',
      sectors.slice(0, mostSectors).map(({ title, found }) => ({ label: title, n: found })),
    )),
    tableOf(head, widths, counted(sectors)),
    heading('（三）乡镇（开发区）', HeadingLevel.HEADING_2),
    tableOf(head, widths, counted(areas)),
  ]
}

function outcomesOf(answer: EvaluationAnswer) {
  const { outcomes } = answer
  if (outcomes.registers.length === 0) return []
  const { total, named } = outcomeTotals(outcomes)
  const head = ['名称', '牵头单位', '依据', '状态', '完成日期', '文号等']
  const widths = [2300, 1500, 1700, 900, 1100, 1500]
  const rows = outcomes.items.map(({ title, body, clause, state, lateness, doneOn, dueOn, facts }) => {
    const late = lateness === 'late' || lateness === 'missed' ? `（${outcomeStates[lateness]}）` : ''
    return [title, body, clause, `${state}${late}`, doneOn ?? (dueOn ? `${dueOn} 前` : '—'), facts]
  })
  return [
    heading('三、制度成果'),
    ...outcomeWords(answer).map(line),
    ...(named > 0 ? [tableOf(head, widths, rows)] : []),
    ...(total > named ? [line(`另有 ${total - named} 项，见相应清单。`)] : []),
  ]
}

function eachClause({ tiles, clauses }: EvaluationAnswer) {
  const head = ['条款', '内容', '结论', '完成/应完成', '日期', '凭据']
  const widths = [900, 3500, 1000, 1200, 1200, 1200]
  return [
    heading('四、逐条评估'),
    ...tiles.flatMap((tile) => [
      heading(`${tile.id} ${tile.title}（${clauseStates[tile.state].label}）`, HeadingLevel.HEADING_2),
      tableOf(head, widths, [...clauseRows(clauses.filter(({ section }) => section === tile.id))]),
    ]),
  ]
}

/** The final evaluation as a Word document: overview, common problems, every clause. */
export async function reportOf(answer: EvaluationAnswer, words: string, demo: boolean): Promise<Buffer> {
  const title = new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after: 240 },
    children: [
      new TextRun({ text: `${answer.plan}总结评估报告`, font: { ...font, eastAsia: '方正小标宋简体' }, size: 40 }),
    ],
  })
  const footer = new Footer({
    children: [
      new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children: [PageNumber.CURRENT] })] }),
    ],
  })
  const document = new Document({
    creator: '治本攻坚运行系统',
    title: '总结评估报告',
    sections: [
      {
        footers: { default: footer },
        children: [
          title,
          line(`截至 ${answer.asOf}。${words ? `范围：${words}。` : ''}${demo ? '演示数据：内容均为虚构。' : ''}`),
          ...(await overview(answer)),
          ...(await problemsOf(answer)),
          ...outcomesOf(answer),
          ...eachClause(answer),
        ],
      },
    ],
  })
  return Packer.toBuffer(document)
}

export const evaluationWord = (deps: PlanDeps) =>
  download(evaluationReport, async (context, limits) => {
    const found = await evaluate(deps, context, limits)
    const title = '总结评估报告'
    const words = await limitWords(deps, context, limits)
    await deps.exports.log(context.actor, context.now, {
      title,
      filter: limits,
      words,
      columns: ['总体情况', '共性问题', '制度成果', '逐条评估'],
      rows: found.clauses.length,
      format: 'docx',
    })
    const file = await reportOf(found, words, context.demo)
    const name = `${title}-${found.asOf}${context.demo ? '（演示数据）' : ''}.docx`
    return { name, type: docxType, body: Readable.from([file]) }
  })
