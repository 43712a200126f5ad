import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import {
  type Binaries,
  bareEnvironment,
  canEnter,
  openSystemFolder,
  type ServerUser,
  systemFolder,
} from './embedded-binaries.ts'

/*
 * Where the database of a data folder lies. Usually inside it, as `postgres`: then a copy of the data folder has a
 * database of its own and a moved one keeps its own. Only when PostgreSQL's user cannot enter the data folder does the
 * cluster lie under /var/lib/zhiben; the data folder then points to it, and the cluster names its owner, because a copied
 * pointer must not lead two data folders to one database.
 */

/** The database cannot be used as it lies there; the message is Chinese and says what to do. */
export class ClusterError extends Error {
  override readonly name = 'ClusterError'
}

const pointerName = 'database-folder'
const inside = 'postgres'

/** The pointer's folder when it names a cluster outside the home. Pointers once held the path of inside clusters too. */
function outsideOf(text: string): string | undefined {
  return isAbsolute(text) && dirname(text) === systemFolder ? text : undefined
}

async function readLine(file: string): Promise<string | undefined> {
  return existsSync(file) ? (await readFile(file, 'utf8')).trim() : undefined
}

/** The folder of the data folder's cluster as written down there; undefined before the first start. */
export async function findClusterFolder(home: string): Promise<string | undefined> {
  const text = await readLine(join(home, pointerName))
  return text === undefined ? undefined : (outsideOf(text) ?? join(home, inside))
}

/** Finds or makes the folder of the cluster of a data folder (real path). Throws in Chinese, with the way out. */
export async function openClusterFolder(home: string, user: ServerUser): Promise<string> {
  const pointer = join(home, pointerName)
  const known = await findClusterFolder(home)
  if (known !== undefined) {
    if (!existsSync(join(known, 'data'))) {
      throw new ClusterError(
        `数据库目录 ${known} 不见了（${pointer} 指向它）。请从备份恢复；确认要从头开始时，删除 ${pointer} 后重新启动`,
      )
    }
    await (outsideOf(known) ? claim(known, home) : refuseUnreachable(home, user))
    return known
  }
  await mkdir(home, { recursive: true })
  if (canEnter(home, user)) return lend(join(home, inside), user)
  // A name nobody had before: another data folder at this path may have come and gone, and its data is not ours.
  const draft = `${pointer}.draft`
  const folder = outsideOf((await readLine(draft)) ?? '') ?? join(systemFolder, randomBytes(8).toString('hex'))
  await writeFile(draft, `${folder}\n`)
  await openSystemFolder()
  await lend(folder, user)
  await writeFile(join(folder, 'owner'), `${home}\n`)
  return folder
}

async function lend(folder: string, user: ServerUser): Promise<string> {
  await mkdir(folder, { recursive: true })
  if (user.uid !== undefined && user.gid !== undefined) await chown(folder, user.uid, user.gid)
  await chmod(folder, 0o700)
  return folder
}

/** Throws when the data folder is a copy of another that still uses the cluster. */
export async function refuseCopied(folder: string, home: string): Promise<void> {
  const owner = await readLine(join(folder, 'owner'))
  if (owner === undefined || owner === home || (await findClusterFolder(owner)) !== folder) return
  const pointer = join(home, pointerName)
  throw new ClusterError(
    `数据目录 ${home} 是 ${owner} 的副本，而数据库 ${folder} 属于后者，不能共用。` +
      `要在这里从头开始，请删除 ${pointer} 后重新启动；要带着数据另开一套，请用备份恢复；如果不再需要原来的，请先删除 ${owner}`,
  )
}

/** A moved data folder takes its cluster along. */
async function claim(folder: string, home: string): Promise<void> {
  await refuseCopied(folder, home)
  await writeFile(join(folder, 'owner'), `${home}\n`)
}

/** A data folder moved to where only root can enter: PostgreSQL's own user would fail with a word nobody understands. */
async function refuseUnreachable(home: string, user: ServerUser): Promise<void> {
  if (canEnter(home, user)) return
  throw new ClusterError(
    `数据库在 ${join(home, inside)}，但运行它的系统用户 postgres 进不了这个目录。` +
      '请给上级各目录加上进入权限（chmod o+x），或把数据目录移到大家都能进入的地方，再重新启动',
  )
}

/** Writes down where the cluster lies; from now on a start that does not find it there refuses to begin afresh. */
export async function rememberCluster(home: string, folder: string): Promise<void> {
  const pointer = join(home, pointerName)
  await writeFile(pointer, `${outsideOf(folder) ?? inside}\n`)
  await rm(`${pointer}.draft`, { force: true })
}

/** The password of the product's database account, made on the first start. */
export async function readPassword(folder: string, user: ServerUser): Promise<string> {
  const file = join(folder, 'password')
  const known = await readLine(file)
  // Empty: an earlier start was killed between making the file and writing it.
  if (known) return known
  const password = randomBytes(24).toString('hex')
  await writeFile(file, password, { mode: 0o600 })
  if (user.uid !== undefined && user.gid !== undefined) await chown(file, user.uid, user.gid)
  return password
}

/** A cluster is complete or absent: it gets its name only when initdb has ended well. */
export async function createCluster(binaries: Binaries, folder: string, user: ServerUser): Promise<void> {
  const draft = join(folder, 'data.draft')
  await rm(draft, { recursive: true, force: true })
  const secret = join(folder, 'password')
  const args = ['-D', draft, '-U', 'zhiben', '-A', 'scram-sha-256', `--pwfile=${secret}`, '-E', 'UTF8']
  // Provider builtin, C.UTF-8: orders by code point on every machine alike, so a backup restored elsewhere keeps its indexes.
  args.push('--locale-provider=builtin', '--locale=C.UTF-8', '--no-instructions')
  const made = spawnSync(binaries.initdb, args, { ...user, cwd: '/', env: bareEnvironment, encoding: 'utf8' })
  if (made.status !== 0) {
    const word = made.stderr?.trim().split('\n').at(-1)
    throw new ClusterError(`数据库未能建立：${word || made.error?.message || `initdb ${made.signal ?? made.status}`}`)
  }
  await rename(draft, join(folder, 'data'))
}

export async function refuseOtherMajor(data: string, binaries: Binaries): Promise<void> {
  const major = Number(await readLine(join(data, 'PG_VERSION')))
  if (major === binaries.major) return
  throw new ClusterError(
    `数据目录中的数据库是 PostgreSQL ${major}，本程序带的是 ${binaries.major}。请用原来的版本导出备份，再用新版本恢复`,
  )
}
