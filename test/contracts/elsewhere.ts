import * as c from '#capabilities/criteria/model/index.ts'
import { clause, coverage, exportCoverage, wall } from '#capabilities/plan/model/index.ts'
import { getPack } from '#capabilities/system/model/index.ts'
import type { OperationContract } from '#kernel/contract.ts'
import * as k from '#kernel/list/kept.ts'

/**
 * Operations that have no driver here, and the test that tries each of them by its name: the generated cases do not reach
 * them. A new operation belongs to a driver, not into this list.
 */
const { addItem, amendItem, amendStandard, endStandard, enterItems, publishStandard, revertStandard } = c
const { withdrawStandard, previewStandard } = c
const { saveFilter, updateFilter, renameFilter, setDefaultFilter, dropFilter, keepColumns, keptForList } = k

const actions: readonly (readonly [file: string, contracts: Readonly<Record<string, OperationContract>>])[] = [
  [
    'test/criteria/standards.int.test.ts',
    { addItem, amendItem, amendStandard, endStandard, enterItems, publishStandard, revertStandard, withdrawStandard },
  ],
  [
    'test/lists/kept.int.test.ts',
    { saveFilter, updateFilter, renameFilter, setDefaultFilter, dropFilter, keepColumns },
  ],
]
const reads: typeof actions = [
  ['test/criteria/standards.int.test.ts', { previewStandard }],
  ['test/lists/kept.int.test.ts', { keptForList }],
  ['test/system/pack.int.test.ts', { getPack }],
  ['test/plan/standings.int.test.ts', { wall, clause, coverage }],
  ['test/downloads/exports.int.test.ts', { exportCoverage }],
]

const flat = (of: typeof actions) =>
  of.flatMap(([file, contracts]) => Object.entries(contracts).map(([name, contract]) => ({ file, name, contract })))

export const actionsElsewhere = flat(actions)
export const readsElsewhere = flat(reads)
