import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import type { RowColumn } from '#shell/table/RowTable.tsx'
import { none } from '#shell/text/format.ts'
import { type BodyView, bodyKindIds, bodyKinds, listBodies } from '../../model/index.ts'
import { useSectorOptions } from '../options.ts'
import { WholeTable } from '../WholeTable.tsx'

/** 机构: the committee, its office, departments, towns and the zone, with what each leads. */
export default function BodiesPage(): ReactNode {
  const { data, error, refetch } = useAsk(listBodies, {})
  const names = new Map(useSectorOptions().map((sector) => [sector.value, sector.label]))
  if (error) return <ErrorView error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton active />
  const rows = bodyKindIds.flatMap((kind) => data.bodies.filter((body) => body.kind === kind))
  const columns: readonly RowColumn<BodyView>[] = [
    { key: 'name', title: '机构', width: 240, render: (body) => body.name },
    { key: 'kind', title: '类别', width: 90, render: (body) => bodyKinds[body.kind] },
    { key: 'area', title: '区域', width: 120, render: (body) => body.areaName },
    {
      key: 'leads',
      title: '牵头的行业领域',
      render: (body) => body.leads.map((sector) => names.get(sector) ?? sector).join('、') || none,
    },
    { key: 'note', title: '说明', width: 320, render: (body) => body.note || none },
  ]
  return (
    <>
      <PageHeader title="机构" words="方案点名的机构；点开查看人员、分工和说明" printable />
      <WholeTable
        label="机构"
        rows={rows}
        rowKey={(body) => body.id}
        href={(body) => `/bodies/${body.id}`}
        columns={columns}
        empty={{ why: '数据包里没有机构' }}
      />
    </>
  )
}
