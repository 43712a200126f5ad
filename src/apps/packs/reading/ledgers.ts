import { join } from 'node:path'
import { type Ledger, LedgerFile } from '#capabilities/ledger/model/index.ts'
import type { PackFolder, Read } from './folder.ts'

/** The ledgers of a pack's folder, in the order of their files; a pack without any has none. */
export async function readLedgers(packs: PackFolder, own: string): Promise<Read<Ledger>[]> {
  const files = await packs.every(join(own, 'ledgers'), LedgerFile)
  for (const [nth, { file, value }] of files.entries()) {
    const twin = files.slice(0, nth).find((one) => one.value.id === value.id)
    if (twin) {
      packs.problems.push(
        file.at(['id'], `台账代码“${value.id}”与《${twin.value.title}》（${twin.file.path}）相同，请换一个`),
      )
    }
  }
  return files
}

/** What ledgers name that the rest of the pack does not have. */
export function ledgerProblems(
  ledgers: readonly Read<Ledger>[],
  known: { readonly sectors: ReadonlySet<string>; readonly bodies: ReadonlySet<string> },
): string[] {
  return ledgers.flatMap(({ file, value: { sectors = [], body } }) => [
    ...sectors.flatMap((id, nth) =>
      known.sectors.has(id) ? [] : [file.at(['sectors', nth], `行业领域“${id}”不在 sectors.yaml 里，请改正或先补登`)],
    ),
    ...(body === undefined || known.bodies.has(body)
      ? []
      : [file.at(['body'], `机构“${body}”不在 bodies.yaml 里，请改正或先补登机构`)]),
  ])
}
