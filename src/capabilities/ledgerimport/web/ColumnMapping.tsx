import { Alert, Button, Select, Table } from 'antd'
import { type ReactNode, useState } from 'react'
import { useNarrow } from '#shell/layout/narrow.ts'
import {
  type ImportView,
  type LedgerField,
  ledgerFieldIds,
  ledgerFields,
  neededFields,
  proposeColumns,
} from '../model/index.ts'
import { useMapping } from './use-mapping.ts'

/** Which column of the ledger is what; a column nobody needs is left without a meaning. */
export function ColumnMapping({ view }: { view: ImportView }): ReactNode {
  const { change, busy } = useMapping(view)
  const [columns, setColumns] = useState<Partial<Record<LedgerField, number>>>(view.columns)
  const fieldOf = (col: number) => ledgerFieldIds.find((field) => columns[field] === col)
  const assign = (col: number, field: LedgerField | undefined) => {
    const next = Object.fromEntries(Object.entries(columns).filter(([name, at]) => at !== col && name !== field))
    setColumns(field ? { ...next, [field]: col } : next)
  }
  const narrow = useNarrow()
  const shown = { columns: view.header, fieldOf, onAssign: assign }
  const missing = neededFields.filter((field) => columns[field] === undefined)
  return (
    <>
      {view.remembered && <Remembered onForget={() => setColumns(proposeColumns(view.header))} />}
      {narrow ? <ColumnCards {...shown} /> : <ColumnTable {...shown} />}
      <Button
        type="primary"
        style={{ marginTop: 12 }}
        loading={busy}
        disabled={missing.length > 0}
        onClick={() => void change({ columns })}
      >
        {missing.length > 0
          ? `还缺：${missing.map((field) => ledgerFields[field].title).join('、')}`
          : '按此对应重新核对'}
      </Button>
    </>
  )
}

type Column = ImportView['header'][number]

interface ColumnsProps {
  readonly columns: readonly Column[]
  fieldOf(col: number): LedgerField | undefined
  onAssign(col: number, field: LedgerField | undefined): void
}

function ColumnTable(props: ColumnsProps): ReactNode {
  return (
    <Table
      size="small"
      rowKey="col"
      pagination={false}
      dataSource={[...props.columns]}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: '台账中的列', dataIndex: 'heading' },
        {
          title: '前几行的内容',
          render: (_, column) => <div style={{ maxWidth: 'min(420px, 45vw)' }}>{column.sample.join('；')}</div>,
        },
        { title: '对应项目', width: 220, render: (_, column) => <Field {...props} column={column} /> },
      ]}
    />
  )
}

/** On a phone a card each: the choice would stand beyond the edge of a table. */
function ColumnCards(props: ColumnsProps): ReactNode {
  return (
    <ul className="zb-cards" aria-label="列对应">
      {props.columns.map((column) => (
        <li key={column.col} className="zb-card">
          <strong>{column.heading}</strong>
          <div className="zb-clamp">{column.sample.join('；')}</div>
          <Field {...props} column={column} />
        </li>
      ))}
    </ul>
  )
}

function Field({ column, fieldOf, onAssign }: ColumnsProps & { readonly column: Column }): ReactNode {
  return (
    <Select
      aria-label={`“${column.heading}”对应项目`}
      value={fieldOf(column.col)}
      allowClear
      placeholder="不导入这一列"
      style={{ width: '100%' }}
      options={ledgerFieldIds.map((field) => ({ value: field, label: ledgerFields[field].title }))}
      onChange={(field) => onAssign(column.col, field)}
    />
  )
}

function Remembered({ onForget }: { onForget(): void }): ReactNode {
  return (
    <Alert
      type="info"
      style={{ marginBottom: 12 }}
      title="上次对应：本单位以前导入过列名相同的台账，已按上次的对应关系识别"
      action={<Button onClick={onForget}>不用上次的，重新识别</Button>}
    />
  )
}
