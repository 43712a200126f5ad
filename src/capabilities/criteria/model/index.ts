export type { CriteriaLibrary, CriterionFacts } from './port.ts'
