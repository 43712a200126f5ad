import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { QueryContract } from '#kernel/contract.ts'
import { downloadUrl } from '../api/client.ts'
import { useCan } from '../session/session.tsx'

interface ExportButtonProps {
  readonly contract: QueryContract
  readonly input: unknown
  readonly label?: string
}

/** Downloads what the list shows, by the same filters; the browser's own download shows the progress and the cancel. */
export function ExportButton({ contract, input, label = '导出' }: ExportButtonProps): ReactNode {
  if (!useCan(contract.permission)) return null
  return (
    <Button icon={<DownloadOutlined />} href={downloadUrl(contract, input)} download>
      {label}
    </Button>
  )
}
