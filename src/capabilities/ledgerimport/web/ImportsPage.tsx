import { useNavigate } from '@tanstack/react-router'
import { Alert, Button, Card, Steps } from 'antd'
import { type ReactNode, useState } from 'react'
import type { AttachmentInput } from '#kernel/attachment.ts'
import { downloadUrl, mintId } from '#shell/api/client.ts'
import { asApiProblem } from '#shell/api/problem.ts'
import { useAction } from '#shell/api/queries.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import { StateTag } from '#shell/text/tags.tsx'
import { AttachmentField } from '#shell/upload/AttachmentField.tsx'
import { downloadTemplate, importExport, importList, importStates, startImport } from '../model/index.ts'

const accept = '.xlsx,.csv'

/** 导入台账, first step: a file goes up and is read; below, the imports begun before. */
export default function ImportsPage(): ReactNode {
  return (
    <>
      <PageHeader
        title="导入台账"
        words="把单位现有的隐患台账原样传上来，系统找表头、认列名，逐行核对后再导入，不会漏掉任何一行"
        actions={
          <Button href={downloadUrl(downloadTemplate, {})} download>
            下载空白模板
          </Button>
        }
      />
      <Upload />
      <Card size="small" title="我的导入">
        <RecordTable
          list={importList}
          cells={{ state: (row) => <StateTag state={importStates[row.state]} /> }}
          rowKey={(row) => row.id}
          href={(row) => `/hazards/import/${row.id}`}
          exporting={importExport}
          empty={{ why: '您还没有导入过台账', next: '选择一个 Excel 或 CSV 文件开始' }}
        />
      </Card>
    </>
  )
}

function Upload(): ReactNode {
  const navigate = useNavigate()
  const start = useAction(startImport)
  const [files, setFiles] = useState<AttachmentInput[]>([])
  const [pending, setPending] = useState(0)
  const problem = start.error && asApiProblem(start.error)
  const file = files[0]
  const read = async () => {
    if (!file) return
    const recordId = mintId()
    try {
      await start.mutateAsync({ recordId, input: { uploadId: file.uploadId } })
      await navigate({ to: `/hazards/import/${recordId}` as string })
    } catch {
      // The refusal stands above the button; the file stays chosen.
    }
  }
  return (
    <Card style={{ marginBottom: 12 }}>
      <Steps
        size="small"
        responsive={false}
        current={0}
        items={[{ title: '选择文件' }, { title: '核对' }, { title: '导入' }]}
        style={{ marginBottom: 16 }}
      />
      {problem && <Alert type="error" role="alert" title={problem.detail} style={{ marginBottom: 12 }} />}
      <AttachmentField
        value={files}
        onChange={setFiles}
        maxFiles={1}
        captioned={false}
        accept={accept}
        onPending={setPending}
      />
      <Button
        type="primary"
        style={{ marginTop: 12 }}
        disabled={!file || pending > 0}
        loading={start.isPending}
        onClick={() => void read()}
      >
        读取文件
      </Button>
    </Card>
  )
}
