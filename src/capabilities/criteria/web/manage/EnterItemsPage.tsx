import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Card, Skeleton } from 'antd'
import { type ReactNode, useState } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { ActionForm } from '#shell/form/ActionForm.tsx'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { enterItems, listStandards } from '../../model/index.ts'
import { FileReader, type ReadFile } from './FileReader.tsx'
import { reasonField, trustFields } from './fields.ts'

/** 录入条文: the items of a document that so far stands in the catalogue only. */
export default function EnterItemsPage(): ReactNode {
  const { id = '' } = useParams({ strict: false })
  const navigate = useNavigate()
  const answer = useAsk(listStandards, {})
  const [file, setFile] = useState<ReadFile>()
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const standard = answer.data.rows.find((row) => row.id === id)
  const back = <Link to={`/criteria/${id}` as string}>{standard?.title ?? '判定标准'}</Link>
  if (!standard) return <EmptyState why="没有这部判定标准" action={<Link to="/criteria">回到判定标准库</Link>} />
  if (standard.itemised) return <EmptyState why="这部标准的条文已经录入" next="请在标准页逐条修改" action={back} />
  const { source, confidence, verified } = standard
  return (
    <>
      <PageHeader title="录入条文" words={back} />
      <FileReader against={[]} onRead={setFile} />
      {file && (
        <Card size="small" title="来源和依据">
          <ActionForm
            key={file.uploadId}
            contract={enterItems}
            recordId={standard.recordId}
            version={standard.version}
            initial={{ source, confidence, verified }}
            fixed={{ uploadId: file.uploadId, mapping: file.preview.mapping }}
            fields={[...trustFields, reasonField('例如：收到公布文本，逐条录入')]}
            submitLabel={`录入（${file.preview.total}条）`}
            doneText="已录入，判定和检索即时生效"
            onDone={() => void navigate({ to: `/criteria/${id}` as string })}
          />
        </Card>
      )}
    </>
  )
}
