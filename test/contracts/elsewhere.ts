import { previewStandard } from '#capabilities/criteria/model/index.ts'
import * as d from '#capabilities/duty/model/index.ts'
import * as l from '#capabilities/ledger/model/index.ts'
import * as w from '#capabilities/plan/model/index.ts'
import * as p from '#capabilities/plandocument/model/index.ts'
import * as g from '#capabilities/progress/model/index.ts'
import { getPack } from '#capabilities/system/model/index.ts'
import * as t from '#capabilities/task/model/index.ts'
import type { OperationContract } from '#kernel/contract.ts'
import { keptForList } from '#kernel/list/kept.ts'

/**
 * Operations that have no driver here, and the test that tries each of them by its name: actions on files and what is read
 * out of them; reads whose answer is no matter of scope, but of an upload, of the account itself, or the same for everybody;
 * and numbers worked out from those that are looked at. A new operation belongs to a driver, not into these lists.
 */
type Elsewhere = readonly (readonly [file: string, contracts: Readonly<Record<string, OperationContract>>])[]

const { previewLedgerSheet, ledgerImported, downloadLedgerTemplate, downloadRejectedItems } = l
const { clause, coverage, evaluation, evaluationReport, exportCoverage, exportEvaluation, wall } = w
const { readPlanDocument, decideProposal, confirmProposals, issuePlan, discardPlan } = p
const { listPlanDocuments, getPlanDocument, comparePlans } = p
const { taskStandings, myPlanTasks, planStages } = t
const { myReturns } = g

const actions: Elsewhere = [
  // A file that is a plan, and the proposals its reading makes, are no sample a driver could draw.
  ['test/plan/keeping.int.test.ts', { readPlanDocument, decideProposal, confirmProposals, issuePlan, discardPlan }],
]
const reads: Elsewhere = [
  ['test/plan/keeping.int.test.ts', { listPlanDocuments, getPlanDocument, comparePlans }],
  ['test/criteria/standards.int.test.ts', { previewStandard }],
  ['test/lists/kept.int.test.ts', { keptForList }],
  ['test/system/pack.int.test.ts', { getPack }],
  [
    'test/ledger/litmus.int.test.ts',
    { previewLedgerSheet, ledgerImported, downloadLedgerTemplate, downloadRejectedItems },
  ],
  ['test/plan/evaluation.int.test.ts', { evaluation, evaluationReport }],
  ['test/plan/standings.int.test.ts', { wall, clause, coverage }],
  ['test/downloads/exports.int.test.ts', { exportCoverage, exportEvaluation }],
  ['test/duty/duties.int.test.ts', { myDuties: d.myDuties }],
  ['test/task/task.int.test.ts', { taskStandings, myPlanTasks }],
  ['test/task/meetings.int.test.ts', { planStages }],
  ['test/progress/progress.int.test.ts', { myReturns }],
]

const flat = (of: Elsewhere) =>
  of.flatMap(([file, contracts]) => Object.entries(contracts).map(([name, contract]) => ({ file, name, contract })))

export const actionsElsewhere = flat(actions)
export const readsElsewhere = flat(reads)

/** Records whose states are walked through elsewhere: locking a period locks the returns the others are tried on. */
export const recordsElsewhere = ['progressPeriod']
