import type { ServerModule } from '#platform/module/module.ts'
import { planPermissions } from '../model/index.ts'
import { coverageAnswer, coverageDownload } from './coverage.ts'
import type { PlanDeps } from './deps.ts'
import { evaluationAnswer, evaluationDownload } from './evaluation.ts'
import { evaluationWord } from './report.ts'
import { clauseAnswer, wallAnswer } from './wall.ts'

/** The clauses of the plan, what fulfils each, and how they stand (条款墙). */
export function planModule(deps: PlanDeps): ServerModule {
  return {
    name: 'plan',
    permissions: planPermissions,
    errors: [],
    queries: [wallAnswer(deps), clauseAnswer(deps), coverageAnswer(deps), evaluationAnswer(deps)],
    downloads: [coverageDownload(deps), evaluationDownload(deps), evaluationWord(deps)],
  }
}
