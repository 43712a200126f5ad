import { Alert, Button, Select, Table } from 'antd'
import { type ReactNode, useState } from 'react'
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
  const missing = neededFields.filter((field) => columns[field] === undefined)
  return (
    <>
      {view.remembered && <Remembered onForget={() => setColumns(proposeColumns(view.header))} />}
      <Table
        size="small"
        rowKey="col"
        pagination={false}
        dataSource={[...view.header]}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: '台账中的列', dataIndex: 'heading' },
          {
            title: '前几行的内容',
            render: (_, row) => <div style={{ maxWidth: 'min(420px, 45vw)' }}>{row.sample.join('；')}</div>,
          },
          {
            title: '对应项目',
            width: 220,
            render: (_, row) => (
              <Select
                aria-label={`“${row.heading}”对应项目`}
                value={fieldOf(row.col)}
                allowClear
                placeholder="不导入这一列"
                style={{ width: '100%' }}
                options={ledgerFieldIds.map((field) => ({ value: field, label: ledgerFields[field].title }))}
                onChange={(field) => assign(row.col, field)}
              />
            ),
          },
        ]}
      />
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
