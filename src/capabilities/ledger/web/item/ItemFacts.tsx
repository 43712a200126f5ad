import { Link } from '@tanstack/react-router'
import { Descriptions } from 'antd'
import type { ReactNode } from 'react'
import { formatDay, none } from '#shell/text/format.ts'
import { colours } from '#shell/theme/tokens.ts'
import { faceOf, type LedgerItemView } from '../../model/index.ts'
import { ComputedWords } from '../words.tsx'

interface Fact {
  readonly key: string
  readonly label: string
  readonly children: ReactNode
}

/** Facts every item has, then the ledger's own, then what rules make of them. */
export function ItemFacts({ item }: { item: LedgerItemView }): ReactNode {
  const { ledger } = item
  const nameOf = (_kind: string, code: string) => item.names[code] ?? code
  const common: Fact[] = [
    { key: 'name', label: ledger.name, children: item.title },
    { key: 'area', label: '所在地', children: item.areaName },
    {
      key: 'unit',
      label: '单位',
      children: item.unitId ? <Link to={`/units/${item.unitId}` as string}>{item.unitName}</Link> : none,
    },
    { key: 'body', label: '责任部门', children: item.bodyName },
    { key: 'sector', label: '行业领域', children: item.sectorName ?? none },
    { key: 'listed', label: '列入日期', children: formatDay(item.listedOn) },
    { key: 'done', label: '办结日期', children: formatDay(item.doneOn) },
  ]
  const own = ledger.fields
    .filter(({ id }) => item.fields[id] !== undefined)
    .map((field): Fact => {
      const words = faceOf(field).words(item.fields[field.id], field, nameOf)
      return {
        key: `x_${field.id}`,
        label: field.title,
        children: <span style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{words}</span>,
      }
    })
  const computed = ledger.computed.map(
    ({ id, title }): Fact => ({ key: `c_${id}`, label: title, children: <ComputedWords found={item.computed[id]} /> }),
  )
  const hidden = new Set(['unit', 'sector'].filter((key) => common.find((fact) => fact.key === key)?.children === none))
  return (
    <Descriptions
      bordered
      size="small"
      column={{ xs: 1, md: 2 }}
      style={{ background: colours.surface, marginBottom: 12 }}
      items={[...common.filter(({ key }) => !hidden.has(key)), ...own, ...computed]}
    />
  )
}
