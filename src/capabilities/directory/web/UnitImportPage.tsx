import { Alert, Button, Card, Checkbox, Progress, Select, Space, Table } from 'antd'
import { type ReactNode, useRef, useState } from 'react'
import type { z } from 'zod'
import type { AttachmentInput } from '#kernel/attachment.ts'
import { ask, mintId, runAction } from '#shell/api/client.ts'
import { asApiProblem } from '#shell/api/problem.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { ExportButton } from '#shell/table/ExportButton.tsx'
import { AttachmentField } from '#shell/upload/AttachmentField.tsx'
import {
  downloadRejectedUnits,
  downloadUnitTemplate,
  type ImportField,
  type ImportOutcome,
  importBatchSize,
  importColumns,
  importFields,
  importUnits,
  listImported,
  previewUnits,
  scales,
} from '../model/index.ts'
import { optionsOf, usePlaces, useSectorOptions } from './options.ts'

type Preview = z.output<typeof previewUnits.output>
type Defaults = z.input<typeof previewUnits.input>['defaults']
/** How the file is to be read: which column holds what, and what holds for cells it leaves empty. */
interface Reading {
  readonly mapping?: Preview['mapping'] | undefined
  readonly defaults: NonNullable<Defaults>
}
const outcomeWords = { imported: '已登记', matched: '名录中已有', rejected: '未导入' } as const

/** 导入名录: a list goes up, every problem is named by row and column, then it comes in batch by batch. */
export default function UnitImportPage(): ReactNode {
  const [files, setFiles] = useState<AttachmentInput[]>([])
  const [pending, setPending] = useState(0)
  const [preview, setPreview] = useState<Preview>()
  const [problem, setProblem] = useState<string>()
  const [defaults, setDefaults] = useState<Reading['defaults']>({})
  const uploadId = files[0]?.uploadId
  const read = async (next: Reading) => {
    if (!uploadId) return
    setProblem(undefined)
    setDefaults(next.defaults)
    const { mapping } = next
    try {
      setPreview(await ask(previewUnits, { uploadId, defaults: next.defaults, ...(mapping ? { mapping } : {}) }))
    } catch (error) {
      setProblem(asApiProblem(error).detail)
    }
  }
  return (
    <>
      <PageHeader
        title="导入名录"
        words="表中有列名即可：单位名称、统一社会信用代码、所在乡镇、行业领域、规模、主要负责人及电话等；列名上面的标题和填表说明会自动跳过"
        actions={<ExportButton contract={downloadUnitTemplate} input={{}} label="下载模板" />}
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
          captioned={false}
          accept=".xlsx,.csv"
          onPending={setPending}
        />
        <Button
          type="primary"
          style={{ marginTop: 12 }}
          disabled={!uploadId || pending > 0}
          onClick={() => void read({ defaults })}
        >
          读取文件
        </Button>
      </Card>
      {preview && uploadId && (
        <>
          <Columns preview={preview} onChange={(mapping) => void read({ mapping, defaults })} />
          <ForEmptyCells
            defaults={defaults}
            onChange={(change) => void read({ mapping: preview.mapping, defaults: { ...defaults, ...change } })}
          />
          <Run preview={preview} uploadId={uploadId} defaults={defaults} />
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

/** 导入设置: what the person says for cells the list leaves empty; nothing is filled in without that word. */
function ForEmptyCells(props: {
  defaults: Reading['defaults']
  onChange(change: Reading['defaults']): void
}): ReactNode {
  const { defaults, onChange } = props
  const places = usePlaces()
  const sectors = useSectorOptions()
  const width = { width: '100%' }
  return (
    <Card size="small" title="导入设置（只用于表中空着的格）" style={{ marginBottom: 12 }}>
      <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(220px, 1fr))', gap: 8 }}>
        <div>
          没有填乡镇的，统一为
          <Select
            aria-label="没有填乡镇的，统一为"
            value={defaults.area ?? null}
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder="不指定"
            style={width}
            options={places}
            onChange={(area) => onChange({ area: area ?? null })}
          />
        </div>
        <div>
          没有填行业领域的，统一为
          <Select
            aria-label="没有填行业领域的，统一为"
            mode="multiple"
            value={defaults.sectors ?? []}
            showSearch={{ optionFilterProp: 'label' }}
            placeholder="不指定"
            style={width}
            options={sectors}
            onChange={(chosen) => onChange({ sectors: chosen })}
          />
        </div>
        <div>
          没有填规模的，统一为
          <Select
            aria-label="没有填规模的，统一为"
            value={defaults.scale ?? null}
            allowClear
            placeholder="不指定"
            style={width}
            options={optionsOf(scales)}
            onChange={(scale) => onChange({ scale: scale ?? null })}
          />
        </div>
      </div>
      <Checkbox
        style={{ marginTop: 8 }}
        checked={defaults.uncodedArePlaces ?? false}
        onChange={(event) => onChange({ uncodedArePlaces: event.target.checked })}
      >
        没有信用代码的，按没有执照的小场所登记（名称带“公司”“集团”的除外，仍须补填代码）
      </Checkbox>
    </Card>
  )
}

interface RunProps {
  readonly preview: Preview
  readonly uploadId: string
  readonly defaults: Reading['defaults']
}

function Run({ preview, uploadId, defaults }: RunProps): ReactNode {
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
        const input = { uploadId, mapping: preview.mapping, defaults, skip: state.next, take: importBatchSize }
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
        {done && !running && count('rejected') > 0 && (
          <ExportButton contract={downloadRejectedUnits} input={{ uploadId }} label="下载未导入的行（附原因）" />
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
