import { Alert, Button, Card, Progress, Select, Space, Table } from 'antd'
import { type ReactNode, useRef, useState } from 'react'
import type { z } from 'zod'
import type { AttachmentInput } from '#kernel/attachment.ts'
import { ask, mintId, runAction } from '#shell/api/client.ts'
import { asApiProblem } from '#shell/api/problem.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { AttachmentField } from '#shell/upload/AttachmentField.tsx'
import {
  type ImportField,
  type ImportOutcome,
  importBatchSize,
  importColumns,
  importFields,
  importUnits,
  listImported,
  previewUnits,
} from '../model/index.ts'

type Preview = z.output<typeof previewUnits.output>
const outcomeWords = { imported: '已登记', matched: '名录中已有', rejected: '未导入' } as const

/** 导入名录: a list goes up, every problem is named by row and column, then it comes in batch by batch. */
export default function UnitImportPage(): ReactNode {
  const [files, setFiles] = useState<AttachmentInput[]>([])
  const [pending, setPending] = useState(0)
  const [preview, setPreview] = useState<Preview>()
  const [problem, setProblem] = useState<string>()
  const uploadId = files[0]?.uploadId
  const read = async (mapping?: Preview['mapping']) => {
    if (!uploadId) return
    setProblem(undefined)
    try {
      setPreview(await ask(previewUnits, { uploadId, ...(mapping ? { mapping } : {}) }))
    } catch (error) {
      setProblem(asApiProblem(error).detail)
    }
  }
  return (
    <>
      <PageHeader
        title="导入名录"
        words="第一行写列名：单位名称、统一社会信用代码、所在乡镇、行业领域、规模、主要负责人及电话等"
      />
      <Card style={{ marginBottom: 12 }}>
        {problem && <Alert type="error" role="alert" title={problem} style={{ marginBottom: 12 }} />}
        <AttachmentField
          value={files}
          onChange={(next) => {
            setFiles(next)
            setPreview(undefined)
          }}
          maxFiles={1}
          accept=".xlsx,.csv"
          onPending={setPending}
        />
        <Button
          type="primary"
          style={{ marginTop: 12 }}
          disabled={!uploadId || pending > 0}
          onClick={() => void read()}
        >
          读取文件
        </Button>
      </Card>
      {preview && uploadId && (
        <>
          <Columns preview={preview} onChange={(mapping) => void read(mapping)} />
          <Run preview={preview} uploadId={uploadId} />
        </>
      )}
    </>
  )
}

function Columns({ preview, onChange }: { preview: Preview; onChange(mapping: Preview['mapping']): void }): ReactNode {
  const { header, mapping } = preview
  return (
    <Card size="small" title="列对应" style={{ marginBottom: 12 }}>
      <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(220px, 1fr))', gap: 8 }}>
        {importFields.map((field: ImportField) => (
          <div key={field}>
            {importColumns[field].title}
            <Select
              aria-label={importColumns[field].title}
              value={mapping[field]}
              allowClear
              placeholder="没有这一列"
              style={{ width: '100%' }}
              options={header.map((text, at) => ({ value: at, label: text || `第${at + 1}列` }))}
              onChange={(at) => onChange({ ...mapping, [field]: at })}
            />
          </div>
        ))}
      </div>
    </Card>
  )
}

function Run({ preview, uploadId }: { preview: Preview; uploadId: string }): ReactNode {
  const [done, setDone] = useState<{ next: number; outcomes: readonly ImportOutcome[] }>()
  const [running, setRunning] = useState(false)
  const [problem, setProblem] = useState<string>()
  const stopped = useRef(false)
  const run = async () => {
    stopped.current = false
    setRunning(true)
    setProblem(undefined)
    try {
      // What an interrupted import has brought in is known to the server; it goes on behind it.
      let state = await ask(listImported, { uploadId })
      setDone(state)
      while (state.next < preview.total && !stopped.current) {
        const input = { uploadId, mapping: preview.mapping, skip: state.next, take: importBatchSize }
        const result = await runAction(importUnits, { recordId: mintId(), input })
        state = { next: result.output.next, outcomes: [...state.outcomes, ...result.output.outcomes] }
        setDone(state)
      }
    } catch (error) {
      setProblem(asApiProblem(error).detail)
    }
    setRunning(false)
  }
  const count = (outcome: ImportOutcome['outcome']) =>
    done?.outcomes.filter((row) => row.outcome === outcome).length ?? 0
  const faulty: readonly { row: number; name: string; words: string }[] = done
    ? done.outcomes
        .filter((row) => row.outcome !== 'imported')
        .map((row) => ({ ...row, words: `${outcomeWords[row.outcome]}：${row.reason}` }))
    : preview.rows.map((row) => ({
        ...row,
        words: row.problems.map((one) => `${one.column}：${one.message}`).join('；'),
      }))
  return (
    <Card
      size="small"
      title={`共 ${preview.total} 行，可导入 ${preview.ready} 行，有问题 ${preview.total - preview.ready} 行`}
    >
      {problem && <Alert type="error" role="alert" title={problem} style={{ marginBottom: 12 }} />}
      {done && (
        <>
          <Progress percent={Math.round((done.next / Math.max(1, preview.total)) * 100)} />
          <p role="status">
            共 {done.next} 行：已登记 {count('imported')}，名录中已有 {count('matched')}，未导入 {count('rejected')}
          </p>
        </>
      )}
      <Space style={{ marginBottom: 12 }}>
        <Button
          type="primary"
          loading={running}
          disabled={preview.total === 0 || done?.next === preview.total}
          onClick={() => void run()}
        >
          开始导入
        </Button>
        {running && (
          <Button
            onClick={() => {
              stopped.current = true
            }}
          >
            暂停
          </Button>
        )}
      </Space>
      <Table
        size="small"
        rowKey="row"
        dataSource={faulty}
        pagination={{ pageSize: 50, hideOnSinglePage: true }}
        locale={{ emptyText: '没有问题' }}
        columns={[
          { title: '行', dataIndex: 'row', width: 70 },
          { title: '单位', dataIndex: 'name', width: 240 },
          { title: '问题', dataIndex: 'words' },
        ]}
      />
    </Card>
  )
}
