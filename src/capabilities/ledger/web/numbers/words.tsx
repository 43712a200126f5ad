import { type ReactNode, useState } from 'react'
import { mintId } from '#shell/api/client.ts'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import { useToday } from '#shell/session/session.tsx'
import { confirmZero, freezeStock, type LedgerStatistics, liftZero } from '../../model/index.ts'
import type { LedgerView } from '../options.ts'

/** Who says that a town has nothing, or the way to say it; nothing is assumed of a town that is silent. */
export function ZeroCell(props: {
  view: LedgerView
  row: LedgerStatistics['areas'][number]
  past: boolean
}): ReactNode {
  const { view, row, past } = props
  const [recordId] = useState(mintId)
  if (row.due > 0) return null
  if (row.zero) {
    const { by, on, statement, id, version } = row.zero
    return (
      <>
        {by} {on} 确认为零：{statement}{' '}
        {view.mayConfirm && !past && (
          <ActionButton
            contract={liftZero}
            label="撤回"
            recordId={id}
            version={version}
            subject={`${row.name}　${view.ledger.title}`}
            fields={[{ kind: 'area', name: 'reason', label: '撤回的原因', max: 500, rows: 2, required: true }]}
          />
        )}
      </>
    )
  }
  if (past || !view.mayConfirm) return '没有登记，也没有确认'
  return (
    <ActionButton
      // Each confirmation is a record of its own: after one was taken back the next needs another id.
      key={recordId}
      contract={confirmZero}
      label="确认为零"
      recordId={recordId}
      about={`${view.ledger.id} ${row.area}`}
      subject={`${row.name}　${view.ledger.title}`}
      fixed={{ ledger: view.ledger.id, area: row.area }}
      fields={[
        {
          kind: 'area',
          name: 'statement',
          label: '排查确认的情况',
          max: 500,
          rows: 3,
          required: true,
          help: `写明怎样排查、确认没有${view.ledger.population.words}；确认人和日期自动记录`,
        },
      ]}
    />
  )
}

/** The committee office's word on which day's items are the stock. */
export function FreezeButton({ view }: { view: LedgerView }): ReactNode {
  const today = useToday()
  const [recordId, renew] = useState(mintId)
  return (
    <ActionButton
      key={recordId}
      contract={freezeStock}
      recordId={recordId}
      about={view.ledger.id}
      subject={view.ledger.title}
      fixed={{ ledger: view.ledger.id }}
      initial={{ on: view.stockOn ?? today }}
      onDone={() => renew(mintId())}
      doneText={({ stock }) => `已冻结，存量 ${stock} 项`}
      fields={[
        {
          kind: 'day',
          name: 'on',
          label: '存量日',
          max: today,
          required: true,
          help: '这一天前列入的为存量，以后的为新增，分开统计',
        },
        { kind: 'area', name: 'reason', label: '冻结的依据', max: 500, rows: 2, required: true },
      ]}
    />
  )
}
