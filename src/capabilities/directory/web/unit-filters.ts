import type { Choices } from '#shell/table/types.ts'
import { useAreaTree, useSectorOptions } from './options.ts'

/** The filters of units; the list, its numbers and its export stand on the same ones. */
export const unitControls = [
  'text',
  'area',
  'sector',
  'scale',
  'kind',
  'belonging',
  'tag',
  'states',
  'highRisk',
  'withoutPrincipal',
] as const

export function useUnitChoices(): Choices {
  return { area: useAreaTree(), sector: useSectorOptions() }
}
