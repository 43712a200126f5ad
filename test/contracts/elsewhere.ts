import { previewStandard } from '#capabilities/criteria/model/index.ts'
import { clause, coverage, exportCoverage, wall } from '#capabilities/plan/model/index.ts'
import { getPack } from '#capabilities/system/model/index.ts'
import type { OperationContract } from '#kernel/contract.ts'
import { keptForList } from '#kernel/list/kept.ts'

/**
 * Reads that the table of reads does not hold, and the test that tries each of them by its name: what they answer is no
 * matter of scope, but of an upload, of the account itself, or the same for everybody. Every action has a driver.
 */
const reads: readonly (readonly [file: string, contracts: Readonly<Record<string, OperationContract>>])[] = [
  ['test/criteria/standards.int.test.ts', { previewStandard }],
  ['test/lists/kept.int.test.ts', { keptForList }],
  ['test/system/pack.int.test.ts', { getPack }],
  ['test/plan/standings.int.test.ts', { wall, clause, coverage }],
  ['test/downloads/exports.int.test.ts', { exportCoverage }],
]

export const readsElsewhere = reads.flatMap(([file, contracts]) =>
  Object.entries(contracts).map(([name, contract]) => ({ file, name, contract })),
)
