import { Tabs } from 'antd'
import type { ReactNode } from 'react'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import { formatInstant, formatNumber } from '#shell/text/format.ts'
import { listAudit, listExports, listRefusals } from '../model/index.ts'

/** 操作审计: who did what, who tried what and was refused, who took which list out of the system. */
export default function AuditPage(): ReactNode {
  return (
    <>
      <PageHeader title="操作审计" words="每一步操作按记录串成校验链，改动或删除任何一步都会在核验时被发现" />
      <Tabs
        destroyOnHidden
        items={[
          { key: 'done', label: '办理记录', children: <Done /> },
          { key: 'refused', label: '被拒绝的操作', children: <Refused /> },
          { key: 'exports', label: '导出记录', children: <Exports /> },
        ]}
      />
    </>
  )
}

function Done(): ReactNode {
  return (
    <RecordTable
      id="audit"
      label="办理记录"
      contract={listAudit}
      rowKey={(row) => row.id}
      filters={[
        { kind: 'text', name: 'actor', label: '办理人' },
        { kind: 'days', name: 'from', nameTo: 'to', label: '时间' },
      ]}
      columns={[
        { key: 'at', title: '时间', width: 150, hideable: false, render: (row) => formatInstant(row.at) },
        { key: 'actor', title: '办理人', width: 100, hideable: false, render: (row) => row.actor },
        { key: 'title', title: '事项', width: 130, render: (row) => row.title },
        { key: 'summary', title: '内容', render: (row) => row.summary },
        { key: 'record', title: '记录', width: 120, hiddenAtFirst: true, render: (row) => row.recordId },
        { key: 'seq', title: '第几步', width: 70, align: 'right', render: (row) => row.seq },
        { key: 'hash', title: '校验值', width: 130, render: (row) => <code>{row.hash.slice(0, 12)}</code> },
      ]}
      empty={{ why: '没有符合条件的办理记录' }}
    />
  )
}

function Refused(): ReactNode {
  return (
    <RecordTable
      id="refusals"
      label="被拒绝的操作"
      inAddress={false}
      contract={listRefusals}
      rowKey={(row) => row.id}
      filters={[{ kind: 'text', name: 'actor', label: '操作人' }]}
      columns={[
        { key: 'at', title: '时间', width: 150, render: (row) => formatInstant(row.at) },
        { key: 'actor', title: '操作人', width: 110, render: (row) => row.actor },
        { key: 'title', title: '操作', width: 150, render: (row) => row.title },
        { key: 'detail', title: '拒绝的原因', render: (row) => row.detail },
      ]}
      empty={{ why: '没有被拒绝的操作' }}
    />
  )
}

function Exports(): ReactNode {
  return (
    <RecordTable
      id="exports"
      label="导出记录"
      inAddress={false}
      contract={listExports}
      rowKey={(row) => row.id}
      columns={[
        { key: 'at', title: '时间', width: 150, render: (row) => formatInstant(row.at) },
        { key: 'actor', title: '导出人', width: 110, render: (row) => row.actor },
        { key: 'title', title: '内容', width: 150, render: (row) => row.title },
        { key: 'filter', title: '条件', render: (row) => row.filter },
        { key: 'rows', title: '行数', width: 80, align: 'right', render: (row) => formatNumber(row.rows) },
      ]}
      empty={{ why: '还没有人导出过清单' }}
    />
  )
}
