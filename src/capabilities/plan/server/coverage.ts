import { tableFile } from '#platform/excel/download.ts'
import { exportFacts, wordsOf } from '#platform/list/list-download.ts'
import { answer, download } from '#platform/module/module.ts'
import {
  awaited,
  type CoverageAnswer,
  CoverageLimits,
  clauseKinds,
  countCoverage,
  coverage,
  coverageOf,
  exportCoverage,
  rhythms,
} from '../model/index.ts'
import { namesOf } from './clauses.ts'
import type { PlanDeps } from './deps.ts'

function coverageUnder(deps: PlanDeps, { live, kind, later, text }: CoverageLimits): CoverageAnswer {
  const all = coverageOf(deps.plan, deps.mechanisms())
  const chosen = all.filter(({ clause, mechanisms, later: waits }) => {
    if (live && (live === 'live') !== mechanisms.length > 0) return false
    if (kind && clause.kind !== kind) return false
    if (later && waits !== later) return false
    return !text || clause.id.toLowerCase().startsWith(text.toLowerCase()) || clause.text.includes(text)
  })
  const titles = new Map(deps.plan.sections.map(({ id, title }) => [id, title]))
  return {
    ...countCoverage(all),
    waitsFor: [...countCoverage(all).waitsFor],
    rows: chosen.map(({ clause, mechanisms, later: waits }) => ({
      id: clause.id,
      section: clause.section,
      sectionTitle: titles.get(clause.section) ?? clause.section,
      kind: clause.kind,
      text: clause.text,
      bodies: namesOf(deps, clause.bodies),
      from: clause.from,
      by: clause.by,
      every: clause.every ?? null,
      evidence: clause.evidence,
      later: waits,
      mechanisms: mechanisms.map(({ id, title, path }) => ({ id, title, path })),
    })),
  }
}

export const coverageAnswer = (deps: PlanDeps) =>
  answer(coverage, async (_context, limits) => coverageUnder(deps, limits))

const columns = [
  { title: '条款', width: 10 },
  { title: '所属', width: 18 },
  { title: '类型', width: 12 },
  { title: '内容', width: 50 },
  { title: '责任单位', width: 30 },
  { title: '期限', width: 24 },
  { title: '凭据', width: 24 },
  { title: '落实机制', width: 30 },
  { title: '等待的功能', width: 14 },
]

/** When a clause is to be fulfilled, in words. */
export function whenWords(row: { from: string | null; by: string | null; every: keyof typeof rhythms | null }): string {
  const days = row.from && row.by ? `${row.from} 至 ${row.by}` : row.by ? `${row.by} 前` : ''
  return [row.every && rhythms[row.every], days].filter(Boolean).join('，')
}

export const coverageDownload = (deps: PlanDeps) =>
  download(exportCoverage, async (context, { format, ...limits }) => {
    const { rows } = coverageUnder(deps, limits)
    const title = '条款落实情况'
    const words = (await wordsOf(CoverageLimits, limits, context, deps.exports)).join('；')
    const titles = columns.map((column) => column.title)
    await deps.exports.log(context.actor, context.now, {
      title,
      filter: limits,
      words,
      columns: titles,
      rows: rows.length,
      format,
    })
    return tableFile(context, {
      name: title,
      title,
      columns,
      rows: rows.map((row) => [
        row.id,
        row.sectionTitle,
        clauseKinds[row.kind],
        row.text,
        row.bodies.map(({ name }) => name).join('、'),
        whenWords(row),
        row.evidence,
        row.mechanisms.map((mechanism) => mechanism.title).join('、'),
        row.later ? awaited[row.later] : '',
      ]),
      format,
      about: exportFacts(context, title, words),
    })
  })
