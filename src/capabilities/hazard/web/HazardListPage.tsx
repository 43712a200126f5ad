import { PlusOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Alert, Button } from 'antd'
import type { ReactNode } from 'react'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useCan, useToday } from '#shell/session/session.tsx'
import { useListSearch } from '#shell/table/list-search.ts'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import { formatDay } from '#shell/text/format.ts'
import { DueText } from '#shell/text/tags.tsx'
import { type HazardRow, hazardExport, hazardList, hazardStates } from '../model/index.ts'
import { NumberStrip } from './NumberStrip.tsx'
import { useAreaTree, useBodies, useSectors } from './reference.ts'
import { HazardLevel, HazardMarks } from './words.tsx'

const controls = [
  'text',
  'area',
  'sector',
  'level',
  'states',
  'channel',
  'overdue',
  'listed',
  'bodyId',
  ['foundFrom', 'foundTo', '发现日期'],
] as const

const settled = (row: HazardRow) => ['closed', 'void'].includes(hazardStates[row.state].type)

/** 隐患库: every hazard the viewer may see, by any filter a number or a chart can open it with. */
export default function HazardListPage(): ReactNode {
  const [search] = useListSearch()
  const today = useToday()
  const choices = { area: useAreaTree(), sector: useSectors(), body: useBodies() }
  const { asOf } = search
  return (
    <>
      <PageHeader title="隐患库" actions={<Tools />} />
      {typeof asOf === 'string' && (
        <Alert
          type="info"
          style={{ marginBottom: 12 }}
          title={`以下的等级、状态、时限、逾期和挂牌是 ${asOf} 当日结束时的；五落实、临时管控等其他内容和打开后看到的，是现在的情况`}
        />
      )}
      <NumberStrip />
      <RecordTable
        list={hazardList}
        cells={{
          number: (row) => <span style={{ whiteSpace: 'nowrap' }}>{row.number}</span>,
          level: (row) => <HazardLevel level={row.level} />,
          state: (row) => <HazardMarks row={row} />,
          dueOn: (row) => <DueText due={row.dueOn} today={today} done={settled(row)} />,
          foundOn: (row) => formatDay(row.foundOn),
          closedOn: (row) => formatDay(row.closedOn),
        }}
        controls={controls}
        choices={choices}
        rowKey={(row) => row.id}
        href={(row) => `/hazards/${row.id}`}
        card={(row) => <HazardCard row={row} today={today} />}
        exporting={hazardExport}
        empty={{ why: '您的范围内还没有登记隐患', next: '检查发现或单位自查发现隐患后，点“登记隐患”' }}
      />
    </>
  )
}

function Tools(): ReactNode {
  const report = useCan('hazard.report')
  const bring = useCan('ledgerimport.use')
  return (
    <>
      {bring && (
        <Link to={'/hazards/import' as string}>
          <Button>导入台账</Button>
        </Link>
      )}
      {report && (
        <Link to={'/hazards/new' as string}>
          <Button type="primary" icon={<PlusOutlined />}>
            登记隐患
          </Button>
        </Link>
      )}
    </>
  )
}

/** A hazard on a phone: what, where, how it stands, by when. */
export function HazardCard({ row, today }: { row: HazardRow; today: string }): ReactNode {
  return (
    <div style={{ display: 'grid', gap: 4 }}>
      <div style={{ display: 'flex', gap: 6, alignItems: 'center', flexWrap: 'wrap' }}>
        <HazardLevel level={row.level} />
        <HazardMarks row={row} />
        <span style={{ marginLeft: 'auto' }}>{row.number}</span>
      </div>
      <strong>{row.description}</strong>
      <span>
        {row.unitName}（{row.areaName}）
      </span>
      {row.closedOn
        ? `${row.closedOn} 销号`
        : row.dueOn && <DueText due={row.dueOn} today={today} done={settled(row)} />}
    </div>
  )
}
