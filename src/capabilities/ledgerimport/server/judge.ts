import { createHash } from 'node:crypto'
import { probablySame, type UnitMatch, type UnitWanted } from '#capabilities/directory/model/index.ts'
import { hazardPermissions, importHazard } from '#capabilities/hazard/model/index.ts'
import { can } from '#kernel/grants.ts'
import type { EffectContext } from '#platform/actions/types.ts'
import {
  findRepeats,
  type LedgerImport,
  type PlannedHazard,
  planRow,
  type RowPlan,
  type RowStanding,
  rowIdentity,
  settingsOf,
  textOf,
  type ValueField,
  valueFields,
} from '../model/index.ts'
import type { LedgerImportDeps } from './deps.ts'
import { findImported, type ImportedRow } from './store.ts'

type Detail = LedgerImport['detail']

/** Rows that have become something stay what they are; every other row is judged anew. */
export const settled: ReadonlySet<RowStanding> = new Set(['imported', 'merged'])

export interface Judged {
  readonly rows: ImportedRow[]
  readonly words: Detail['words']
}

/**
 * The dry run: what each row would become, with every problem found. `anew` names the rows whose content or mapping may
 * have changed; the others keep their reading, but repeats are looked for among all of them.
 */
export async function judgeRows(
  deps: LedgerImportDeps,
  context: EffectContext,
  { sheet, detail }: Pick<LedgerImport, 'sheet' | 'detail'>,
  rows: readonly ImportedRow[],
  anew: 'all' | ReadonlySet<number>,
): Promise<Judged> {
  const settings = settingsOf(sheet, detail, deps.vocabulary(), context.today)
  const planned = rows.map((row) => {
    if (row.kind !== 'data' || settled.has(row.standing)) return row
    if (anew !== 'all' && !anew.has(row.row)) return row
    const plan = planRow(settings, row.cells, row.corrections)
    return { ...row, plan, sourceKey: keyOf(detail, row, plan.hazard), unitId: row.unitFixed ? row.unitId : null }
  })
  const placed = await placeRows(deps, context, planned)
  const outside = await outsideScope(deps, context, placed)
  return { rows: await standRows(context, placed, outside), words: countWords(detail, rows) }
}

/** A row set apart by the person is told from its twin by its number; otherwise the words alone are the identity. */
function keyOf(detail: Detail, row: ImportedRow, hazard: PlannedHazard | null): string {
  const apart = row.decision === 'separate' ? `\u001f${row.row}` : ''
  return createHash('sha256')
    .update(rowIdentity(detail.columns, row.cells, hazard) + apart)
    .digest('hex')
}

const wantedOf = ({ unitName: name, area, creditCode }: PlannedHazard): UnitWanted => ({ name, area, creditCode })
const keyOfWanted = ({ name, area, creditCode }: UnitWanted) => `${area}|${name}|${creditCode ?? ''}`

/**
 * Finds the unit of each row that would come in; each name is looked up once. Nearly all are written as the directory has
 * them, and those are found together; to look for what is only like it takes a question each.
 */
async function placeRows(deps: LedgerImportDeps, context: EffectContext, rows: readonly ImportedRow[]) {
  const { tx, county } = context
  const sought = (row: ImportedRow) =>
    row.unitId || row.unitFixed || settled.has(row.standing) ? undefined : row.plan?.hazard
  const wanted = new Map(
    rows.flatMap((row) => {
      const hazard = sought(row)
      return hazard ? [[keyOfWanted(wantedOf(hazard)), wantedOf(hazard)] as const] : []
    }),
  )
  const exact = await deps.directory.exactUnits(tx, county, [...wanted.values()])
  const known = new Map<string, string | null>()
  for (const [at, [key, one]] of [...wanted].entries()) {
    const units = exact[at] ?? []
    const found = units.length === 0 ? unitOf(await deps.directory.matchUnits(tx, county, one)) : null
    known.set(key, units.length === 1 ? (units[0]?.id ?? null) : found)
  }
  return rows.map((row) => {
    const hazard = sought(row)
    return hazard ? { ...row, unitId: known.get(keyOfWanted(wantedOf(hazard))) ?? null } : row
  })
}

/** Only a match beyond doubt links a row to a unit; otherwise the place keeps its name and can be linked later. */
function unitOf(matches: readonly UnitMatch[]): string | null {
  const sure = matches.filter((match) => match.unit.active && match.score >= probablySame)
  return sure.length === 1 || (sure[0] && sure[1] && sure[0].score > sure[1].score) ? (sure[0]?.unit.id ?? null) : null
}

/**
 * Rows this account may not register, each with whose they are: a county's ledger is often sent to every town, and a row
 * that can only be refused in the end must not pass for one that comes in.
 */
async function outsideScope(deps: LedgerImportDeps, context: EffectContext, rows: readonly ImportedRow[]) {
  const { tx, county, actor, today } = context
  const mine = new Map<string, boolean>()
  const reasons = new Map<number, string>()
  for (const row of rows) {
    // Also where something is still to be asked: nobody should answer for a row that then is refused.
    const whose = row.plan?.hazard ?? row.plan?.whose
    if (!whose || row.kind !== 'data' || settled.has(row.standing)) continue
    const { area, sector } = whose
    const key = `${area}|${sector}|${row.unitId ?? ''}`
    let may = mine.get(key)
    if (may === undefined) {
      const { leadBodyId } = await deps.directory.routeMatter(tx, county, sector, area, today)
      const facets = { area, sectors: [sector], unitId: row.unitId, bodyIds: [leadBodyId] }
      may = can(actor, importHazard.permission, facets, hazardPermissions)
      mine.set(key, may)
    }
    if (!may) {
      const names = `${deps.directory.areaName(county, area)}、${deps.directory.sectorName(county, sector)}`
      reasons.set(row.row, `不在您的管辖范围（${names}），请由当地乡镇、主管部门或县安委办导入`)
    }
  }
  return reasons
}

async function standRows(
  context: EffectContext,
  rows: readonly ImportedRow[],
  outside: ReadonlyMap<number, string>,
): Promise<ImportedRow[]> {
  const { parameters, today } = context
  const rules = {
    similarity: parameters.number('ledgerimport.merge.similarity', today),
    days: parameters.number('ledgerimport.merge.days', today),
  }
  const coming = rows.filter(
    (row) => row.kind === 'data' && row.decision !== 'skip' && row.plan?.hazard && !outside.has(row.row),
  )
  const together = coming.flatMap((row) =>
    row.decision === 'auto' && row.plan?.hazard ? [{ row: row.row, hazard: row.plan.hazard }] : [],
  )
  const repeats = findRepeats(together, rules)
  const open = coming.filter((row) => !settled.has(row.standing)).map((row) => row.sourceKey)
  const before = await findImported(context.tx, context.county, open)
  return rows.map((row) => {
    if (row.kind !== 'data' || settled.has(row.standing)) return row
    const stands = { ...row, mergeRow: null, hazardId: null, hazardNumber: null }
    if (row.decision === 'skip') return { ...stands, standing: 'skipped' as const, reason: '填报人选择不导入' }
    const notMine = outside.get(row.row)
    if (notMine) return { ...stands, standing: 'skipped' as const, reason: notMine }
    if (!row.plan?.hazard) return { ...stands, standing: 'open' as const, reason: reasonOf(row.plan) }
    const known = before.get(row.sourceKey)
    const reason = known ? `此前已导入（${known.number}），不会重复登记` : null
    return { ...stands, standing: 'ready' as const, mergeRow: repeats.get(row.row) ?? null, reason }
  })
}

export function reasonOf(plan: RowPlan | null): string {
  const standing = plan?.problems.filter((problem) => problem.kind !== 'note') ?? []
  return standing.map((problem) => problem.message).join('；')
}

function countWords(detail: Detail, rows: readonly ImportedRow[]): Detail['words'] {
  const counts = new Map<string, { field: ValueField; text: string; rows: number }>()
  for (const field of valueFields) {
    const col = detail.columns[field]
    if (col === undefined) continue
    for (const row of rows) {
      if (row.kind !== 'data') continue
      const text = textOf(row.cells.find((cell) => cell.col === col)?.value ?? null)
      if (text === '') continue
      const entry = counts.get(`${field}|${text}`) ?? { field, text, rows: 0 }
      entry.rows += 1
      counts.set(`${field}|${text}`, entry)
    }
  }
  return [...counts.values()]
}
