import type { Reader, Tx } from '#platform/db/tables.ts'
import type { Area, Body, MatrixEntry, MatrixGap, Reference, Sector } from '../../model/index.ts'
import { tables } from '../store.ts'

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
      supervised: row.supervised,
      bodyId: row.body_id,
      note: row.note,
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
    })),
    gaps: gaps.map(({ county: _county, ord: _ord, sector_id, ...gap }) => ({ ...gap, sectorId: sector_id })),
  }
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
