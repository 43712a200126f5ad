import { Link } from '@tanstack/react-router'
import { Card, Descriptions, Tag } from 'antd'
import type { ReactNode } from 'react'
import { formatDay, none } from '#shell/text/format.ts'
import { channels, closeKinds, type HazardView } from '../../model/index.ts'

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
          {judgement.text || (judgement.kind === 'none' ? '一般隐患，未引用判定标准' : none)}
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
      <Descriptions column={{ xs: 1, sm: 2, lg: 3 }} items={items.map((item) => ({ key: item.label, ...item }))} />
    </Card>
  )
}

/** Interim control, progress, extensions and orders to stop: what happens while the hazard stands. */
export function Course({ row }: { row: HazardView }): ReactNode {
  return (
    <>
      <Entries title="临时管控" rows={row.interim.map((entry) => `${entry.on} ${entry.by}：${entry.text}`)} />
      <Entries
        title="整改进展"
        rows={row.progress.map((entry) => `${entry.on} ${entry.by}（${entry.percent}%）：${entry.text}`)}
      />
      <Entries
        title="延期"
        rows={row.extensions.map((entry) => {
          const outcome = { pending: '待审批', granted: '同意', refused: '不同意', lapsed: '未审批即失效' }[
            entry.decision
          ]
          const decided = entry.decidedBy ? `，${entry.decidedBy}：${entry.note}` : ''
          return `${entry.requestedOn} ${entry.requestedBy} 申请由 ${entry.from} 延至 ${entry.to}（${entry.reason}）——${outcome}${decided}`
        })}
      />
      <Entries
        title="停产停业整改"
        rows={row.stopOrders.map(
          (order) =>
            `${order.on} ${order.by}：${order.scope}（${order.reason}）${order.liftedOn ? `，${order.liftedOn} 恢复` : '，尚未恢复'}`,
        )}
      />
      <Entries title="退回" rows={row.returns.map((entry) => `${entry.on} ${entry.by}：${entry.reason}`)} />
    </>
  )
}

/** Reviews and closures; a closure that was opened again stays in the history. */
export function Closing({ row }: { row: HazardView }): ReactNode {
  return (
    <>
      <Entries
        title="现场复查"
        rows={row.reviews.map((review) => {
          const kind = review.kind === 'reinspection' ? '抽查复核' : '复查'
          return `${review.on} ${kind}（${review.reviewers.join('、')}）：${review.findings}——${review.passed ? '合格' : '不合格'}`
        })}
      />
      <Entries
        title="销号"
        rows={row.closures.map((closure) => {
          const again = closure.reopenedOn ? `；${closure.reopenedOn} 重新打开：${closure.reopenReason}` : ''
          return `${closure.on} ${closeKinds[closure.kind]}，${closure.by}：${closure.opinion}${closure.document ? `（${closure.document}）` : ''}${again}`
        })}
      />
      {row.ledger && <Entries title={`台账来源：${row.ledger.file} 第${row.ledger.row}行`} rows={row.ledger.notes} />}
    </>
  )
}

export function Reports({ row }: { row: HazardView }): ReactNode {
  return (
    <Card size="small" title={`发现记录（${row.reportList.length}）`} style={{ marginBottom: 12 }}>
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

function Entries({ title, rows }: { title: string; rows: readonly string[] }): ReactNode {
  if (rows.length === 0) return null
  return (
    <Card size="small" title={title} style={{ marginBottom: 12 }}>
      <ul style={{ margin: 0, paddingInlineStart: 18 }}>
        {rows.map((row) => (
          <li key={row}>{row}</li>
        ))}
      </ul>
    </Card>
  )
}
