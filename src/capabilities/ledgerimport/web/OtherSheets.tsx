import { Link, useNavigate } from '@tanstack/react-router'
import { Alert, App, Button, Space } from 'antd'
import type { ReactNode } from 'react'
import { mintId } from '#shell/api/client.ts'
import { asApiProblem } from '#shell/api/problem.ts'
import { useAction } from '#shell/api/queries.ts'
import { type ImportView, startImport } from '../model/index.ts'

/** A workbook often holds a sheet per town: those not read are named, with the way to each. */
export function OtherSheets({ view }: { view: ImportView }): ReactNode {
  const { message } = App.useApp()
  const navigate = useNavigate()
  const start = useAction(startImport)
  const { otherSheets } = view
  if (otherSheets.length === 0) return null
  const unread = otherSheets.filter((sheet) => sheet.importId === null)
  const read = async (sheet: string) => {
    const recordId = mintId()
    try {
      await start.mutateAsync({ recordId, input: { uploadId: view.uploadId, sheet } })
      await navigate({ to: `/hazards/import/${recordId}` as string })
    } catch (error) {
      message.error(asApiProblem(error).detail)
    }
  }
  return (
    <Alert
      type={unread.length > 0 ? 'warning' : 'info'}
      style={{ marginBottom: 12 }}
      title={
        unread.length > 0
          ? `另有${unread.length}张工作表未读：${unread.map((sheet) => sheet.name).join('、')}`
          : '文件中的其他工作表都已读取'
      }
      description={
        <Space wrap>
          {otherSheets.map(({ name, importId }) =>
            importId === null ? (
              <Button key={name} loading={start.isPending} onClick={() => void read(name)}>
                读取“{name}”
              </Button>
            ) : (
              <Link key={name} to={`/hazards/import/${importId}` as string}>
                “{name}”的导入
              </Link>
            ),
          )}
        </Space>
      }
    />
  )
}
