import { createHash } from 'node:crypto'
import { writeStandards } from '#capabilities/criteria/server/store.ts'
import type { Reference } from '#capabilities/directory/model/index.ts'
import { officeKind, writeReference } from '#capabilities/directory/server/reference/store.ts'
import { readSetting, writeSetting } from '#platform/db/settings.ts'
import type { Db, Reader } from '#platform/db/tables.ts'
import type { Pack } from './read.ts'
import { PackError } from './read.ts'
import { writeCalendar, writeParameters } from './store.ts'

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
      aliases: area.aliases,
      // A development zone stands where a town stands: nine digits, one body, one row in every table.
      level: area.level === 'zone' ? 'town' : area.level,
      parentCode: area.parent,
      supervised: area.supervised,
      bodyId: area.body ?? null,
      note: area.note ?? '',
      // Statistics give a zone without villages a virtual one, so that its code has twelve digits; nobody lives there.
      active: !(area.level === 'village' && area.name.endsWith('虚拟社区')),
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
      aliases: sector.aliases,
      highRisk: sector.highRisk,
      note: sector.highRiskBasis ?? sector.note ?? '',
      active: true,
    })),
    matrix: pack.matrix.map((entry) => ({
      sectorId: entry.sector,
      bodyId: entry.body,
      role: entry.role,
      source: entry.clause,
      note: entry.note ?? '',
    })),
    gaps: pack.gaps.flatMap((gap) =>
      (gap.sectors.length > 0 ? gap.sectors : [null]).map((sector) => ({
        id: sector ? `${gap.id}:${sector}` : gap.id,
        sectorId: sector,
        topic: gap.topic,
        reason: gap.reason,
        handling: gap.handling,
        source: gap.clause,
      })),
    ),
  }
}

/** Tells one content of a pack from another. */
export const packHash = (pack: Pack): string => createHash('sha256').update(JSON.stringify(pack)).digest('hex')

/** Which pack the database was last made to say, and when; undefined before the first. */
export async function installedPack(db: Reader, county: string) {
  const at = await readSetting(db, county, 'pack.loadedAt')
  return { hash: await readSetting(db, county, 'pack.hash'), at: typeof at === 'string' ? at : null }
}

/**
 * Makes the database say what the pack says; unchanged packs cost one read. Values that people changed in the product
 * (parameters, a calendar year) stay as they are: the pack only adds what is missing there.
 */
export async function installPack(db: Db, pack: Pack, now: Date): Promise<'unchanged' | 'installed'> {
  const { county } = pack.manifest
  const hash = packHash(pack)
  if ((await readSetting(db, county, 'pack.hash')) === hash) return 'unchanged'
  await db.transaction().execute(async (tx) => {
    await writeReference(tx, referenceOf(pack))
    await writeParameters(tx, pack)
    await writeCalendar(tx, pack, now)
    await writeStandards(tx, county, pack.standards)
    await writeSetting(tx, county, 'pack.hash', hash)
    await writeSetting(tx, county, 'pack.manifest', pack.manifest)
    await writeSetting(tx, county, 'pack.loadedAt', now.toISOString())
  })
  return 'installed'
}
