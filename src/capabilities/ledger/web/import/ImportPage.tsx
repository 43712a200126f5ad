import { Link, useParams } from '@tanstack/react-router'
import { Alert, Button, Card, Skeleton, Table } from 'antd'
import { type ReactNode, useState } from 'react'
import type { AttachmentInput } from '#kernel/attachment.ts'
import { ask } from '#shell/api/client.ts'
import { asApiProblem } from '#shell/api/problem.ts'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { ExportButton } from '#shell/table/ExportButton.tsx'
import { AttachmentField } from '#shell/upload/AttachmentField.tsx'
import {
  downloadLedgerTemplate,
  type Ledger,
  type LedgerPreview,
  previewLedgerSheet,
  sheetFields,
} from '../../model/index.ts'
import { useLedger } from '../options.ts'
import { FoundRows, ImportRun, useImported } from './RunImport.tsx'

/** 导入台账: a sheet goes up, every problem is named by row and column, then the server brings it in. */
export default function ImportPage(): ReactNode {
  const { ledger: id = '' } = useParams({ strict: false }) as { ledger?: string }
  const answer = useLedger(id)
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  return <SheetImport key={id} ledger={answer.data.ledger} />
}

function SheetImport({ ledger }: { ledger: Ledger }): ReactNode {
  const [files, setFiles] = useState<AttachmentInput[]>([])
  const [pending, setPending] = useState(0)
  const [reading, setReading] = useState(false)
  const [preview, setPreview] = useState<LedgerPreview>()
  const [problem, setProblem] = useState<string>()
  const uploadId = files[0]?.uploadId
  const run = useImported(ledger, uploadId)
  const read = async () => {
    if (!uploadId) return
    setProblem(undefined)
    setReading(true)
    try {
      setPreview(await ask(previewLedgerSheet, { ledger: ledger.id, uploadId }))
    } catch (error) {
      setProblem(asApiProblem(error).detail)
    }
    setReading(false)
  }
  return (
    <>
      <Header ledger={ledger} />
      <Card style={{ marginBottom: 12 }}>
        {problem && <Alert type="error" role="alert" title={problem} style={{ marginBottom: 12 }} />}
        <AttachmentField
          value={files}
          onChange={(next) => {
            setFiles(next)
            setPreview(undefined)
          }}
          maxFiles={1}
          captioned={false}
          accept=".xlsx,.csv"
          onPending={setPending}
        />
        <Button
          type="primary"
          style={{ marginTop: 12 }}
          loading={reading}
          disabled={!uploadId || pending > 0}
          onClick={() => void read()}
        >
          读取文件
        </Button>
      </Card>
      {run && (!uploadId || run.uploadId === uploadId) ? (
        <ImportRun key={run.id} ledger={ledger} run={run} />
      ) : (
        preview &&
        uploadId && (
          <>
            <Columns ledger={ledger} preview={preview} />
            <FoundRows key={uploadId} ledger={ledger} uploadId={uploadId} preview={preview} />
          </>
        )
      )}
    </>
  )
}

function Header({ ledger }: { ledger: Ledger }): ReactNode {
  return (
    <PageHeader
      title={`导入：${ledger.title}`}
      words={
        <>
          <Link to={`/ledgers/${ledger.id}` as string}>返回台账</Link>
          ，支持 .xlsx、.csv；表头上面的标题和填表说明会自动跳过；已在台账中的行不重复登记
        </>
      }
      actions={<ExportButton contract={downloadLedgerTemplate} input={{ ledger: ledger.id }} label="下载模板" />}
    />
  )
}

/** What each column of the sheet was taken for; one that was passed over is said so. */
function Columns({ ledger, preview }: { ledger: Ledger; preview: LedgerPreview }): ReactNode {
  const titles = new Map(sheetFields(ledger).map(({ name, title }) => [name, title]))
  const taken = new Set(preview.columns.flatMap(({ field }) => field ?? []))
  const absent = sheetFields(ledger).filter(({ name }) => !taken.has(name))
  return (
    <Card size="small" title="列对应" style={{ marginBottom: 12 }}>
      <Table
        size="small"
        rowKey="at"
        pagination={false}
        dataSource={preview.columns.map((column, at) => ({ ...column, at })).filter(({ heading }) => heading !== '')}
        columns={[
          { title: '表中的列', dataIndex: 'heading' },
          { title: '台账的列', render: (_, { field }) => (field === null ? '不导入' : titles.get(field)) },
        ]}
      />
      {absent.length > 0 && <p className="zb-line">表中没有的列：{absent.map(({ title }) => title).join('、')}</p>}
    </Card>
  )
}
