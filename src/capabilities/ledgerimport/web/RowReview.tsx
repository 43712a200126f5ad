import { Link } from '@tanstack/react-router'
import { Button, Select, Typography } from 'antd'
import { type ReactNode, useState } from 'react'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import {
  type ImportRow,
  type ImportView,
  importRowExport,
  importRowList,
  rowRemarks,
  rowStandings,
} from '../model/index.ts'
import { RowDialog } from './RowDialog.tsx'
import { SheetQuestions } from './SheetQuestions.tsx'

type Standing = ImportRow['standing']

const descriptionOf = (row: ImportRow) => row.corrections.description ?? row.cells.description ?? ''
const foundOf = (row: ImportRow) => row.corrections.foundOn ?? row.cells.foundOn ?? ''

interface RowReviewProps {
  readonly view: ImportView
  /** Which rows are shown; all of them when undefined. */
  readonly standing: Standing | undefined
  onStanding(standing: Standing | undefined): void
}

/** Row by row: what each will become, and every problem with the place it stands in. */
export function RowReview({ view, standing, onStanding }: RowReviewProps): ReactNode {
  const [editing, setEditing] = useState<ImportRow>()
  const mayEdit = (row: ImportRow) =>
    view.state !== 'running' && row.standing !== 'imported' && row.standing !== 'merged'
  const edit = (row: ImportRow) =>
    mayEdit(row) && (
      <Button size="small" onClick={() => setEditing(row)}>
        更正
      </Button>
    )
  return (
    <>
      <SheetQuestions key={view.version} view={view} />
      <RecordTable
        list={importRowList}
        exporting={importRowExport}
        address="rows"
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
                disabled: !view.counts[value as Standing],
              })),
            ]}
            onChange={(next) => onStanding(next === 'all' ? undefined : (next as Standing))}
          />
        }
        cells={{
          standing: (row) => <Outcome row={row} />,
          unit: (row) => <Unit row={row} />,
          problems: (row) => <Problems row={row} />,
        }}
        rowTools={edit}
        card={(row, tools) => <RowCard row={row} tools={tools} />}
        empty={{ why: '没有这一类的行' }}
      />
      {editing && <RowDialog view={view} row={editing} onClose={() => setEditing(undefined)} />}
    </>
  )
}

/** On a phone: which row, what is wrong with it and the way to put it right first, then what it says. */
function RowCard({ row, tools }: { row: ImportRow; tools: ReactNode }): ReactNode {
  return (
    <div style={{ display: 'grid', gap: 4 }}>
      <div style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
        <strong>第{row.row}行</strong>
        <span style={{ flex: 1 }}>
          <Outcome row={row} />
        </span>
        {tools}
      </div>
      <Problems row={row} />
      <div>{descriptionOf(row)}</div>
      <div>
        <Unit row={row} />
      </div>
      <div>发现时间：{foundOf(row) || '没有写'}</div>
    </div>
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

/** The name as the ledger has it, and whose row of the directory it is. */
function Unit({ row }: { row: ImportRow }): ReactNode {
  const name = row.corrections.unitName ?? row.cells.unitName ?? ''
  if (row.unitName === null) {
    return (
      <>
        {name}
        <br />
        {name && <Typography.Text type="secondary">{row.unitFixed ? '不关联名录' : '名录中未对应'}</Typography.Text>}
      </>
    )
  }
  return (
    <>
      {name}
      <br />
      <Typography.Text type="secondary">
        {row.unitName === name ? '已对应名录' : `对应名录：${row.unitName}`}
      </Typography.Text>
    </>
  )
}

function Problems({ row }: { row: ImportRow }): ReactNode {
  return (
    <>
      {rowRemarks(row).map((word) => (
        <div key={word.text} style={{ fontWeight: word.strong ? 600 : 400 }}>
          {word.text}
        </div>
      ))}
    </>
  )
}
