import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Card, Progress, Space, Table } from 'antd'
import { type ReactNode, useRef, useState } from 'react'
import type { z } from 'zod'
import { ask, mintId, runAction } from '#shell/api/client.ts'
import { asApiProblem } from '#shell/api/problem.ts'
import { ExportButton } from '#shell/table/ExportButton.tsx'
import {
  downloadRejectedItems,
  importLedgerRows,
  type Ledger,
  type LedgerPreview,
  ledgerBatchSize,
  ledgerImported,
} from '../../model/index.ts'

type Done = z.output<typeof ledgerImported.output>

/** Brings the rows in, batch by batch; what an interrupted import has brought in is known, and it goes on behind it. */
function useImport(ledger: Ledger, uploadId: string, total: number) {
  const client = useQueryClient()
  const [done, setDone] = useState<Done>()
  const [running, setRunning] = useState(false)
  const [problem, setProblem] = useState<string>()
  const stopped = useRef(false)
  const run = async () => {
    stopped.current = false
    setRunning(true)
    setProblem(undefined)
    try {
      let state = await ask(ledgerImported, { ledger: ledger.id, uploadId })
      setDone(state)
      while (state.next < total && !stopped.current) {
        const input = { ledger: ledger.id, uploadId, skip: state.next, take: ledgerBatchSize }
        const { output } = await runAction(importLedgerRows, { recordId: mintId(), input })
        state = {
          next: output.next,
          added: state.added + output.added,
          known: state.known + output.known,
          rejected: [...state.rejected, ...output.rejected],
        }
        setDone(state)
      }
    } catch (error) {
      setProblem(asApiProblem(error).detail)
    }
    setRunning(false)
    await client.invalidateQueries()
  }
  const stop = () => {
    stopped.current = true
  }
  return { done, running, problem, run, stop }
}

interface RunProps {
  readonly ledger: Ledger
  readonly uploadId: string
  readonly preview: LedgerPreview
}

export function RunImport({ ledger, uploadId, preview }: RunProps): ReactNode {
  const { total, ready, known, faulty } = preview
  const { done, running, problem, run, stop } = useImport(ledger, uploadId, total)
  const rows = done ? done.rejected : preview.rows
  return (
    <Card size="small" title={`共 ${total} 行：可登记 ${ready}，已在台账中 ${known}，有问题 ${faulty}`}>
      {problem && <Alert type="error" role="alert" title={problem} style={{ marginBottom: 12 }} />}
      {done && (
        <>
          <Progress percent={Math.floor((done.next / Math.max(1, total)) * 100)} />
          <p role="status">
            已处理 {done.next} 行：登记 {done.added}，已在台账中 {done.known}，未导入 {done.rejected.length}
          </p>
        </>
      )}
      <Space wrap style={{ marginBottom: 12 }}>
        <Button
          type="primary"
          loading={running}
          disabled={total === 0 || done?.next === total}
          onClick={() => void run()}
        >
          {done && done.next < total ? '继续导入' : '开始导入'}
        </Button>
        {running && <Button onClick={stop}>暂停</Button>}
        {done && !running && done.rejected.length > 0 && (
          <ExportButton
            contract={downloadRejectedItems}
            input={{ ledger: ledger.id, uploadId }}
            label="下载未导入的行（附原因）"
          />
        )}
      </Space>
      <Table
        size="small"
        rowKey="row"
        dataSource={rows}
        pagination={{ pageSize: 50, hideOnSinglePage: true }}
        locale={{ emptyText: '没有问题' }}
        columns={[
          { title: '行', dataIndex: 'row', width: 70 },
          { title: ledger.name, dataIndex: 'name', width: 240 },
          { title: '问题', dataIndex: 'reason' },
        ]}
      />
    </Card>
  )
}
