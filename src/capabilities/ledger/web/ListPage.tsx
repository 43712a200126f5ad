import { BarChartOutlined, ImportOutlined, PlusOutlined } from '@ant-design/icons'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import { type ReactNode, useMemo } from 'react'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import type { Control } from '#shell/table/types.ts'
import {
  allClauses,
  exportOf,
  faceOf,
  filterNames,
  type Ledger,
  type LedgerRow,
  narrowingFields,
} from '../model/index.ts'
import { type LedgerView, useChoices, useLedger } from './options.ts'
import { ComputedWords, ItemCard, ItemDue, ItemMarks } from './words.tsx'

/** One ledger: everything in it that this person may see. */
export default function ListPage(): ReactNode {
  const { ledger: id = '' } = useParams({ strict: false }) as { ledger?: string }
  const answer = useLedger(id)
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  // Another ledger is another list, with columns and saved filters of its own.
  return <LedgerList key={id} view={answer.data} />
}

/** The filters people use everywhere, and those the pack wants. */
function controlsOf(ledger: Ledger): Control[] {
  const own = narrowingFields(ledger).map((field): Control => {
    const narrowing = faceOf(field).narrowing(field)
    const [name = '', to = ''] = narrowing ? filterNames(field, narrowing) : []
    return narrowing?.kind === 'span' && narrowing.of === 'day' ? [name, to, field.title] : name
  })
  // Two ends of numbers would be two boxes; they can be reached by a link and by the address.
  const shown = own.filter((control) => typeof control !== 'string' || !/_from$/.test(control))
  return ['text', 'area', 'states', 'late', ...(ledger.body ? [] : ['body']), ...shown, ...(ledger.due ? ['soon'] : [])]
}

const cellsOf = (ledger: Ledger) => ({
  state: (row: LedgerRow) => <ItemMarks row={row} />,
  due: (row: LedgerRow) => <ItemDue row={row} />,
  ...Object.fromEntries(
    ledger.computed.map(({ id }) => [id, (row: LedgerRow) => <ComputedWords found={row.computed[id]} />]),
  ),
})

function LedgerList({ view }: { view: LedgerView }): ReactNode {
  const { ledger } = view
  const exporting = useMemo(() => exportOf(ledger), [ledger])
  const controls = useMemo(() => controlsOf(ledger), [ledger])
  const cells = useMemo(() => cellsOf(ledger), [ledger])
  const choices = useChoices()
  return (
    <>
      <PageHeader title={ledger.title} words={<Words view={view} />} actions={<Tools view={view} />} />
      <RecordTable
        list={exporting.list}
        cells={cells}
        controls={controls}
        choices={choices}
        base={{ ledger: ledger.id }}
        rowKey={(row) => row.id}
        href={(row) => `/ledgers/${ledger.id}/items/${row.id}`}
        card={(row, tools) => <ItemCard row={row} tools={tools} />}
        exporting={exporting}
        empty={{
          why: `还没有登记《${ledger.title}》的事项`,
          next: view.mayAdd ? '可以逐项登记或导入表格；确实没有的，请到“统计”中按乡镇确认为零' : '由责任部门和乡镇登记',
        }}
      />
    </>
  )
}

function Words({ view: { ledger, stockOn } }: { view: LedgerView }): ReactNode {
  return (
    <>
      <Link to="/ledgers">台账</Link>，{ledger.about}
      <div className="zb-line">
        <span>对象：{ledger.population.words}</span>
        {ledger.due?.on && <span>期限 {ledger.due.on}</span>}
        {stockOn && <span>存量日 {stockOn}</span>}
        <span>方案条款 {allClauses(ledger).join('、')}</span>
      </div>
    </>
  )
}

function Tools({ view: { ledger, mayAdd, mayImport } }: { view: LedgerView }): ReactNode {
  const navigate = useNavigate()
  const go = (part: string) => void navigate({ to: `/ledgers/${ledger.id}/${part}` as string })
  return (
    <>
      <Button icon={<BarChartOutlined />} onClick={() => go('numbers')}>
        统计
      </Button>
      {mayImport && (
        <Button icon={<ImportOutlined />} onClick={() => go('import')}>
          导入
        </Button>
      )}
      {mayAdd && (
        <Button type="primary" icon={<PlusOutlined />} onClick={() => go('new')}>
          登记
        </Button>
      )}
    </>
  )
}
