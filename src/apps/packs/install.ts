import { createHash } from 'node:crypto'
import type { Reference } from '#capabilities/directory/model/index.ts'
import { officeKind, writeReference } from '#capabilities/directory/server/reference/store.ts'
import { newId } from '#kernel/ids.ts'
import type { Db, Tx } from '#platform/db/tables.ts'
import type { Pack } from './read.ts'
import { PackError } from './read.ts'

/** A pack's directory as the server holds it. */
export function referenceOf(pack: Pack): Reference {
  const office = pack.bodies.find((body) => body.kind === officeKind)
  if (!office)
    throw new PackError('数据包 bodies.yaml 没有县安委办（kind: committeeOffice），无牵头部门的事项将无处可去')
  return {
    county: pack.manifest.county,
    officeBodyId: office.id,
    areas: pack.areas.map((area) => ({
      code: area.code,
      name: area.name,
      // A development zone stands where a town stands: nine digits, one body, one row in every table.
      level: area.level === 'zone' ? 'town' : area.level,
      parentCode: area.parent,
      supervised: area.supervised,
      bodyId: area.body ?? null,
      note: area.note ?? '',
      active: true,
    })),
    bodies: pack.bodies.map(({ id, name, kind, area, note }) => ({
      id,
      name,
      kind,
      area,
      note: note ?? '',
      active: true,
    })),
    sectors: pack.sectors.map((sector) => ({
      id: sector.id,
      name: sector.name,
      highRisk: sector.highRisk,
      note: sector.highRiskBasis ?? sector.note ?? '',
      active: true,
    })),
    matrix: pack.matrix.map((entry) => ({
      sectorId: entry.sector,
      bodyId: entry.body,
      role: entry.role,
      source: entry.note ? `${entry.clause}（${entry.note}）` : entry.clause,
    })),
    gaps: pack.gaps.flatMap((gap) =>
      (gap.sectors.length > 0 ? gap.sectors : [null]).map((sector) => ({
        id: sector ? `${gap.id}:${sector}` : gap.id,
        sectorId: sector,
        reason: gap.reason,
        source: `${gap.clause}：${gap.handling}`,
      })),
    ),
  }
}

async function settingOf(tx: Tx | Db, county: string, key: string): Promise<unknown> {
  const row = await tx
    .selectFrom('setting')
    .select('value')
    .where('county', '=', county)
    .where('key', '=', key)
    .executeTakeFirst()
  return row?.value
}

/**
 * Makes the database say what the pack says; unchanged packs cost one read. Values that people changed in the product
 * (parameters, a calendar year) stay as they are: the pack only adds what is missing there.
 */
export async function installPack(db: Db, pack: Pack, now: Date): Promise<'unchanged' | 'installed'> {
  const { county } = pack.manifest
  const { standards: _inMemory, ...stored } = pack
  const hash = createHash('sha256').update(JSON.stringify(stored)).digest('hex')
  if ((await settingOf(db, county, 'pack.hash')) === hash) return 'unchanged'
  await db.transaction().execute(async (tx) => {
    await writeReference(tx, referenceOf(pack))
    await writeParameters(tx, pack)
    await writeCalendar(tx, pack, now)
    for (const [key, value] of [
      ['pack.hash', hash],
      ['pack.manifest', pack.manifest],
    ] as const) {
      const text = JSON.stringify(value)
      await tx
        .insertInto('setting')
        .values({ county, key, value: text })
        .onConflict((conflict) => conflict.columns(['county', 'key']).doUpdateSet({ value: text }))
        .execute()
    }
  })
  return 'installed'
}

async function writeParameters(tx: Tx, pack: Pack): Promise<void> {
  const rows = pack.parameters.map((parameter) => ({
    county: pack.manifest.county,
    id: parameter.id,
    effective_from: parameter.effectiveFrom,
    value: JSON.stringify(parameter.value),
    title: parameter.title,
    unit: parameter.unit ?? null,
    source: parameter.source,
    confidence: parameter.confidence,
    note: parameter.note ?? null,
  }))
  await tx
    .insertInto('parameter')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function writeCalendar(tx: Tx, pack: Pack, now: Date): Promise<void> {
  const { county } = pack.manifest
  const known = await tx.selectFrom('calendar_year').select('year').where('county', '=', county).execute()
  for (const year of pack.holidays) {
    if (known.some((row) => row.year === year.year)) continue
    await tx
      .insertInto('calendar_year')
      .values({ county, year: year.year, id: newId(now.getTime()), complete: year.complete, version: 1 })
      .execute()
    const days = [
      ...year.holidays.map((day) => ({ county, day, kind: 'holiday' as const, source: year.source })),
      ...year.workdays.map((day) => ({ county, day, kind: 'workday' as const, source: year.source })),
    ]
    if (days.length > 0) await tx.insertInto('holiday').values(days).execute()
  }
}
