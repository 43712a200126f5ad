import type { ReactNode } from 'react'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import { type LedgerRow, ledgerItemExport } from '../model/index.ts'
import { useChoices } from './options.ts'
import { ItemCard, ItemDue, ItemMarks } from './words.tsx'

const controls = ['text', 'area', 'stateTypes', 'late', 'body', 'sector', 'soon']
const cells = {
  state: (row: LedgerRow) => <ItemMarks row={row} />,
  due: (row: LedgerRow) => <ItemDue row={row} />,
}

/** Items of all ledgers: what a department has to finish, what a unit has anywhere. */
export default function AllItemsPage(): ReactNode {
  return (
    <>
      <PageHeader title="台账事项" words="所有台账中您能看到的事项，未办结的在前，先到期的在前。" />
      <RecordTable
        list={ledgerItemExport.list}
        cells={cells}
        controls={controls}
        choices={useChoices()}
        rowKey={(row) => row.id}
        href={(row) => `/ledgers/${row.ledgerId}/items/${row.id}`}
        card={(row, tools) => <ItemCard row={row} tools={tools} ledger />}
        exporting={ledgerItemExport}
        empty={{ why: '还没有您能看到的台账事项', next: '从台账总览打开一本台账登记或导入' }}
      />
    </>
  )
}
