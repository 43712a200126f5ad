import type { PackView } from '#capabilities/system/model/index.ts'
import type { Day } from '#kernel/time.ts'
import type { Reader } from '#platform/db/tables.ts'
import { packGaps } from './findings.ts'
import { installedPack, packHash } from './install.ts'
import { type PackPart, partDifferences, partsOf } from './parts.ts'
import { type Pack, PackError } from './read.ts'

/** The pack this process runs on, for the people who answer for it; `reread` reads its files as they are now. */
export async function describePack(
  pack: Pack,
  reread: () => Promise<Pack>,
  reader: Reader,
  today: Day,
): Promise<PackView> {
  const { id, version, title, countyName, county, issuer, issuedOn, stages } = pack.manifest
  const checksum = packHash(pack)
  const installed = await installedPack(reader, county)
  const parts = partsOf(pack)
  return {
    id,
    version,
    title,
    countyName,
    county,
    issuer,
    issuedOn,
    stages: stages.map(({ name, from, to, clause }) => ({ name, from, to, clause })),
    checksum,
    loadedAt: installed.at,
    current: installed.hash === checksum,
    parts: parts.map(({ entries, ...part }) => ({ ...part, entries: entries.length })),
    gaps: packGaps(pack, today),
    disk: await onDisk(checksum, parts, county, reread),
  }
}

async function onDisk(
  checksum: string,
  parts: readonly PackPart[],
  county: string,
  reread: () => Promise<Pack>,
): Promise<PackView['disk']> {
  try {
    const pack = await reread()
    const own = packHash(pack)
    const moved =
      pack.manifest.county === county ? [] : [`数据包换成了另一个县（${pack.manifest.countyName}），不能装入这个系统`]
    return {
      checksum: own,
      version: pack.manifest.version,
      newer: own !== checksum,
      problems: own === checksum ? [] : moved,
      differences: partDifferences(parts, partsOf(pack)).map(({ part, added, changed, dropped }) => ({
        part,
        added: [...added],
        changed: [...changed],
        dropped: [...dropped],
      })),
    }
  } catch (error) {
    if (!(error instanceof PackError)) throw error
    return { checksum: null, version: null, newer: true, problems: [...error.problems], differences: [] }
  }
}
