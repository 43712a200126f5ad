import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Ledger, LedgerFile } from '#capabilities/ledger/model/index.ts'
import { readLocated } from './located.ts'

/** The ledgers of a pack's folder, in the order of their files; a pack without any has none. */
export async function readLedgers(
  root: string,
  own: string,
): Promise<{ readonly ledgers: Ledger[]; readonly problems: string[] }> {
  const folder = join(own, 'ledgers')
  const names = await readdir(join(root, folder)).catch(() => [])
  const ledgers: Ledger[] = []
  const problems: string[] = []
  for (const name of names.filter((entry) => entry.endsWith('.yaml')).sort()) {
    const path = join(folder, name)
    const read = readLocated(path, await readFile(join(root, path), 'utf8'), LedgerFile)
    if ('problems' in read) {
      problems.push(...read.problems)
      continue
    }
    const twin = ledgers.find(({ id }) => id === read.value.id)
    if (twin) problems.push(`数据包文件 ${path} 的台账代码“${twin.id}”与《${twin.title}》相同，请换一个`)
    ledgers.push(read.value)
  }
  return { ledgers, problems }
}

/** What ledgers name that the rest of the pack does not have. */
export function ledgerProblems(
  ledgers: readonly Ledger[],
  known: { readonly sectors: ReadonlySet<string>; readonly bodies: ReadonlySet<string> },
): string[] {
  return ledgers.flatMap(({ title, sectors = [], body }) => [
    ...sectors.filter((id) => !known.sectors.has(id)).map((id) => `台账《${title}》写的行业领域“${id}”不在数据包里`),
    ...(body !== undefined && !known.bodies.has(body) ? [`台账《${title}》写的责任部门“${body}”不在数据包里`] : []),
  ])
}
