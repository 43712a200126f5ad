import { Link } from '@tanstack/react-router'
import { Alert, Button, Select, Space } from 'antd'
import { type ReactNode, useState } from 'react'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import { type ImportRow, type ImportView, ledgerFields, listImportRows, rowStandings } from '../model/index.ts'
import { RowDialog } from './RowDialog.tsx'
import { useMapping } from './use-mapping.ts'

const years = [2022, 2023, 2024, 2025, 2026]
type DateField = 'foundOn' | 'dueOn' | 'closedOn'

/** Row by row: what each will become, and every problem with the place it stands in. */
export function RowReview({ view }: { view: ImportView }): ReactNode {
  const [standing, setStanding] = useState<ImportRow['standing'] | undefined>(view.counts.open ? 'open' : undefined)
  const [editing, setEditing] = useState<ImportRow>()
  const editable = view.state !== 'running'
  return (
    <>
      <YearQuestion view={view} />
      <RecordTable
        id="ledger-rows"
        label="台账各行"
        inAddress={false}
        contract={listImportRows}
        base={{ id: view.id, ...(standing ? { standings: [standing] } : {}) }}
        rowKey={(row) => String(row.row)}
        tools={
          <Select
            aria-label="按结果筛选"
            value={standing ?? 'all'}
            style={{ width: 150 }}
            options={[
              { value: 'all', label: '全部数据行' },
              ...Object.entries(rowStandings).map(([value, label]) => ({
                value,
                label: `${label}（${view.counts[value] ?? 0}）`,
              })),
            ]}
            onChange={(next) => setStanding(next === 'all' ? undefined : (next as ImportRow['standing']))}
          />
        }
        columns={[
          { key: 'row', title: '行', width: 60, align: 'right', hideable: false, render: (row) => row.row },
          { key: 'standing', title: '结果', width: 110, hideable: false, render: (row) => <Outcome row={row} /> },
          {
            key: 'unit',
            title: '单位',
            width: 190,
            render: (row) => row.corrections.unitName ?? row.cells.unitName ?? '',
          },
          {
            key: 'text',
            title: '隐患内容',
            render: (row) => row.corrections.description ?? row.cells.description ?? '',
          },
          {
            key: 'found',
            title: '发现时间',
            width: 110,
            render: (row) => row.corrections.foundOn ?? row.cells.foundOn ?? '',
          },
          { key: 'problems', title: '问题', width: 300, hideable: false, render: (row) => <Problems row={row} /> },
          {
            key: 'edit',
            title: '',
            width: 80,
            hideable: false,
            render: (row) =>
              editable && row.standing !== 'imported' && row.standing !== 'merged' ? (
                <Button size="small" onClick={() => setEditing(row)}>
                  更正
                </Button>
              ) : null,
          },
        ]}
        empty={{ why: '没有这一类的行' }}
      />
      {editing && <RowDialog view={view} row={editing} onClose={() => setEditing(undefined)} />}
    </>
  )
}

function Outcome({ row }: { row: ImportRow }): ReactNode {
  if (row.hazardId) {
    return (
      <Link to={`/hazards/${row.hazardId}` as string}>
        {rowStandings[row.standing]} {row.hazardNumber}
      </Link>
    )
  }
  return <span>{row.mergeRow ? `并入第${row.mergeRow}行` : rowStandings[row.standing]}</span>
}

function Problems({ row }: { row: ImportRow }): ReactNode {
  const words = row.problems.map((problem) => ({
    text: `${ledgerFields[problem.field].title}：${problem.message}`,
    strong: problem.kind !== 'note',
  }))
  if (row.reason && words.every((word) => !word.strong)) words.unshift({ text: row.reason, strong: true })
  return (
    <>
      {words.map((word) => (
        <div key={word.text} style={{ fontWeight: word.strong ? 600 : 400 }}>
          {word.text}
        </div>
      ))}
    </>
  )
}

/** Dates without a year are asked once for the whole column, and can still be answered row by row. */
function YearQuestion({ view }: { view: ImportView }): ReactNode {
  const { change, busy } = useMapping(view)
  const [chosen, setChosen] = useState(view.years)
  const fields: DateField[] = ['foundOn', 'dueOn', 'closedOn']
  if (!view.counts.open) return null
  return (
    <Alert
      type="info"
      style={{ marginBottom: 12 }}
      title="有的日期可能没有写年份。同一列都是同一年的，可在这里一次确认；不是同一年的，请逐行更正"
      description={
        <Space wrap>
          {fields.map((field) => (
            <Select
              key={field}
              aria-label={`${ledgerFields[field].title}的年份`}
              placeholder={`${ledgerFields[field].title}的年份`}
              value={chosen[field]}
              allowClear
              style={{ width: 170 }}
              options={years.map((year) => ({ value: year, label: `${ledgerFields[field].title}：${year}年` }))}
              onChange={(year) => setChosen((all) => ({ ...all, [field]: year }))}
            />
          ))}
          <Button loading={busy} onClick={() => void change({ years: chosen })}>
            确认年份
          </Button>
        </Space>
      }
    />
  )
}
