import { Link } from '@tanstack/react-router'
import { Card, Descriptions, Tag } from 'antd'
import type { ReactNode } from 'react'
import { formatDay, none } from '#shell/text/format.ts'
import { channels, type HazardView } from '../../model/index.ts'
import { entriesOf } from './entries.ts'
import { judgementWords } from './stages.ts'

/** What was found, where, and how it was judged. */
export function Facts({ row }: { row: HazardView }): ReactNode {
  const { judgement, assignment } = row
  const unit = row.unitId ? <Link to={`/units/${row.unitId}` as string}>{row.unitName}</Link> : row.unitName
  const items = [
    { label: '单位', children: unit },
    { label: '区域', children: row.areaName },
    { label: '具体位置', children: row.location || none },
    { label: '行业领域', children: row.sectorName },
    { label: '发现日期', children: `${formatDay(row.foundOn)}${row.stock ? '（存量）' : ''}` },
    { label: '来源', children: channels[row.channel] },
    { label: '牵头部门', children: [row.leadBodyName, ...row.jointBodyNames].join('、') },
    { label: '属地', children: row.townBodyName ?? none },
    { label: '责任部门', children: row.assignedBodyName ?? '未交办' },
    ...(assignment
      ? [
          {
            label: '整改要求',
            children: `${assignment.demand}（${assignment.by}，${assignment.on}）`,
            span: 'filled' as const,
          },
        ]
      : []),
    {
      label: '判定依据',
      span: 'filled' as const,
      children: (
        <div>
          {judgementWords(row)}
          {judgement.documentId && (
            <>
              {' '}
              <Link to={`/criteria/${judgement.documentId}` as string}>查看标准</Link>
            </>
          )}
          {judgement.reason && <div>理由：{judgement.reason}</div>}
        </div>
      ),
    },
    ...(row.routeReason ? [{ label: '归口说明', children: row.routeReason, span: 'filled' as const }] : []),
  ]
  return (
    <Card size="small" title="基本情况" style={{ marginBottom: 12 }}>
      <Descriptions column={{ xs: 1, sm: 2 }} items={items.map((item) => ({ key: item.label, ...item }))} />
    </Card>
  )
}

/** Everything written down on the way, by kind. */
export function Course({ row }: { row: HazardView }): ReactNode {
  const groups = entriesOf(row)
  if (groups.length === 0) return null
  return (
    <Card size="small" title="整改和验收记录" style={{ marginBottom: 12 }}>
      <dl className="zb-course">
        {groups.map(({ title, rows }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>
              {rows.map((words) => (
                <div key={words}>{words}</div>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

export function Reports({ row }: { row: HazardView }): ReactNode {
  return (
    <Card size="small" title={`发现记录（${row.reportList.length}）`} style={{ marginBottom: 12 }}>
      {row.mergedInto && row.reportList.length === 0 && `已随合并移到 ${row.mergedInto.number}`}
      <ul className="zb-plain">
        {row.reportList.map((report) => (
          <li key={report.id}>
            <Tag>{channels[report.channel]}</Tag>
            {report.foundOn} {report.reporter}：{report.description}
            {report.source && `（${report.source}）`}
            {report.mergedFrom && `，由 ${report.mergedFrom} 合并`}
          </li>
        ))}
      </ul>
    </Card>
  )
}
