import { DownloadOutlined } from '@ant-design/icons'
import { App, Button, Dropdown, Space } from 'antd'
import type { ReactNode } from 'react'
import type { QueryContract } from '#kernel/contract.ts'
import type { ListExport } from '#kernel/list/list.ts'
import { downloadUrl } from '../api/client.ts'
import { type Download, useDownload } from '../api/download.ts'
import { useCan } from '../session/session.tsx'
import { formatNumber, formatSize } from '../text/format.ts'
import type { Search } from './types.ts'

function useSaying(): Download {
  const { message } = App.useApp()
  return useDownload(({ detail }) => void message.error(detail, 8))
}

/** How far a file has come, and how to stop it. */
function Coming({ download }: { download: Download }): ReactNode {
  const { progress } = download
  if (!progress) return null
  const rows = progress.rows === undefined ? '' : ` ${formatNumber(progress.rows)} 行`
  return (
    <span role="status">
      正在导出{rows}，已收到 {formatSize(progress.received)}
      <Button type="link" size="small" onClick={download.cancel}>
        取消
      </Button>
    </span>
  )
}

interface ExportButtonProps {
  readonly contract: QueryContract
  readonly input: unknown
  readonly label: string
}

/** Downloads one file that is always made in the same way. */
export function ExportButton({ contract, input, label }: ExportButtonProps): ReactNode {
  const download = useSaying()
  if (!useCan(contract.permission)) return null
  return (
    <>
      <Coming download={download} />
      <Button
        icon={<DownloadOutlined />}
        disabled={download.progress !== undefined}
        onClick={() => void download.start(downloadUrl(contract, input))}
      >
        {label}
      </Button>
    </>
  )
}

interface ExportMenuProps<R> {
  readonly exporting: ListExport<R>
  /** Filter and sorting of the list as it is shown. */
  readonly input: Search
  /** Keys of the columns the person sees, in their order. */
  readonly shown: readonly string[]
}

/** Takes the list out as it is seen, with all columns, or as plain text for another program. */
export function ExportMenu<R>({ exporting: { contract, list }, input, shown }: ExportMenuProps<R>): ReactNode {
  const download = useSaying()
  if (!useCan(contract.permission)) return null
  const all = list.columns.map(({ key }) => key)
  const ways = {
    shown: { label: 'Excel：显示的列', columns: shown, format: 'xlsx' },
    all: { label: `Excel：全部 ${all.length} 列`, columns: all, format: 'xlsx' },
    csv: { label: 'CSV：显示的列', columns: shown, format: 'csv' },
  } as const
  const start = ({ columns, format }: (typeof ways)[keyof typeof ways]) =>
    void download.start(downloadUrl(contract, { ...input, columns, format }))
  const items = Object.entries(ways).map(([key, way]) => ({ key, label: way.label, onClick: () => start(way) }))
  const busy = download.progress !== undefined
  return (
    <>
      <Coming download={download} />
      <Space.Compact>
        <Button icon={<DownloadOutlined />} disabled={busy} onClick={() => start(ways.shown)}>
          导出
        </Button>
        <Dropdown menu={{ items }} trigger={['click']} disabled={busy} placement="bottomRight">
          <Button aria-label="其他导出方式">▾</Button>
        </Dropdown>
      </Space.Compact>
    </>
  )
}
