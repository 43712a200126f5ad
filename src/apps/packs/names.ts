import { basename, dirname, join } from 'node:path'
import { type PackBody, PackManifest, packFiles } from '#capabilities/directory/model/pack.ts'
import { PackError, PackFolder } from './reading/folder.ts'

/** What a pack calls its county and the bodies of it. */
export interface PackNames {
  readonly county: string
  readonly bodies: readonly PackBody[]
}

/** Reads only the names of a pack: a command that needs no more of it does not wait for the rest. Throws PackError. */
export async function readNames(folder: string): Promise<PackNames> {
  const packs = new PackFolder(dirname(folder))
  const own = basename(folder)
  const manifest = await packs.read(join(own, 'pack.yaml'), PackManifest)
  const areas = await packs.read(join(own, 'areas.yaml'), packFiles['areas.yaml'])
  const bodies = await packs.read(join(own, 'bodies.yaml'), packFiles['bodies.yaml'])
  if (!manifest || !areas || !bodies) throw new PackError(...packs.problems)
  const county = areas.value.areas.find(({ code }) => code === manifest.value.county)
  return { county: county?.name ?? '', ...bodies.value }
}
