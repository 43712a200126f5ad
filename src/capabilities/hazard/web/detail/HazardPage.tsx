import { Link, useParams } from '@tanstack/react-router'
import { Alert, Button, Skeleton, Table, Tabs, Timeline } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { RecordPanels } from '#shell/router/panels.tsx'
import { useToday } from '#shell/session/session.tsx'
import { useListSearch } from '#shell/table/list-search.ts'
import { formatInstant } from '#shell/text/format.ts'
import { DueText } from '#shell/text/tags.tsx'
import { BeforeAfter, Gallery } from '#shell/upload/Gallery.tsx'
import { getHazard, type HazardView, isStanding } from '../../model/index.ts'
import { HazardLevel, HazardMarks } from '../words.tsx'
import { deliveryName, moveWords } from './entries.ts'
import { FivePanel } from './FivePanel.tsx'
import { Course, Facts, Reports } from './facts.tsx'
import { HazardActions } from './HazardActions.tsx'
import { ClosingConditions, Stages } from './Stages.tsx'
import { standingWords } from './stages.ts'

/** One hazard with everything known of it and everything that may be done now. */
export default function HazardPage(): ReactNode {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const answer = useAsk(getHazard, { id })
  const today = useToday()
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  const row = answer.data
  if (!row) return <Skeleton active />
  const done = !isStanding(row.state)
  return (
    <>
      <PageHeader
        title={`隐患 ${row.number}`}
        marks={
          <>
            <HazardLevel level={row.level} />
            <HazardMarks row={row} />
          </>
        }
        words={
          <>
            <div style={{ fontSize: 16 }}>{row.description}</div>
            整改时限 <DueText due={row.dueOn} today={today} done={done} />
          </>
        }
        actions={<HazardActions row={row} />}
        printable
      />
      <JustRegistered row={row} />
      <Notices row={row} />
      <Stages row={row} />
      <Tabs items={tabsOf(row)} />
    </>
  )
}

/** Said once after registering: where it went, and that what was put right on the spot may be closed now. */
function JustRegistered({ row }: { row: HazardView }): ReactNode {
  const [search, setSearch] = useListSearch()
  if (search.registered !== true) return null
  const fixable = row.allowedActions.some(({ action, blocked }) => action === 'hazard.fixAtOnce' && !blocked)
  return (
    <Alert
      type="success"
      showIcon
      closable={{ onClose: () => setSearch({}) }}
      style={{ marginBottom: 12 }}
      title={`已登记，由 ${row.leadBodyName} 办理`}
      {...(fixable ? { description: '当场已经改好的，点“立查立改”上传整改后的照片即可销号' } : {})}
      action={
        <Link to={'/hazards/new' as string}>
          <Button size="small">继续登记</Button>
        </Link>
      }
    />
  )
}

/** What stands out before anything else. */
function Notices({ row }: { row: HazardView }): ReactNode {
  const words: ReactNode[] = [...standingWords(row)]
  if (row.mergedInto) {
    words.push(
      <span key="merged">
        已合并到 <Link to={`/hazards/${row.mergedInto.id}` as string}>{row.mergedInto.number}</Link>
      </span>,
    )
  }
  if (words.length === 0) return null
  return (
    <Alert
      type="info"
      style={{ marginBottom: 12 }}
      title={words.map((word, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is rebuilt whole from the record
        <div key={at}>{word}</div>
      ))}
    />
  )
}

function tabsOf(row: HazardView) {
  return [
    {
      key: 'facts',
      label: '情况',
      children: (
        <>
          <Facts row={row} />
          {row.state !== 'reported' && row.level === 'major' && <FivePanel row={row} />}
          {row.level === 'general' && row.plan.measures.length > 0 && <FivePanel row={row} />}
          <ClosingConditions row={row} />
          <RecordPanels record="hazard" id={row.id} />
          <Course row={row} />
          <Reports row={row} />
        </>
      ),
    },
    { key: 'files', label: `照片资料（${row.attachments.length}）`, children: <Files row={row} /> },
    { key: 'timeline', label: `办理过程（${row.timeline.length}）`, children: <History row={row} /> },
    { key: 'notices', label: `通知送达（${row.notices.length}）`, children: <Receipts row={row} /> },
  ]
}

function Files({ row }: { row: HazardView }): ReactNode {
  if (row.attachments.length === 0)
    return <EmptyState why="还没有照片和材料" next="登记、整改、复查时上传的文件都在这里" />
  return (
    <>
      <BeforeAfter files={row.attachments} />
      <Gallery files={row.attachments} />
    </>
  )
}

function History({ row }: { row: HazardView }): ReactNode {
  return (
    <Timeline
      items={row.timeline.map((entry) => ({
        key: entry.seq,
        content: (
          <>
            <strong>{entry.title}</strong> {entry.actor}，{formatInstant(entry.at)}
            {moveWords(entry) && <span>　{moveWords(entry)}</span>}
            <div>{entry.summary}</div>
          </>
        ),
      }))}
    />
  )
}

function Receipts({ row }: { row: HazardView }): ReactNode {
  if (row.notices.length === 0) return <EmptyState why="还没有发出通知" />
  return (
    <Table
      size="small"
      rowKey={(notice) => `${notice.to}${notice.at}${notice.title}`}
      dataSource={[...row.notices]}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: '时间', render: (_, notice) => formatInstant(notice.at) },
        { title: '通知', dataIndex: 'title' },
        { title: '接收', dataIndex: 'to' },
        { title: '阅读', render: (_, notice) => (notice.readAt ? formatInstant(notice.readAt) : '未读') },
        { title: '短信等外部送达', render: (_, notice) => deliveryName(notice.delivery) },
      ]}
    />
  )
}
