import type { Facets } from '#kernel/grants.ts'
import type { RecordType } from '#platform/actions/types.ts'
import { versionsIn } from '#platform/actions/versions.ts'
import type { ConfirmedZero, Freeze, Ledger, LedgerItem, SheetImport } from '../model/index.ts'
import type { LedgerBatch } from './batch.ts'
import { itemDeadlines } from './reminding.ts'
import { loadItem, saveItem } from './store.ts'
import { loadBatch, loadSheet, saveBatch, saveSheet } from './store-sheets.ts'
import { loadFreeze, loadZero, saveFreeze, saveZero } from './store-words.ts'

export const itemFacets = (item: Pick<LedgerItem, 'area' | 'sector' | 'unitId' | 'bodyId'>): Facets => ({
  area: item.area,
  sectors: item.sector === null ? [] : [item.sector],
  unitId: item.unitId,
  bodyIds: [item.bodyId],
})

export const itemRecord: RecordType<LedgerItem> = {
  type: 'ledgerItem',
  title: '台账事项',
  readPermission: 'ledger.read',
  load: loadItem,
  versions: versionsIn('ledger_item'),
  save: saveItem,
  facets: itemFacets,
  stateOf: ({ state }) => state,
  label: (item) => item.title,
  deadlines: itemDeadlines,
}

/** Of a ledger as a whole, in an area: within reach of the town, and of the departments of the ledger's sectors. */
export const zeroRecordOf = (ledgers: readonly Ledger[]): RecordType<ConfirmedZero> => ({
  type: 'ledgerZero',
  title: '零确认',
  readPermission: 'ledger.confirmZero',
  load: loadZero,
  versions: versionsIn('ledger_zero'),
  save: saveZero,
  facets({ ledger, area, bodyId }) {
    const sectors = ledgers.find(({ id }) => id === ledger)?.sectors ?? null
    return { area, sectors, unitId: null, bodyIds: bodyId === null ? [] : [bodyId] }
  },
  label: ({ ledger, area }) => `零确认 ${ledger} ${area}`,
})

export const freezeRecord: RecordType<Freeze> = {
  type: 'ledgerFreeze',
  title: '冻结存量',
  readPermission: 'ledger.freeze',
  load: (tx, county, id) => loadFreeze(tx, county, id),
  versions: versionsIn('ledger_freeze'),
  save: saveFreeze,
  facets: ({ county }) => ({ area: county, sectors: null, unitId: null, bodyIds: [] }),
  label: ({ ledger }) => `冻结存量 ${ledger}`,
}

/** A sheet is its account's own; what each row may become is asked row by row. */
const ownFacets = ({ county, accountId }: Pick<SheetImport, 'county' | 'accountId'>): Facets => ({
  area: county,
  sectors: null,
  unitId: null,
  bodyIds: [],
  ownerIds: [accountId],
})

export const sheetRecord: RecordType<SheetImport> = {
  type: 'ledgerSheet',
  title: '台账导入',
  readPermission: 'ledger.import',
  load: loadSheet,
  versions: versionsIn('ledger_sheet'),
  save: saveSheet,
  facets: ownFacets,
  label: ({ fileName }) => `导入“${fileName}”`,
}

export const batchRecord: RecordType<LedgerBatch> = {
  type: 'ledgerBatch',
  title: '台账导入批次',
  readPermission: 'ledger.import',
  load: (tx, county, id) => loadBatch(tx, county, id),
  versions: versionsIn('ledger_batch'),
  save: saveBatch,
  facets: ownFacets,
  label: ({ firstRow, nextRow }) => `台账导入（第${firstRow + 1}至${nextRow}行）`,
}
