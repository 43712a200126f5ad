import type { Selectable } from 'kysely'
import type { Reader, Tx } from '#platform/db/tables.ts'
import {
  type Area,
  type Body,
  type MatrixEntry,
  type MatrixGap,
  type Reference,
  type Sector,
  type SupervisedArea,
  Supervision,
} from '../../model/index.ts'
import { tables } from '../store.ts'
import type { AreaTable } from '../tables.ts'

/** Reads the county's reference data; throws when its pack was never loaded, because nothing could be routed. */
export async function readReference(db: Reader, county: string): Promise<Reference> {
  const from = tables(db)
  const areas = await from.selectFrom('area').selectAll().where('county', '=', county).orderBy('code').execute()
  const bodies = await from.selectFrom('body').selectAll().where('county', '=', county).orderBy('ord').execute()
  const sectors = await from.selectFrom('sector').selectAll().where('county', '=', county).orderBy('ord').execute()
  const matrix = await from.selectFrom('matrix_entry').selectAll().where('county', '=', county).orderBy('ord').execute()
  const gaps = await from.selectFrom('matrix_gap').selectAll().where('county', '=', county).orderBy('ord').execute()
  const office = bodies.find((body) => body.kind === officeKind)
  if (!office) throw new Error(`county ${county} has no committee office; load its pack first`)
  return {
    county,
    officeBodyId: office.id,
    areas: areas.map((row) => ({
      code: row.code,
      name: row.name,
      aliases: row.aliases,
      level: row.level,
      parentCode: row.parent_code,
      ...standingOf(row),
      active: row.active,
    })),
    bodies: bodies.map(({ id, name, kind, area, note, active }) => ({ id, name, kind, area, note, active })),
    sectors: sectors.map(({ id, name, aliases, high_risk, note, active }) => ({
      id,
      name,
      aliases,
      highRisk: high_risk,
      note,
      active,
    })),
    matrix: matrix.map((row) => ({
      sectorId: row.sector_id,
      bodyId: row.body_id,
      role: row.role,
      source: row.source,
      note: row.note,
    })),
    gaps: gaps.map(({ county: _county, ord: _ord, sector_id, ...gap }) => ({ ...gap, sectorId: sector_id })),
  }
}

/** What holds of an area: the county's own word where there is one, else the pack's. */
function standingOf(row: Pick<AreaTable, 'supervised' | 'body_id' | 'note'> & { supervision: unknown }) {
  const own = Supervision.nullable().parse(row.supervision)
  if (!own) return { supervised: row.supervised, bodyId: row.body_id, note: row.note }
  return {
    supervised: own.value,
    bodyId: own.bodyId ?? row.body_id,
    note: `县里自${own.on}起${own.value ? '将其列为' : '不再将其列为'}督导单位：${own.reason}`,
  }
}

/** The towns and zones of the pack with the county's word on each, in the order of their codes. */
export async function supervisedAreas(db: Reader, county: string): Promise<SupervisedArea[]> {
  const rows = await tables(db)
    .selectFrom('area')
    .selectAll()
    .where('county', '=', county)
    .where('level', '=', 'town')
    .where('active', '=', true)
    .orderBy('code')
    .execute()
  return rows.map(supervisedAreaOf)
}

export async function loadArea(tx: Tx, county: string, id: string, lock: boolean) {
  let query = tables(tx).selectFrom('area').selectAll().where('county', '=', county).where('id', '=', id)
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  return row && supervisedAreaOf(row)
}

export async function saveArea(tx: Tx, after: SupervisedArea): Promise<void> {
  await tables(tx)
    .updateTable('area')
    .set({ version: after.version, supervision: after.supervision ? JSON.stringify(after.supervision) : null })
    .where('county', '=', after.county)
    .where('id', '=', after.id)
    .execute()
}

function supervisedAreaOf(row: Selectable<AreaTable>): SupervisedArea {
  const { county, id, version, code, name, level } = row
  const supervision = Supervision.nullable().parse(row.supervision)
  return { county, id, version, code, name, level, planned: row.supervised, plannedBodyId: row.body_id, supervision }
}

export const officeKind = 'committeeOffice'

/**
 * Makes the tables say what the reference data says. Doing it again changes nothing. Areas, bodies and sectors that
 * left the pack are kept inactive, because records name them; the matrix and its gaps are replaced.
 */
export async function writeReference(tx: Tx, reference: Reference): Promise<void> {
  const { county } = reference
  await writeAreas(tx, county, reference.areas)
  await writeBodies(tx, county, reference.bodies)
  await writeSectors(tx, county, reference.sectors)
  await writeMatrix(tx, county, reference.matrix, reference.gaps)
}

async function writeAreas(tx: Tx, county: string, areas: readonly Area[]): Promise<void> {
  const into = tables(tx)
  await into.updateTable('area').set({ active: false }).where('county', '=', county).execute()
  for (const [ord, area] of areas.entries()) {
    const row = {
      name: area.name,
      aliases: [...area.aliases],
      level: area.level,
      parent_code: area.parentCode,
      supervised: area.supervised,
      body_id: area.bodyId,
      note: area.note,
      ord,
      active: area.active,
    }
    await into
      .insertInto('area')
      .values({ county, code: area.code, ...row })
      .onConflict((conflict) => conflict.columns(['county', 'code']).doUpdateSet(row))
      .execute()
  }
}

async function writeBodies(tx: Tx, county: string, bodies: readonly Body[]): Promise<void> {
  const into = tables(tx)
  await into.updateTable('body').set({ active: false }).where('county', '=', county).execute()
  for (const [ord, { id, ...facts }] of bodies.entries()) {
    const row = { ...facts, ord }
    await into
      .insertInto('body')
      .values({ county, id, ...row })
      .onConflict((conflict) => conflict.columns(['county', 'id']).doUpdateSet(row))
      .execute()
  }
}

async function writeSectors(tx: Tx, county: string, sectors: readonly Sector[]): Promise<void> {
  const into = tables(tx)
  await into.updateTable('sector').set({ active: false }).where('county', '=', county).execute()
  for (const [ord, { id, highRisk, aliases, ...facts }] of sectors.entries()) {
    const row = { ...facts, aliases: [...aliases], high_risk: highRisk, ord }
    await into
      .insertInto('sector')
      .values({ county, id, ...row })
      .onConflict((conflict) => conflict.columns(['county', 'id']).doUpdateSet(row))
      .execute()
  }
}

async function writeMatrix(
  tx: Tx,
  county: string,
  matrix: readonly MatrixEntry[],
  gaps: readonly MatrixGap[],
): Promise<void> {
  const into = tables(tx)
  await into.deleteFrom('matrix_entry').where('county', '=', county).execute()
  await into.deleteFrom('matrix_gap').where('county', '=', county).execute()
  if (matrix.length > 0) {
    await into
      .insertInto('matrix_entry')
      .values(
        matrix.map((entry, ord) => ({
          county,
          sector_id: entry.sectorId,
          body_id: entry.bodyId,
          role: entry.role,
          source: entry.source,
          note: entry.note,
          ord,
        })),
      )
      .execute()
  }
  if (gaps.length > 0) {
    await into
      .insertInto('matrix_gap')
      .values(gaps.map(({ sectorId, ...gap }, ord) => ({ county, sector_id: sectorId, ord, ...gap })))
      .execute()
  }
}
