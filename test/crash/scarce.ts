import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, open, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { loadTestConfig } from '#platform/config/config.ts'
import { serverUser } from '#platform/db/embedded-binaries.ts'
import { administer, onServer } from '#test/kit/template.ts'

/** A small disk of its own with a data folder and a database on it, which a test can fill to the last byte. */
export interface ScarceDisk {
  readonly home: string
  readonly databaseUrl: string
  fill(): Promise<void>
  free(): Promise<void>
  close(): Promise<void>
}

/** Only Linux has tmpfs, not everybody may mount one, and the folders of a database server elsewhere are out of reach. */
export const canMount = process.platform === 'linux' && !loadTestConfig().databaseUrl && mayMount()

function mayMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'zhiben-mount-'))
  const mounted = mount(folder, 1).status === 0
  if (mounted) spawnSync('umount', [folder])
  rmdirSync(folder)
  return mounted
}

function mount(folder: string, size: number) {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}m`, 'tmpfs', folder], { encoding: 'utf8' })
}

const megabytes = 128

/** `template` is the database the one on the disk starts from; nobody may be connected to it. */
export async function openScarceDisk(template: string): Promise<ScarceDisk> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'zhiben-disk-')))
  const mounted = mount(folder, megabytes)
  if (mounted.status !== 0) throw new Error(`no small disk could be mounted: ${mounted.stderr}`)
  await chmod(folder, 0o755)
  const [home, space, junk] = [join(folder, 'home'), join(folder, 'space'), join(folder, 'junk')]
  await mkdir(home)
  await mkdir(space)
  const { uid, gid } = await serverUser()
  if (uid !== undefined && gid !== undefined) await chown(space, uid, gid)
  const server = inject('serverUrl')
  const name = `scarce_${process.pid}_${randomBytes(4).toString('hex')}`
  await administer(server, `create tablespace ${name} location '${space}'`)
  await administer(server, `create database ${name} template ${template} tablespace ${name}`)
  return {
    home,
    databaseUrl: onServer(server, name),
    fill: () => writeUntilFull(junk),
    free: () => rm(junk, { force: true }),
    async close() {
      await rm(junk, { force: true })
      await administer(server, `drop database if exists ${name} with (force)`)
      await administer(server, `drop tablespace ${name}`)
      spawnSync('umount', [folder])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function writeUntilFull(path: string): Promise<void> {
  const file = await open(path, 'a')
  try {
    for (let piece = 1024 * 1024; piece >= 1; ) {
      try {
        await file.write(Buffer.alloc(piece))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
        piece = Math.floor(piece / 16)
      }
    }
  } finally {
    await file.close()
  }
}
