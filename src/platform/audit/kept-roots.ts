import { appendFile, open, readFile } from 'node:fs/promises'
import type { SealedBlock } from './seal.ts'
import type { KeptRoot } from './verify.ts'

/*
 * Whoever may write to the database may rewrite the whole chain of blocks, consistently. So its roots are also kept where
 * that person has no hand: on paper, with somebody else, and, without anybody thinking of it, in a file of the data folder.
 */

export const keptRootsFile = 'audit-roots.txt'

const keepEveryMs = 3_600_000

const head = [
  '# 审计封存根，每小时记一次：时间、块号、根。用于核验数据库中的封存链没有被整体重写或截短，请勿修改或删除。',
  '# 从更早的备份恢复数据库后，把本文件改名保存，系统会另起一份。',
].join('\n')

interface Line {
  readonly at: string
  readonly block: number
  readonly root: string
}

const lineOf = (text: string): Line | undefined => {
  const [, at, block, root] = /^(\S+) (\d+) ([0-9a-f]{64})$/.exec(text.trim()) ?? []
  return at && block && root ? { at, block: Number(block), root } : undefined
}

async function linesOf(file: string): Promise<string[]> {
  try {
    return (await readFile(file, 'utf8')).split('\n')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** The roots kept in a file, for the verification to look for; none when there is no file. A spoilt line is passed over. */
export async function readKeptRoots(file: string): Promise<KeptRoot[]> {
  const lines = (await linesOf(file)).map(lineOf)
  return lines.flatMap((line, at) =>
    line
      ? [{ root: line.root, keptIn: `数据目录 ${keptRootsFile} 第${at + 1}行（${line.at}，第${line.block}块）的` }]
      : [],
  )
}

/** Writes the root of a block to the file when the last one there is an hour old; to the disk, not only to its cache. */
export function rootKeeper(file: string): (block: SealedBlock) => Promise<void> {
  let kept: number | undefined
  return async ({ header, hash }) => {
    if (kept === undefined) {
      const known = (await linesOf(file)).map(lineOf).filter((line) => line !== undefined)
      if (known.length === 0) await appendFile(file, `${head}\n`)
      kept = Date.parse(known.at(-1)?.at ?? '') || 0
    }
    if (header.sealed_at.getTime() - kept < keepEveryMs) return
    const handle = await open(file, 'a')
    try {
      await handle.write(`${header.sealed_at.toISOString()} ${header.number} ${hash.toString('hex')}\n`)
      await handle.datasync()
    } finally {
      await handle.close()
    }
    kept = header.sealed_at.getTime()
  }
}
