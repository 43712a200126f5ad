import { Alert, Card, Select, Space, Table, Tag } from 'antd'
import { type ReactNode, useState } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { getMatrix, type matrixRoles, showRoute } from '../model/index.ts'
import { useAreas, useSectorOptions } from './options.ts'

/** 责任分工: who leads which sector by the plan, and what the plan leaves open — shown, never filled. */
export default function MatrixPage(): ReactNode {
  const answer = useAsk(getMatrix, {}, { staleTime: 600_000 })
  const sectors = useSectorOptions()
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  const { entries = [], gaps = [] } = answer.data ?? {}
  const rows = sectors.map((sector) => {
    const of = entries.filter((entry) => entry.sectorId === sector.value)
    const names = (role: keyof typeof matrixRoles) => of.filter((entry) => entry.role === role)
    const open = gaps.filter((gap) => gap.sectorId === sector.value)
    return { ...sector, lead: names('lead'), joint: names('joint'), participant: names('participant'), open }
  })
  return (
    <>
      <PageHeader
        title="责任分工"
        words="按方案第四部分（二）“三管三必须”；方案没有写明的，列在“待明确”，事项由县安委办接收"
        printable
      />
      <RouteFinder />
      <Card size="small" title="行业领域与部门" style={{ marginBottom: 12 }}>
        <Table
          size="small"
          rowKey="value"
          loading={!answer.data}
          pagination={false}
          dataSource={rows}
          scroll={{ x: 'max-content' }}
          columns={[
            { title: '行业领域', dataIndex: 'label', width: 160 },
            {
              title: '牵头',
              render: (_, row) =>
                [...row.lead, ...row.joint].map((entry) => entry.bodyName).join('、') || <Tag>没有写明</Tag>,
            },
            { title: '参与', render: (_, row) => row.participant.map((entry) => entry.bodyName).join('、') },
            {
              title: '依据',
              render: (_, row) => [...new Set([...row.lead, ...row.joint].map((entry) => entry.source))].join('；'),
            },
            { title: '待明确', render: (_, row) => row.open.map((gap) => gap.reason).join('；') },
          ]}
        />
      </Card>
      <Card size="small" title={`待明确的事项（${gaps.length}）`}>
        <ul className="zb-plain">
          {gaps.map((gap) => (
            <li key={gap.id}>
              {gap.sectorName && <Tag>{gap.sectorName}</Tag>}
              {gap.reason}
              <div className="zb-line">{gap.source}</div>
            </li>
          ))}
        </ul>
      </Card>
    </>
  )
}

/** Asks where a matter would go before there is one. */
function RouteFinder(): ReactNode {
  const [sector, setSector] = useState<string>()
  const [area, setArea] = useState<string>()
  const sectors = useSectorOptions()
  const towns = useAreas().filter((candidate) => candidate.level === 'town')
  const asked = sector !== undefined && area !== undefined
  const { data } = useAsk(showRoute, { sector: sector ?? '', area: area ?? '000000' }, { enabled: asked })
  return (
    <Card size="small" title="归口查询" style={{ marginBottom: 12 }}>
      <Space wrap>
        <Select
          aria-label="行业领域"
          placeholder="行业领域"
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: 200 }}
          options={sectors}
          onChange={setSector}
        />
        <Select
          aria-label="乡镇"
          placeholder="乡镇（开发区）"
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: 180 }}
          options={towns.map((town) => ({ value: town.code, label: town.name }))}
          onChange={setArea}
        />
      </Space>
      {asked && data && (
        <Alert
          style={{ marginTop: 12 }}
          type={data.reason ? 'warning' : 'info'}
          title={`由 ${data.leadBodyName} 牵头${data.jointBodyNames.length > 0 ? `，共同牵头：${data.jointBodyNames.join('、')}` : ''}${data.townBodyName ? `，属地：${data.townBodyName}` : ''}`}
          {...(data.reason ? { description: data.reason } : {})}
        />
      )}
    </Card>
  )
}
