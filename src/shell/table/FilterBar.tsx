import { FilterOutlined } from '@ant-design/icons'
import { Button, Tag } from 'antd'
import { type ReactNode, useState } from 'react'
import { useNarrow } from '../layout/narrow.ts'
import { FilterControl } from './FilterControl.tsx'
import { hiddenFilters } from './search.ts'
import type { Filters } from './use-filters.ts'

type FilterBarProps = Pick<Filters, 'state' | 'filters' | 'wordsOf' | 'onChange' | 'onClear'>

/** All filters of a list, the ones without a control as removable marks. */
export function FilterBar({ filters, state, wordsOf, onChange, onClear }: FilterBarProps): ReactNode {
  const { filter } = state
  const narrow = useNarrow()
  const [open, setOpen] = useState(false)
  const count = Object.keys(filter).length
  const controls = filters.map((spec) => (
    <FilterControl key={spec.name} spec={spec} filter={filter} onChange={onChange} />
  ))
  return (
    <search className="zb-filters">
      {narrow && (
        <Button icon={<FilterOutlined />} aria-expanded={open} onClick={() => setOpen(!open)}>
          筛选{count > 0 ? `（${count}）` : ''}
        </Button>
      )}
      {(!narrow || open) && controls}
      {hiddenFilters(filter, filters).map((name) => (
        <Tag key={name} closable onClose={() => onChange({ [name]: undefined })} style={{ margin: 0 }}>
          {wordsOf(name)}
        </Tag>
      ))}
      {count > 0 && (
        <Button type="link" onClick={onClear}>
          清除条件
        </Button>
      )}
    </search>
  )
}
