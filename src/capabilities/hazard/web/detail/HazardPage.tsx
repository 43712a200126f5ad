import { Link, useParams } from '@tanstack/react-router'
import { Alert, Button, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { hasGraveDoubt } from '#kernel/photo-doubts.ts'
import { useAsk } from '#shell/api/queries.ts'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { RecordPanels } from '#shell/router/panels.tsx'
import { useToday } from '#shell/session/session.tsx'
import { useListSearch } from '#shell/table/list-search.ts'
import { DueText } from '#shell/text/tags.tsx'
import { getHazard, type HazardView, isStanding } from '../../model/index.ts'
import { HazardLevel, HazardMarks } from '../words.tsx'
import { FivePanel } from './FivePanel.tsx'
import { Course, Facts, Reports } from './facts.tsx'
import { HazardActions } from './HazardActions.tsx'
import { History, Photos, Receipts } from './history.tsx'
import { ClosingConditions, Stages } from './Stages.tsx'
import { settledWords, showsFive, standingWords } from './stages.ts'

/**
 * One hazard with everything known of it and everything that may be done now, on one page: what lies behind a tab is
 * neither seen nor printed, and it was the photos and who did what. On a wide screen the history stands beside the facts.
 */
export default function HazardPage(): ReactNode {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const answer = useAsk(getHazard, { id })
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  const row = answer.data
  if (!row) return <Skeleton active />
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
            <div style={{ fontSize: 16, overflowWrap: 'anywhere' }}>{row.description}</div>
            <Deadline row={row} />
          </>
        }
        actions={<HazardActions row={row} />}
        printable
      />
      <JustRegistered row={row} />
      <Notices row={row} />
      <Stages row={row} />
      <div className="zb-record">
        <div>
          <Facts row={row} />
          {showsFive(row) && <FivePanel row={row} />}
          <ClosingConditions row={row} />
          <Photos row={row} />
          <Course row={row} />
        </div>
        <div className="zb-record-history">
          <History row={row} />
          <Receipts row={row} />
        </div>
        <div>
          <RecordPanels record="hazard" id={row.id} />
          <Reports row={row} />
        </div>
      </div>
    </>
  )
}

/** Until when; or when and how it was closed. */
function Deadline({ row }: { row: HazardView }): ReactNode {
  const today = useToday()
  const settled = settledWords(row)
  if (settled !== undefined) return settled
  return (
    <>
      整改时限 <DueText due={row.dueOn} today={today} />
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

const doubtfulWords = '照片有疑点（雷同、拍摄时间不符等），见“照片资料”中的说明'

/** What stands out before anything else. */
function Notices({ row }: { row: HazardView }): ReactNode {
  const words: ReactNode[] = [...standingWords(row)]
  if (isStanding(row.state) && hasGraveDoubt(row.attachments, row.foundOn)) words.push(doubtfulWords)
  if (row.mergedInto) {
    words.push(
      <span key="merged">
        已合并到 <Link to={`/hazards/${row.mergedInto.id}` as string}>{row.mergedInto.number}</Link>
        ，整改、验收和销号都在那一条上办理
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
