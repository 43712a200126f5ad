import { Select } from 'antd'
import { useState } from 'react'
import { listAreas, listBodies, listSectors, listUnits } from '#capabilities/directory/model/index.ts'
import { roles } from '#kernel/grants.ts'
import { useAsk } from '#shell/api/queries.ts'
import type { FieldSpec, FormValues } from '#shell/form/types.ts'

const long = { staleTime: 600_000 }
const withBody = ['committeeOffice', 'department', 'town', 'inspector']
const withUnit = ['unitPrincipal', 'unitWorker']
const roleOf = (values: FormValues): string => (typeof values.role === 'string' ? values.role : '')

/** One grant: a role, where it holds, for which sectors, in whose name. */
export function useGrantFields(): FieldSpec[] {
  const areas = useAsk(listAreas, {}, long).data?.areas ?? []
  const bodies = useAsk(listBodies, {}, long).data?.bodies ?? []
  const sectors = useAsk(listSectors, {}, long).data?.sectors ?? []
  return [
    {
      kind: 'select',
      name: 'role',
      label: '角色',
      required: true,
      options: Object.entries(roles).map(([value, label]) => ({ value, label })),
    },
    {
      kind: 'select',
      name: 'area',
      label: '区域',
      required: true,
      options: areas.filter((area) => area.level !== 'village').map((area) => ({ value: area.code, label: area.name })),
    },
    {
      kind: 'select',
      name: 'bodyId',
      label: '所在机构',
      options: bodies.map((body) => ({ value: body.id, label: body.name })),
      visible: (values) => withBody.includes(roleOf(values)),
    },
    {
      kind: 'custom',
      name: 'unitId',
      label: '单位',
      required: true,
      visible: (values) => withUnit.includes(roleOf(values)),
      render: ({ id, value, onChange }) => (
        <UnitChoice
          id={id}
          value={typeof value === 'string' ? value : undefined}
          onChange={(next) => onChange?.(next)}
        />
      ),
    },
    {
      kind: 'multi',
      name: 'sectors',
      label: '行业领域',
      help: '不选即不限；行业部门不选的，按责任分工牵头的领域',
      options: sectors.map((sector) => ({ value: sector.id, label: sector.name })),
    },
    { kind: 'day', name: 'from', label: '起始日', help: '不填即今天起' },
    { kind: 'day', name: 'to', label: '截止日', help: '不填即一直有效' },
  ]
}

function UnitChoice(props: {
  id: string | undefined
  value: string | undefined
  onChange(value: string | undefined): void
}) {
  const [text, setText] = useState('')
  const found = useAsk(listUnits, { ...(text ? { text } : {}), size: 20 }, { keepPrevious: true })
  return (
    <Select
      {...(props.id ? { id: props.id } : {})}
      value={props.value}
      showSearch={{ filterOption: false, onSearch: setText }}
      placeholder="输入单位名称"
      options={(found.data?.rows ?? []).map((unit) => ({ value: unit.id, label: `${unit.name}（${unit.areaName}）` }))}
      onChange={props.onChange}
    />
  )
}
