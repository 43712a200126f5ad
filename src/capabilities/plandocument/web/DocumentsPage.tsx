import { Link, useNavigate } from '@tanstack/react-router'
import { Card, Progress, Skeleton, Tag } from 'antd'
import { type ReactNode, useState } from 'react'
import { mintId } from '#shell/api/client.ts'
import { useAsk } from '#shell/api/queries.ts'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useCan } from '#shell/session/session.tsx'
import { formatInstant } from '#shell/text/format.ts'
import { type DocumentRow, documentStates, listPlanDocuments, readPlanDocument } from '../model/index.ts'

/** 方案文本: every document that was read, and the versions of the plan some of them became. */
export default function DocumentsPage(): ReactNode {
  const answer = useAsk(listPlanDocuments, {})
  const decide = useCan('plandocument.decide')
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const { rows } = answer.data
  return (
    <>
      <PageHeader
        title="方案文本"
        words="上传方案，系统读出任务、履责事项、台账和责任分工的建议，由人逐条确认后形成方案版本。"
        actions={decide && <ReadButton />}
      />
      {rows.length === 0 && (
        <EmptyState why="还没有读取过方案" next="上传 .docx、.pdf（有文字）或 .txt 的方案后，这里列出它和它的版本" />
      )}
      <div style={{ display: 'grid', gap: 12 }}>
        {rows.map((row) => (
          <DocumentCard key={row.id} row={row} />
        ))}
      </div>
    </>
  )
}

function ReadButton(): ReactNode {
  const navigate = useNavigate()
  const [recordId, setRecordId] = useState(mintId)
  return (
    <ActionButton
      contract={readPlanDocument}
      recordId={recordId}
      primary
      label="上传方案"
      submitLabel="读取"
      fields={[
        {
          kind: 'attachments',
          name: 'attachments',
          label: '方案文件',
          required: true,
          max: 1,
          captioned: false,
          accept: '.docx,.pdf,.txt',
          help: '一份文件。PDF 须有文字，扫描件请先做文字识别；有打开密码的请先去掉密码；最多300页',
        },
      ]}
      doneText={({ proposals, sure }) => `已读出${proposals}条建议，其中明确的${sure}条`}
      onDone={(done) => {
        setRecordId(mintId())
        void navigate({ to: `/plan/documents/${done.recordId}` as string })
      }}
    />
  )
}

function DocumentCard({ row }: { row: DocumentRow }): ReactNode {
  const { id, title, state, number, proposals, decided, kept } = row
  return (
    <Card size="small">
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'baseline' }}>
        <Link to={`/plan/documents/${id}` as string} style={{ fontWeight: 600 }}>
          {title}
        </Link>
        <Tag>{number === null ? documentStates[state] : `第${number}版`}</Tag>
        {number !== null && <Link to={`/plan/documents/${id}/difference` as string}>与上一版的差别</Link>}
      </div>
      <div style={{ marginTop: 4 }}>
        {row.readBy} {formatInstant(row.readAt)} 读取《{row.fileName}》
        {row.closedAt && `；${row.closedBy} ${formatInstant(row.closedAt)} ${documentStates[state]}`}
        {row.note && `（${row.note}）`}
      </div>
      {state === 'deciding' ? (
        <Progress
          percent={proposals === 0 ? 100 : Math.floor((decided / proposals) * 100)}
          format={() => `${decided} / ${proposals}`}
          aria-label={`已决定${decided}条，共${proposals}条`}
        />
      ) : (
        <div>
          建议{proposals}条，采用{kept}条
        </div>
      )}
    </Card>
  )
}
