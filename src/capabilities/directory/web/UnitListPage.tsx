import { PlusOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import type { ReactNode } from 'react'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useCan } from '#shell/session/session.tsx'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import { none } from '#shell/text/format.ts'
import { StateTag } from '#shell/text/tags.tsx'
import { unitExport, unitList, unitStates } from '../model/index.ts'
import { unitControls, useUnitChoices } from './unit-filters.ts'

/** 单位名录: the units of one's own scope. */
export default function UnitListPage(): ReactNode {
  const choices = useUnitChoices()
  return (
    <>
      <PageHeader title="单位名录" actions={<Tools />} />
      <RecordTable
        list={unitList}
        cells={{
          risk: (row) => (row.highRisk ? <Tag style={{ margin: 0 }}>高危</Tag> : ''),
          principal: (row) => row.principalName ?? <strong>未登记</strong>,
          code: (row) => row.creditCode ?? none,
          state: (row) => <StateTag state={unitStates[row.state]} />,
        }}
        controls={unitControls}
        choices={choices}
        rowKey={(row) => row.id}
        href={(row) => `/units/${row.id}`}
        exporting={unitExport}
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
