import { useNavigate, useSearch } from '@tanstack/react-router'
import { Tabs } from 'antd'
import type { ReactNode } from 'react'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import type { Search } from '#shell/table/types.ts'
import { auditExport, auditList, refusalExport, refusalList, takenOutExport, takenOutList } from '../model/index.ts'

const tabs = {
  done: { label: '办理记录', children: <Done /> },
  refused: { label: '被拒绝的操作', children: <Refused /> },
  exports: { label: '导出记录', children: <TakenOut /> },
}
const items = Object.entries(tabs).map(([key, tab]) => ({ key, ...tab }))

/** 操作审计: who did what, who tried what and was refused, who took which list out of the system. */
export default function AuditPage(): ReactNode {
  const { tab } = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  return (
    <>
      <PageHeader title="操作审计" words="每一步操作按记录串成校验链，改动或删除任何一步都会在核验时被发现" />
      <Tabs
        destroyOnHidden
        activeKey={typeof tab === 'string' && tab in tabs ? tab : 'done'}
        onChange={(key) =>
          void navigate({ to: '.', search: ((before: Search) => ({ ...before, tab: key })) as never, replace: true })
        }
        items={items}
      />
    </>
  )
}

function Done(): ReactNode {
  return (
    <RecordTable
      list={auditList}
      address="done"
      cells={{ hash: (row) => <code>{row.hash.slice(0, 12)}</code> }}
      rowKey={(row) => row.id}
      controls={['actor', ['from', 'to', '时间']]}
      exporting={auditExport}
      empty={{ why: '还没有办理记录', next: '有人办理任何事项时，系统自动留下记录' }}
    />
  )
}

function Refused(): ReactNode {
  return (
    <RecordTable
      list={refusalList}
      address="refused"
      rowKey={(row) => row.id}
      controls={['actor']}
      exporting={refusalExport}
      empty={{ why: '没有被拒绝的操作' }}
    />
  )
}

function TakenOut(): ReactNode {
  return (
    <RecordTable
      list={takenOutList}
      address="exports"
      rowKey={(row) => row.id}
      controls={['actor']}
      exporting={takenOutExport}
      empty={{ why: '还没有人导出过清单' }}
    />
  )
}
