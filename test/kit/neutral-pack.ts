import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { projectRoot } from '#platform/config/config.ts'

/** A copy of the neutral pack with a ledger more, as a county adds one: a file, and nothing else. */
export interface NeutralPack {
  /** Absolute path of the pack. */
  readonly dir: string
  /** The same as `openTestProduct` takes it. */
  readonly name: string
  remove(): Promise<void>
}

export async function neutralPackWith(ledger: string, text: string): Promise<NeutralPack> {
  const folder = await mkdtemp(join(tmpdir(), 'zhiben-pack-'))
  const packs = join(projectRoot, 'packs')
  for (const name of ['_neutral', '_national']) await cp(join(packs, name), join(folder, name), { recursive: true })
  const dir = join(folder, '_neutral')
  await writeFile(join(dir, 'ledgers', `${ledger}.yaml`), text)
  return { dir, name: relative(packs, dir), remove: () => rm(folder, { recursive: true, force: true }) }
}
