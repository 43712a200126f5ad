import { Link } from '@tanstack/react-router'
import { Card, Collapse, Skeleton, Space, Tag } from 'antd'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import { useAsk } from '#shell/api/queries.ts'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useCan } from '#shell/session/session.tsx'
import type { RowColumn } from '#shell/table/RowTable.tsx'
import { none } from '#shell/text/format.ts'
import { type AreaView, listBodies, listSupervision, setSupervision } from '../../model/index.ts'
import { HistoryButton } from '../History.tsx'
import { useAreas } from '../options.ts'
import { WholeTable } from '../WholeTable.tsx'

type Town = z.output<typeof listSupervision.output>['areas'][number]

/** 乡镇和督导单位: the county's towns with who answers for each, and which of them the county supervises. */
export default function AreasPage(): ReactNode {
  const { data, error, refetch } = useAsk(listSupervision, {})
  if (error) return <ErrorView error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton active />
  const { supervised, planned } = data
  const changed = data.areas.filter((area) => area.supervision !== null)
  return (
    <>
      <PageHeader
        title="乡镇和督导单位"
        words={`现有督导单位 ${supervised} 个${
          changed.length === 0
            ? '，与方案一致'
            : `（方案为 ${planned} 个，县里调整了${changed.map((area) => area.name).join('、')}）`
        }。方案要求每季度对每个督导单位督导不少于2个工作日；统计表按督导单位列行`}
        printable
      />
      <WholeTable
        label="乡镇"
        rows={data.areas}
        rowKey={(town) => town.code}
        columns={columns}
        empty={{ why: '数据包里没有乡镇' }}
      />
      <Villages />
    </>
  )
}

const columns: readonly RowColumn<Town>[] = [
  { key: 'name', title: '乡镇（开发区）', width: 150, render: (town) => town.name },
  { key: 'code', title: '代码', width: 110, render: (town) => town.code },
  {
    key: 'supervised',
    title: '督导单位',
    width: 190,
    render: (town) => (
      <>
        {town.supervised ? '是' : '否'}{' '}
        {town.supervision && <Tag style={{ margin: 0 }}>县里调整，方案为{town.planned ? '是' : '否'}</Tag>}
      </>
    ),
  },
  {
    key: 'body',
    title: '属地机构',
    width: 220,
    render: (town) => (town.bodyId ? <Link to={`/bodies/${town.bodyId}` as string}>{town.bodyName}</Link> : none),
  },
  { key: 'note', title: '说明', render: (town) => town.note || none },
  { key: 'tools', title: '', width: 290, render: (town) => <Tools town={town} /> },
]

function Tools({ town }: { town: Town }): ReactNode {
  const mayChange = useCan(setSupervision.permission)
  return (
    <Space wrap size={6}>
      {mayChange && <Changes town={town} />}
      <HistoryButton name={town.name} recordType="area" recordId={town.id} />
    </Space>
  )
}

function Changes({ town }: { town: Town }): ReactNode {
  const bodies = useAsk(listBodies, {}, { staleTime: 600_000 }).data?.bodies ?? []
  const local = bodies.filter((body) => ['town', 'zone', 'other'].includes(body.kind))
  const why = { kind: 'area' as const, name: 'reason', label: '调整的依据', required: true, max: 300 }
  const target = { contract: setSupervision, recordId: town.id, version: town.version }
  return (
    <>
      <ActionButton
        {...target}
        label="调整"
        initial={{ value: !town.supervised, bodyId: town.bodyId }}
        fields={[
          {
            kind: 'radio',
            name: 'value',
            label: `${town.name}是否列为督导单位`,
            required: true,
            options: [
              { value: true, label: '列为督导单位' },
              { value: false, label: '不列为督导单位' },
            ],
          },
          {
            kind: 'select',
            name: 'bodyId',
            label: '属地机构',
            help: '在这个区域发现的事项同时告知这个机构',
            options: local.map(({ id, name }) => ({ value: id, label: name })),
          },
          { ...why, help: '写明文件或会议，如：县安委会2026年第4次会议纪要' },
        ]}
      />
      {town.supervision && <ActionButton {...target} label="恢复按方案" fixed={{ value: null }} fields={[why]} />}
    </>
  )
}

/** 村（社区) of each town: what addresses and lists name. */
function Villages(): ReactNode {
  const areas = useAreas()
  const of = (town: AreaView) => areas.filter((area) => area.parentCode === town.code)
  const towns = areas.filter((area) => area.level === 'town' && of(area).length > 0)
  return (
    <Card size="small" title="村（社区）" style={{ marginTop: 12 }}>
      <Collapse
        ghost
        size="small"
        items={towns.map((town) => ({
          key: town.code,
          label: `${town.name}（${of(town).length}）`,
          children: (
            <Space wrap size={[16, 4]}>
              {of(town).map((village) => (
                <span key={village.code}>
                  {village.name} <span style={{ color: '#636c7a' }}>{village.code}</span>
                </span>
              ))}
            </Space>
          ),
        }))}
      />
    </Card>
  )
}
