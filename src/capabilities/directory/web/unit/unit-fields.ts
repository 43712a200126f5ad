import { createElement } from 'react'
import type { FieldSpec } from '#shell/form/types.ts'
import type { Option } from '#shell/table/types.ts'
import { belongings, scales, unitKinds, unitTags } from '../../model/index.ts'
import { optionsOf } from '../options.ts'
import { PlaceInput } from './PlaceInput.tsx'

interface Choices {
  readonly places: readonly Option[]
  readonly sectors: readonly Option[]
  /** Hazards of the unit that stand; a move does not take them along. */
  readonly standing?: number
}

/** What is known of a unit, for registering and for correcting it. */
export function unitFields({ places, sectors, standing = 0 }: Choices): FieldSpec[] {
  return [
    { kind: 'text', name: 'name', label: '单位名称', required: true, max: 120 },
    { kind: 'radio', name: 'kind', label: '类别', required: true, options: optionsOf(unitKinds) },
    {
      kind: 'text',
      name: 'creditCode',
      label: '统一社会信用代码',
      help: '18位，系统核对校验位；没有营业执照的小场所可以不填',
      visible: () => true,
    },
    {
      kind: 'select',
      name: 'area',
      label: '所在乡镇（开发区）或村（社区）',
      required: true,
      options: places,
      ...(standing > 0
        ? { help: `改为别的乡镇后，已登记的 ${standing} 条未销号隐患仍由发现时的乡镇办理，新发现的由迁入的乡镇办理` }
        : {}),
    },
    { kind: 'multi', name: 'sectors', label: '行业领域', required: true, options: sectors },
    { kind: 'select', name: 'scale', label: '规模', required: true, options: optionsOf(scales) },
    { kind: 'select', name: 'belonging', label: '隶属', options: optionsOf(belongings) },
    { kind: 'multi', name: 'tags', label: '标签', options: optionsOf(unitTags) },
    { kind: 'text', name: 'address', label: '地址', max: 200 },
    {
      kind: 'custom',
      name: 'position',
      label: '位置（经纬度）',
      help: '系统按WGS-84保存。在高德、腾讯地图上查到的，请把坐标系选为GCJ-02，由系统换算；可以整段粘贴“经度,纬度”',
      render: (control) => createElement(PlaceInput, control),
    },
    {
      kind: 'list',
      name: 'contacts',
      label: '联系人',
      addLabel: '添加联系人',
      fields: [
        { kind: 'text', name: 'name', label: '姓名', max: 40 },
        { kind: 'text', name: 'phone', label: '电话', max: 20 },
      ],
    },
  ]
}

export const personFields = (name: string, label: string): FieldSpec[] => [
  { kind: 'text', name: `${name}.name`, label: `${label}姓名`, max: 40 },
  { kind: 'text', name: `${name}.phone`, label: `${label}手机` },
]
