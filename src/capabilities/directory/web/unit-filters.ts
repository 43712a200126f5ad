import type { FilterSpec } from '#shell/table/types.ts'
import { belongings, scales, unitKinds, unitStates, unitTags } from '../model/index.ts'
import { optionsOf, useAreaTree, useSectorOptions } from './options.ts'

/** The filters of units; the list, its numbers and its export stand on the same ones. */
export function useUnitFilters(): FilterSpec[] {
  return [
    { kind: 'text', name: 'text', label: '名称、信用代码' },
    { kind: 'tree', name: 'area', label: '区域', options: useAreaTree() },
    { kind: 'select', name: 'sector', label: '行业领域', options: useSectorOptions() },
    { kind: 'select', name: 'scale', label: '规模', options: optionsOf(scales) },
    { kind: 'select', name: 'kind', label: '类别', options: optionsOf(unitKinds) },
    { kind: 'select', name: 'belonging', label: '隶属', options: optionsOf(belongings) },
    { kind: 'select', name: 'tag', label: '标签', options: optionsOf(unitTags) },
    {
      kind: 'multi',
      name: 'states',
      label: '状态',
      options: Object.entries(unitStates).map(([value, state]) => ({ value, label: state.label })),
    },
    { kind: 'flag', name: 'highRisk', label: '高危' },
    { kind: 'flag', name: 'withoutPrincipal', label: '未登记负责人' },
  ]
}
