import { hazardStates } from '#capabilities/hazard/model/index.ts'
import { coreErrors, refuse } from '#kernel/errors.ts'
import { allowedActions } from '#kernel/lifecycle.ts'
import type { Day } from '#kernel/time.ts'
import { tableFile } from '#platform/excel/download.ts'
import { exportFacts } from '#platform/list/list-download.ts'
import {
  answer,
  download,
  type ExportDesk,
  type QueryContext,
  type RegisteredDownload,
  type RegisteredQuery,
} from '#platform/module/module.ts'
import {
  type BatchItemView,
  type BatchRow,
  type BatchView,
  batchContracts,
  batchLifecycle,
  exportBatch,
  getBatch,
  itemWords,
  type Listing,
  type ListingBatch,
  listBatchYears,
  progressOf,
  targetOf,
  yearStatus,
} from '../../model/index.ts'
import type { ListingDeps } from '../deps.ts'
import { entriesOf } from '../history.ts'
import { isOverdue } from '../queries/list.ts'
import { loadListingsOfBatches } from '../store.ts'
import { batchFacets, batchRecord } from './record-type.ts'
import { loadBatch, loadBatches } from './store.ts'

const contracts = new Map(batchContracts.map((contract) => [contract.id, contract]))

/** A batch the caller may see, or undefined. */
export async function visibleBatch(context: QueryContext, id: string): Promise<ListingBatch | undefined> {
  const batch = await loadBatch(context.db, context.county, id, false)
  return batch && context.can('listing.readBatch', batchFacets(batch)) ? batch : undefined
}

/** The last value of the year holds, so that the county may still set the day of the year it is in. */
export const targetIn = ({ environment }: QueryContext, year: number): Day =>
  targetOf(year, environment.parameters.text('listing.batch.targetDay', `${year}-12-31`))

function rowOf(context: QueryContext, batch: ListingBatch, listings: ReadonlyMap<string, Listing>): BatchRow {
  const items = batch.items.map(({ leftOut, listingId }) => {
    const listing = listingId ? listings.get(listingId) : undefined
    return { leftOut, listing: listing ? { ...listing, overdue: isOverdue(listing, context.today) } : null }
  })
  return {
    id: batch.id,
    version: batch.version,
    year: batch.year,
    sequence: batch.sequence,
    title: batch.title,
    state: batch.state,
    document: batch.document,
    meetingOn: batch.detail.approval?.meetingOn ?? null,
    publishedOn: batch.publishedOn,
    progress: progressOf(items),
  }
}

const years = (deps: ListingDeps): RegisteredQuery =>
  answer(listBatchYears, async (context) => {
    const { yearly } = deps
    const all = (await loadBatches(context.db, context.county)).filter((batch) =>
      context.can('listing.readBatch', batchFacets(batch)),
    )
    const listings = await loadListingsOfBatches(
      context.db,
      context.county,
      all.map(({ id }) => id),
    )
    const wanted = new Set([...(yearly?.years ?? []), ...all.map(({ year }) => year)])
    return {
      task: yearly ? { title: yearly.title, clause: yearly.clause, hazards: yearly.hazards } : null,
      years: [...wanted].sort().map((year) => {
        const batches = all.filter((batch) => batch.year === year)
        const none = batches.find(({ state }) => state === 'none')
        const target = targetIn(context, year)
        const { days, ...standing } = yearStatus(target, batches, context.today)
        return {
          year,
          target,
          ...standing,
          daysLate: days,
          none: none?.detail.none
            ? {
                id: none.id,
                version: none.version,
                ...none.detail.none,
                mayRevoke: context.can('listing.approve', batchFacets(none)),
              }
            : null,
          batches: batches.filter(({ state }) => state !== 'none').map((batch) => rowOf(context, batch, listings)),
        }
      }),
    }
  })

async function itemViews(
  deps: ListingDeps,
  context: QueryContext,
  batch: ListingBatch,
  listings: ReadonlyMap<string, Listing>,
): Promise<BatchItemView[]> {
  const ids = batch.items.map(({ hazardId }) => hazardId)
  const hazards = await deps.hazards.some(context.db, context.county, ids)
  return batch.items.map((item) => {
    const hazard = hazards.get(item.hazardId)
    const listing = item.listingId ? listings.get(item.listingId) : undefined
    const body = listing?.supervisingBodyId
    return {
      ...item,
      areaName: deps.directory.areaName(context.county, item.area),
      description: hazard?.description ?? '',
      hazardState: hazard ? hazardStates[hazard.state].label : '',
      listing: listing
        ? {
            id: listing.id,
            state: listing.state,
            document: listing.document,
            supervisingBodyName: body ? deps.directory.bodyName(context.county, body) : null,
            dueOn: listing.dueOn,
            overdue: isOverdue(listing, context.today),
            publicisedOn: listing.publicisedOn,
            hazardClosedOn: listing.hazardClosedOn,
            endedOn: listing.endedOn,
          }
        : null,
    }
  })
}

async function viewOf(deps: ListingDeps, context: QueryContext, batch: ListingBatch): Promise<BatchView> {
  const { county } = context
  const listings = await loadListingsOfBatches(context.db, county, [batch.id])
  const body = (id: string | null) => (id ? deps.directory.bodyName(county, id) : null)
  const facets = batchFacets(batch)
  const { detail } = batch
  const viewer = { accountId: context.actor.accountId, originals: true }
  const [timeline, attachments, items] = await Promise.all([
    entriesOf(context, batchRecord.type, batch.id, contracts),
    deps.files.list(context.db, county, batchRecord.type, batch.id, viewer),
    itemViews(deps, context, batch, listings),
  ])
  return {
    ...rowOf(context, batch, listings),
    sector: batch.sector,
    sectorName: deps.directory.sectorName(county, batch.sector),
    hazards: deps.yearly?.hazards ?? '重大事故隐患',
    target: targetIn(context, batch.year),
    listingBodyName: body(batch.listingBodyId),
    drafterBodyName: body(batch.drafterBodyId),
    note: detail.note,
    draftedBy: detail.draftedBy,
    draftedOn: detail.draftedOn,
    submission: detail.submission,
    returns: [...detail.returns],
    approval: detail.approval,
    publication: detail.publication,
    none: detail.none,
    voided: detail.voided,
    items,
    attachments,
    timeline,
    allowedActions: allowedActions(batchLifecycle, { record: batch, actor: context.actor }, (action) => {
      const contract = contracts.get(action)
      return contract !== undefined && context.can(contract.permission, facets)
    }),
  }
}

export const batchQueries = (deps: ListingDeps): RegisteredQuery[] => [
  years(deps),
  answer(getBatch, async (context, { id }) => {
    const batch = (await visibleBatch(context, id)) ?? refuse(coreErrors.notFound)
    return viewOf(deps, context, batch)
  }),
]

const columns = [
  { title: '序号', width: 6 },
  { title: '单位', width: 26 },
  { title: '所在地', width: 14 },
  { title: '隐患编号', width: 16 },
  { title: '隐患', width: 46 },
  { title: '文号', width: 20 },
  { title: '督办责任部门', width: 18 },
  { title: '办理期限', width: 12 },
  { title: '进展', width: 16 },
  { title: '销案日期', width: 12 },
]

/** 年度挂牌名单: what the meeting listed and how far it is, as a table to hand in. */
export function batchDownload(deps: ListingDeps, desk: ExportDesk): RegisteredDownload {
  return download(exportBatch, async (context, { id, format }) => {
    const batch = (await visibleBatch(context, id)) ?? refuse(coreErrors.notFound)
    const view = await viewOf(deps, context, batch)
    const kept = view.items.filter(({ leftOut }) => leftOut === null)
    const title = '年度挂牌名单'
    const words = batch.title
    const titles = columns.map((column) => column.title)
    const taken = { title, filter: { id }, words, columns: titles, rows: kept.length, format }
    await desk.log(context.actor, context.now, taken)
    const rows = kept.map((item, at) => [
      at + 1,
      item.unitName,
      item.areaName,
      item.hazardNumber,
      item.description,
      item.listing?.document ?? '',
      item.listing?.supervisingBodyName ?? '',
      item.listing?.dueOn ?? '',
      itemWords(item),
      item.listing?.state === 'delisted' ? item.listing.endedOn : '',
    ])
    return tableFile(context, {
      name: `${batch.title}名单`,
      title,
      columns,
      rows,
      format,
      about: exportFacts(context, title, words),
    })
  })
}
