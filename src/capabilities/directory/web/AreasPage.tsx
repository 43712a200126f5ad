import { Card, Table, Tag, Tree } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { type AreaView, listBodies } from '../model/index.ts'
import { useAreas, useSectorOptions } from './options.ts'

interface Node {
  readonly key: string
  readonly title: ReactNode
  readonly children: Node[]
}

function nodesOf(areas: readonly AreaView[], parent: string | null): Node[] {
  return areas
    .filter((area) => area.parentCode === parent)
    .map((area) => ({
      key: area.code,
      title: (
        <span>
          {area.name} <span style={{ color: '#636c7a' }}>{area.code}</span> {area.supervised && <Tag>督导单位</Tag>}
          {area.bodyName && ` ${area.bodyName}`} {area.note}
        </span>
      ),
      children: nodesOf(areas, area.code),
    }))
}

/** 区域和机构: the county's areas with their official codes, and the bodies of the plan with what they lead. */
export default function AreasPage(): ReactNode {
  const areas = useAreas()
  const names = new Map(useSectorOptions().map((sector) => [sector.value, sector.label]))
  const bodies = useAsk(listBodies, {}, { staleTime: 600_000 }).data?.bodies ?? []
  const root = areas.find((area) => area.parentCode === null)
  return (
    <>
      <PageHeader title="区域和机构" />
      <div className="zb-columns">
        <Card size="small" title="区域">
          {root && <Tree treeData={nodesOf(areas, null)} defaultExpandedKeys={[root.code]} selectable={false} />}
        </Card>
        <Card size="small" title={`机构（${bodies.length}）`}>
          <Table
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={[...bodies]}
            columns={[
              { title: '机构', dataIndex: 'name' },
              { title: '牵头的行业领域', render: (_, body) => body.leads.map((id) => names.get(id) ?? id).join('、') },
              { title: '说明', dataIndex: 'note' },
            ]}
          />
        </Card>
      </div>
    </>
  )
}
