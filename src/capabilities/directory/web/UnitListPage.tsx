import { PlusOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import type { ReactNode } from 'react'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useCan } from '#shell/session/session.tsx'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import type { ColumnSpec } from '#shell/table/types.ts'
import { none } from '#shell/text/format.ts'
import { StateTag } from '#shell/text/tags.tsx'
import { belongings, exportUnits, listUnits, scales, type UnitRow, unitStates, unitTags } from '../model/index.ts'
import { useUnitFilters } from './unit-filters.ts'

const columns: readonly ColumnSpec<UnitRow>[] = [
  { key: 'name', title: '单位名称', hideable: false, sortKey: 'name', render: (row) => row.name },
  { key: 'area', title: '区域', width: 120, sortKey: 'area', render: (row) => row.areaName },
  { key: 'sectors', title: '行业领域', width: 150, render: (row) => row.sectorNames.join('、') },
  { key: 'scale', title: '规模', width: 70, render: (row) => scales[row.scale] },
  {
    key: 'risk',
    title: '高危',
    width: 70,
    render: (row) => (row.highRisk ? <Tag style={{ margin: 0 }}>高危</Tag> : ''),
  },
  { key: 'principal', title: '主要负责人', width: 110, render: (row) => row.principalName ?? <strong>未登记</strong> },
  { key: 'code', title: '统一社会信用代码', width: 180, render: (row) => row.creditCode ?? none },
  {
    key: 'tags',
    title: '标签',
    width: 120,
    hiddenAtFirst: true,
    render: (row) => row.tags.map((tag) => unitTags[tag]).join('、'),
  },
  { key: 'belonging', title: '隶属', width: 110, hiddenAtFirst: true, render: (row) => belongings[row.belonging] },
  { key: 'state', title: '状态', width: 110, render: (row) => <StateTag state={unitStates[row.state]} /> },
]

/** 单位名录: the units of one's own scope. */
export default function UnitListPage(): ReactNode {
  return (
    <>
      <PageHeader title="单位名录" actions={<Tools />} />
      <RecordTable
        id="units"
        label="单位"
        contract={listUnits}
        columns={columns}
        filters={useUnitFilters()}
        rowKey={(row) => row.id}
        href={(row) => `/units/${row.id}`}
        exporting={exportUnits}
        empty={{ why: '您的范围内还没有登记单位', next: '逐家登记，或用 Excel 一次导入' }}
      />
    </>
  )
}

function Tools(): ReactNode {
  const register = useCan('directory.registerUnit')
  const bring = useCan('directory.importUnits')
  return (
    <>
      {bring && (
        <Link to={'/units/import' as string}>
          <Button>导入名录</Button>
        </Link>
      )}
      {register && (
        <Link to={'/units/new' as string}>
          <Button type="primary" icon={<PlusOutlined />}>
            登记单位
          </Button>
        </Link>
      )}
    </>
  )
}
