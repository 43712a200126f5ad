import { Alert, App, Button, InputNumber, Space } from 'antd'
import { type ReactNode, useState } from 'react'
import { asApiProblem } from '#shell/api/problem.ts'
import { useAction } from '#shell/api/queries.ts'
import { useNarrow } from '#shell/layout/narrow.ts'
import { type ImportView, maxHeaderRows, setHeader } from '../model/index.ts'

/** A title line in one cell must not push the other columns off the screen. */
const cell = {
  border: '1px solid #d9dde3',
  padding: '2px 6px',
  whiteSpace: 'nowrap',
  maxWidth: 160,
  overflow: 'hidden',
  textOverflow: 'ellipsis',
} as const

/** The first rows as they stand, and which of them are the header: found by nobody, a person points at it. */
export function HeaderPicker({ view }: { view: ImportView }): ReactNode {
  const { message } = App.useApp()
  const action = useAction(setHeader)
  const [was, until] = view.headerRows
  const [first, setFirst] = useState(was || null)
  const [last, setLast] = useState(until || null)
  const rows = first === null ? undefined : { first, last: Math.max(first, last ?? first) }
  const save = async () => {
    if (!rows) return
    try {
      const { output } = await action.mutateAsync({ recordId: view.id, version: view.version, input: { rows } })
      const found = Object.values(output.counts).reduce((sum, n) => sum + n, 0)
      message.success(`已按新的表头重新读取，数据${found}行`)
    } catch (error) {
      message.error(asApiProblem(error).detail)
    }
  }
  const inHeader = (row: number) => rows !== undefined && row >= rows.first && row <= rows.last
  return (
    <>
      {!was && (
        <Alert
          type="warning"
          style={{ marginBottom: 12 }}
          title="没有找到表头，请看下面的预览，填写列名所在的行号"
          description="列名占一行的，两个行号填一样；占两行的（如“五落实”下面分责任人、措施），填起始行和结束行"
        />
      )}
      <Space wrap style={{ marginBottom: 12 }}>
        <InputNumber aria-label="表头起始行" prefix="第" suffix="行" min={1} value={first} onChange={setFirst} />
        <span>至</span>
        <InputNumber
          aria-label="表头结束行"
          prefix="第"
          suffix="行"
          min={first ?? 1}
          max={(first ?? 1) + maxHeaderRows - 1}
          value={last}
          placeholder={first === null ? '' : String(first)}
          onChange={setLast}
        />
        <Button type="primary" disabled={!rows} loading={action.isPending} onClick={() => void save()}>
          按此表头读取
        </Button>
      </Space>
      <Preview view={view} inHeader={inHeader} onPick={setFirst} />
    </>
  )
}

interface PreviewProps {
  readonly view: ImportView
  inHeader(row: number): boolean
  onPick(row: number): void
}

function Preview(props: PreviewProps): ReactNode {
  return useNarrow() ? <PreviewCards {...props} /> : <PreviewTable {...props} />
}

const inColour = { background: '#e6efff', fontWeight: 600 }

/** On a phone a row is a button with the beginning of its cells: enough to know the header by. */
function PreviewCards({ view, inHeader, onPick }: PreviewProps): ReactNode {
  return (
    <ul className="zb-cards" aria-label="前20行预览">
      {view.preview.map(({ row, texts }) => (
        <li key={row}>
          <button
            type="button"
            className="zb-card"
            style={inHeader(row) ? inColour : {}}
            aria-label={`第${row}行是表头`}
            onClick={() => onPick(row)}
          >
            <div className="zb-clamp">
              {row}　{texts.filter((text) => text !== '').join('｜') || '（空行）'}
            </div>
          </button>
        </li>
      ))}
    </ul>
  )
}

function PreviewTable({ view, inHeader, onPick }: PreviewProps): ReactNode {
  return (
    <section style={{ overflowX: 'auto' }} aria-label="前20行预览">
      <table style={{ borderCollapse: 'collapse', background: '#ffffff' }}>
        <tbody>
          {view.preview.map(({ row, texts }) => (
            <tr key={row} style={inHeader(row) ? inColour : {}}>
              <th scope="row" style={cell}>
                <Button size="small" type="text" onClick={() => onPick(row)} aria-label={`第${row}行是表头`}>
                  {row}
                </Button>
              </th>
              {texts.map((text, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column's place is its identity here
                <td key={at} style={cell} title={text}>
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
