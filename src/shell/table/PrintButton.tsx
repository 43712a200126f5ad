import { PrinterOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import type { ListColumn, ListSpec } from '#kernel/list/list.ts'
import { ask } from '../api/client.ts'
import { asApiProblem } from '../api/problem.ts'
import { useNarrow } from '../layout/narrow.ts'
import { useSession } from '../session/session.tsx'
import type { Search } from './types.ts'

/** More than a stack of paper: whoever wants more wants a file. */
const mostRows = 2000
const atOnce = 200

interface PrintButtonProps<R> {
  readonly list: ListSpec<R>
  readonly columns: readonly ListColumn<R>[]
  /** Filter and sorting of the list as it is shown. */
  readonly input: Search
  readonly words: readonly string[]
  readonly total: number | undefined
}

/** Prints every row the filter finds, not only the page on the screen; across A4, with the heading on every sheet. */
export function PrintButton<R>({ list, columns, input, words, total }: PrintButtonProps<R>): ReactNode {
  const { message, modal } = App.useApp()
  const narrow = useNarrow()
  const [rows, setRows] = useState<readonly R[]>()
  const [fetched, setFetched] = useState<number>()
  const fetchAll = async () => {
    setFetched(0)
    try {
      const found: R[] = []
      for (let page = 1; found.length < mostRows; page += 1) {
        const answer = await ask(list.contract, { ...input, page, size: atOnce })
        found.push(...answer.rows)
        setFetched(found.length)
        if (answer.rows.length < atOnce) break
      }
      setRows(found)
    } catch (error) {
      message.error(asApiProblem(error).detail)
    } finally {
      setFetched(undefined)
    }
  }
  const start = () => {
    if (total === undefined || total <= mostRows) return void fetchAll()
    modal.confirm({
      title: `共 ${total} 条，一次最多打印前 ${mostRows} 条`,
      content: '要全部内容请用“导出”，或先用筛选缩小范围',
      okText: `打印前 ${mostRows} 条`,
      onOk: () => void fetchAll(),
    })
  }
  return (
    <>
      <Button
        icon={<PrinterOutlined />}
        aria-label={fetched ? undefined : '打印'}
        loading={fetched !== undefined}
        disabled={!total}
        onClick={start}
      >
        {fetched ? `已取 ${fetched} 条` : !narrow && '打印'}
      </Button>
      {rows && (
        <Sheet
          title={list.title}
          columns={columns}
          rows={rows}
          words={words}
          total={total ?? rows.length}
          onDone={() => setRows(undefined)}
        />
      )}
    </>
  )
}

interface SheetProps<R> {
  readonly title: string
  readonly columns: readonly ListColumn<R>[]
  readonly rows: readonly R[]
  readonly words: readonly string[]
  readonly total: number
  onDone(): void
}

/** What goes to the printer. Stands beside the page, which hides while it is there. */
function Sheet<R>({ title, columns, rows, words, total, onDone }: SheetProps<R>): ReactNode {
  const { name, today, countyName, demo } = useSession()
  // biome-ignore lint/correctness/useExhaustiveDependencies: printed once, when the sheet has been drawn
  useEffect(() => {
    window.addEventListener('afterprint', onDone, { once: true })
    window.print()
    return () => window.removeEventListener('afterprint', onDone)
  }, [])
  const part = rows.length < total ? `前 ${rows.length} 条（共 ${total} 条，其余未打印）` : `共 ${total} 条`
  return createPortal(
    <div className="zb-sheet">
      {demo && <div className="zb-print-mark">演示数据：内容均为虚构</div>}
      <h1>
        {countyName} {title}
      </h1>
      <p>
        {part}；筛选：{words.join('；') || '无'}；打印人：{name}，{today}
      </p>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key}>{column.title}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the sheet never changes while it is there
            <tr key={at}>
              {columns.map((column) => (
                <td key={column.key}>{column.text(row)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>,
    document.body,
  )
}
