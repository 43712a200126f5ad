import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Card, Progress, Space, Table } from 'antd'
import { type ReactNode, useState } from 'react'
import type { ActionContract } from '#kernel/contract.ts'
import { mintId, runAction } from '#shell/api/client.ts'
import { asApiProblem } from '#shell/api/problem.ts'
import { useAsk } from '#shell/api/queries.ts'
import { ExportButton } from '#shell/table/ExportButton.tsx'
import { formatInstant } from '#shell/text/format.ts'
import {
  downloadRejectedItems,
  type Ledger,
  type LedgerImported,
  type LedgerPreview,
  ledgerImported,
  pauseSheetImport,
  resumeSheetImport,
  sheetStates,
  startSheetImport,
} from '../../model/index.ts'

const lookAgainMs = 1_000

type Run = NonNullable<LedgerImported['import']>

/** How the import of a sheet stands, looked at again while the server works on it. */
export function useImported(ledger: Ledger, uploadId: string | undefined) {
  const asked = { ledger: ledger.id, ...(uploadId ? { uploadId } : {}) }
  const [running, setRunning] = useState(false)
  const answer = useAsk(ledgerImported, asked, {
    keepPrevious: true,
    ...(running ? { refetchInterval: lookAgainMs } : {}),
  })
  const run = answer.data?.import ?? undefined
  if ((run?.state === 'running') !== running) setRunning(run?.state === 'running')
  return run
}

/** Sends a step of the import and says why it was refused. */
function useStep() {
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const step = async (contract: ActionContract, call: { recordId: string; version?: number; input: object }) => {
    setBusy(true)
    setProblem(undefined)
    try {
      await runAction(contract, call)
    } catch (error) {
      setProblem(asApiProblem(error).detail)
    }
    setBusy(false)
    await client.invalidateQueries()
  }
  return { busy, problem, step }
}

interface FoundProps {
  readonly ledger: Ledger
  readonly uploadId: string
  readonly preview: LedgerPreview
}

/** What would become of a sheet, and the button that lets it. */
export function FoundRows({ ledger, uploadId, preview }: FoundProps): ReactNode {
  const { total, ready, known, faulty } = preview
  const { busy, problem, step } = useStep()
  const [recordId] = useState(mintId)
  return (
    <Card size="small" title={`共 ${total} 行：可登记 ${ready}，已在台账中 ${known}，有问题 ${faulty}`}>
      {problem && <Alert type="error" role="alert" title={problem} style={{ marginBottom: 12 }} />}
      <Button
        type="primary"
        style={{ marginBottom: 12 }}
        loading={busy}
        disabled={total === 0}
        onClick={() => void step(startSheetImport, { recordId, input: { ledger: ledger.id, uploadId } })}
      >
        开始导入
      </Button>
      <Rows ledger={ledger} rows={preview.rows} />
    </Card>
  )
}

/** An import under way or done; the page may be left meanwhile. */
export function ImportRun({ ledger, run }: { ledger: Ledger; run: Run }): ReactNode {
  const { busy, problem, step } = useStep()
  const { id: recordId, version, uploadId, state, total, next, added, known, rejected } = run
  const take = (contract: ActionContract) => void step(contract, { recordId, version, input: {} })
  return (
    <Card size="small" title={`导入“${run.fileName}”：${sheetStates[state]}`} style={{ marginBottom: 12 }}>
      {problem && <Alert type="error" role="alert" title={problem} style={{ marginBottom: 12 }} />}
      <Progress percent={total === 0 ? 100 : Math.floor((next / total) * 100)} />
      <p role="status">
        已处理 {next} / {total} 行：登记 {added}，已在台账中 {known}，未导入 {rejected}
      </p>
      <p className="zb-line">
        {formatInstant(run.startedAt)} 开始
        {state === 'finished' ? '' : '；由系统在后台导入，可以离开本页，回来后接着看进度'}
      </p>
      <Space wrap style={{ marginBottom: 12 }}>
        {state === 'running' && (
          <Button loading={busy} onClick={() => take(pauseSheetImport)}>
            暂停
          </Button>
        )}
        {state === 'paused' && (
          <Button type="primary" loading={busy} onClick={() => take(resumeSheetImport)}>
            继续导入
          </Button>
        )}
        {state !== 'running' && rejected > 0 && (
          <ExportButton
            contract={downloadRejectedItems}
            input={{ ledger: ledger.id, uploadId }}
            label="下载未导入的行（附原因）"
          />
        )}
      </Space>
      {rejected > 0 && <Rows ledger={ledger} rows={run.rows} />}
    </Card>
  )
}

function Rows({ ledger, rows }: { ledger: Ledger; rows: LedgerPreview['rows'] }): ReactNode {
  return (
    <Table
      size="small"
      rowKey="row"
      dataSource={rows}
      pagination={{ pageSize: 50, hideOnSinglePage: true }}
      locale={{ emptyText: '没有问题' }}
      columns={[
        { title: '行', dataIndex: 'row', width: 64 },
        { title: ledger.name, dataIndex: 'name', width: '30%' },
        { title: '问题', dataIndex: 'reason' },
      ]}
    />
  )
}
