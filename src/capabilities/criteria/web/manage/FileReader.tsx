import { Alert, Button, Card, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import type { AttachmentInput } from '#kernel/attachment.ts'
import { ask } from '#shell/api/client.ts'
import { asApiProblem } from '#shell/api/problem.ts'
import { ExportButton } from '#shell/table/ExportButton.tsx'
import { AttachmentField } from '#shell/upload/AttachmentField.tsx'
import {
  downloadItemSheet,
  type ItemMapping,
  itemColumnIds,
  itemColumns,
  previewStandard,
  type StandardPreview,
} from '../../model/index.ts'
import { DifferenceView } from './DifferenceView.tsx'
import { FileProblems } from './FileProblems.tsx'

/** A file without a mistake in it, as it may be sent. */
export interface ReadFile {
  readonly uploadId: string
  readonly preview: StandardPreview
}

interface FileReaderProps {
  /** The editions it is compared with. */
  readonly against: readonly string[]
  /** Hears of every file that was read, undefined while there is none that may be sent. */
  onRead(file: ReadFile | undefined): void
}

/** Takes the file with the items and shows what it says: every mistake, and what it changes against what there is. */
export function FileReader({ against, onRead }: FileReaderProps): ReactNode {
  const [files, setFiles] = useState<AttachmentInput[]>([])
  const [pending, setPending] = useState(0)
  const [preview, setPreview] = useState<StandardPreview>()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const uploadId = files[0]?.uploadId
  const show = (next: StandardPreview | undefined) => {
    setPreview(next)
    onRead(next && uploadId && next.problems.length === 0 && next.total > 0 ? { uploadId, preview: next } : undefined)
  }
  const read = async (mapping?: ItemMapping) => {
    if (!uploadId) return
    setProblem(undefined)
    setBusy(true)
    try {
      show(await ask(previewStandard, { uploadId, against: [...against], ...(mapping ? { mapping } : {}) }))
    } catch (error) {
      show(undefined)
      setProblem(asApiProblem(error).detail)
    }
    setBusy(false)
  }
  const [template] = against
  return (
    <>
      <Card size="small" title="上传条文" style={{ marginBottom: 12 }}>
        <Templates of={template} />
        {problem && <Alert type="error" role="alert" title={problem} style={{ marginBottom: 12 }} />}
        <AttachmentField
          value={files}
          onChange={(next) => {
            setFiles(next)
            setProblem(undefined)
            setPreview(undefined)
            onRead(undefined)
          }}
          maxFiles={1}
          captioned={false}
          accept=".xlsx,.csv,.yaml,.yml"
          onPending={setPending}
        />
        <Button
          type={preview ? 'default' : 'primary'}
          style={{ marginTop: 12 }}
          loading={busy}
          disabled={!uploadId || pending > 0}
          onClick={() => void read()}
        >
          {preview ? '重新核对' : '核对文件'}
        </Button>
      </Card>
      {preview && <Seen preview={preview} compared={against.length > 0} onMapping={(mapping) => void read(mapping)} />}
    </>
  )
}

interface SeenProps {
  readonly preview: StandardPreview
  readonly compared: boolean
  onMapping(mapping: ItemMapping): void
}

function Seen({ preview, compared, onMapping }: SeenProps): ReactNode {
  return (
    <>
      {preview.header.length > 0 && <Columns preview={preview} onChange={onMapping} />}
      <FileProblems preview={preview} />
      {/* What faulty rows leave out would look as if it were to be dropped. */}
      {preview.problems.length === 0 && <DifferenceView difference={preview.difference} compared={compared} />}
    </>
  )
}

/** The sheets to write items into; the one of the edition before saves typing what stays. */
function Templates({ of }: { of: string | undefined }): ReactNode {
  return (
    <>
      <p style={{ marginTop: 0 }}>
        {of
          ? '先下载带现行条文的表，在表里改成新版本后上传；也可以上传数据包的标准文件（.yaml）。'
          : '先下载模板，照公布的文本一行填一条后上传；也可以上传数据包的标准文件（.yaml）。'}
      </p>
      <div style={{ marginBottom: 12, display: 'flex', flexWrap: 'wrap', gap: 8 }}>
        {of && <ExportButton contract={downloadItemSheet} input={{ code: of }} label="下载现行条文表" />}
        <ExportButton contract={downloadItemSheet} input={{}} label="下载空白模板" />
      </div>
    </>
  )
}

interface ColumnsProps {
  readonly preview: StandardPreview
  onChange(mapping: ItemMapping): void
}

function Columns({ preview: { header, mapping }, onChange }: ColumnsProps): ReactNode {
  const { text: _text, no: _no, ...rest } = mapping
  return (
    <Card size="small" title="列对应" style={{ marginBottom: 12 }}>
      <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(150px, 1fr))', gap: 8 }}>
        {itemColumnIds.map((column) => (
          <div key={column}>
            {itemColumns[column].title}
            <Select
              aria-label={itemColumns[column].title}
              value={mapping[column]}
              allowClear={column in rest}
              placeholder="没有这一列"
              style={{ width: '100%' }}
              options={header.map((heading, at) => ({ value: at, label: heading || `第${at + 1}列` }))}
              onChange={(at) => onChange({ ...mapping, [column]: at })}
            />
          </div>
        ))}
      </div>
    </Card>
  )
}
