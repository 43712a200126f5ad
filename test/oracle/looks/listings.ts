import * as l from '#capabilities/listing/model/index.ts'
import { pick, type Question } from '../draw.ts'
import type { Sides } from '../reading.ts'
import type { Visit } from '../visit.ts'

export const listingOperations = [
  ...[l.listListings, l.listingExport.contract, l.getListing],
  ...[l.listBatchYears, l.getBatch, l.exportBatch],
]

interface ListingRow {
  readonly id: string
  readonly hazard_id: string
  readonly area: string
  readonly sector: string
  readonly unit_id: string | null
  readonly state: l.ListingState
  readonly ordered_on: string | null
  readonly proposer_body_id: string | null
  readonly listing_body_id: string | null
  readonly supervising_body_id: string | null
}

/** A unit hears of a listing by its order; what comes before is between the authorities. */
const sides = (row: ListingRow): Sides => ({
  area: row.area,
  sectors: [row.sector],
  unitId: row.ordered_on === null ? null : row.unit_id,
  bodies: [row.proposer_body_id, row.listing_body_id, row.supervising_body_id],
})

export async function lookAtListings(visit: Visit, question: Question): Promise<void> {
  const { pool } = visit.world.product.product.database
  const { rows } = await pool.query<ListingRow>('select * from listing')
  const [units, states] = [
    question.units,
    question.picks.slice(0, 2).map((at) => l.listingStateIds[at % l.listingStateIds.length] ?? 'proposed'),
  ]
  const place = {
    ...('area' in units ? { area: units.area } : {}),
    ...('sector' in units ? { sector: units.sector } : {}),
  }
  for (const filter of [{}, place, { states }] as { area?: string; sector?: string; states?: l.ListingState[] }[]) {
    const list = await visit.ask(l.listListings, { ...filter, size: 200 })
    if (!list) break
    const expected = rows.filter(
      (row) =>
        visit.reading.may('listing.read', sides(row)) &&
        row.area.startsWith(filter.area ?? '') &&
        (filter.sector ?? row.sector) === row.sector &&
        (filter.states ?? [row.state]).includes(row.state),
    )
    visit.sameIds(`listing.list ${JSON.stringify(filter)}`, list.rows, expected)
    visit.same(`listing.list ${JSON.stringify(filter)} total`, list.total, expected.length)
    const file = await visit.lines(l.listingExport.contract, filter, '隐患编号', '状态')
    const words = expected.map(({ hazard_id: id, state }) => {
      return `${visit.world.chronicle.hazardAt(id, undefined)?.number} ${l.listingStates[state].label}`
    })
    if (file) visit.same(`listing.export ${JSON.stringify(filter)}`, file.sort(), words.sort())
  }
  await compareBatches(visit, question)
  for (const row of pick(rows, question.picks.slice(0, 4))) {
    const seen = visit.reading.may('listing.read', sides(row))
    const view = await visit.read(l.getListing, row.id, seen)
    if (view) await visit.buttons(l.listingLifecycle, view, sides(row))
    await visit.attempt('listing.reject', row.id, { reason: '可由部门督办，不需挂牌' }, seen, sides(row))
  }
}

interface BatchRow {
  readonly id: string
  readonly state: l.BatchState
  readonly area: string
  readonly sector: string
  readonly drafter_body_id: string | null
  readonly listing_body_id: string | null
  readonly kept: number
}

const batchSides = (row: BatchRow): Sides => {
  return { area: row.area, sectors: [row.sector], unitId: null, bodies: [row.drafter_body_id, row.listing_body_id] }
}

async function batchesIn({ world }: Visit): Promise<BatchRow[]> {
  const { rows } = await world.product.product.database.pool.query<BatchRow>(
    `select b.*, (select count(*) from listing_batch_item i
       where i.county = b.county and i.batch_id = b.id and i.left_out is null) as kept from listing_batch b`,
  )
  return rows
}

/** Which listings and batches this person may open, by id. */
export async function listingsInSight(visit: Visit): Promise<Map<string, boolean>> {
  const { rows } = await visit.world.product.product.database.pool.query<ListingRow>('select * from listing')
  const batches = await batchesIn(visit)
  return new Map([
    ...rows.map((row) => [row.id, visit.reading.may('listing.read', sides(row))] as const),
    ...batches.map((row) => [row.id, visit.reading.may('listing.readBatch', batchSides(row))] as const),
  ])
}

/** The yearly batches, the paper and the file of each; a voided one is shown to whoever still has its address. */
async function compareBatches(visit: Visit, { picks }: Question): Promise<void> {
  const rows = await batchesIn(visit)
  const seen = rows.filter((row) => visit.reading.may('listing.readBatch', batchSides(row)))
  const answer = await visit.ask(l.listBatchYears)
  if (answer) {
    const shown = answer.years.flatMap(({ batches, none }: l.BatchYear) => [...batches, ...(none ? [none] : [])])
    visit.sameIds(
      'listing.batchYears',
      shown,
      seen.filter(({ state }) => state !== 'voided'),
    )
  }
  for (const row of pick(rows, picks.slice(0, 2))) {
    const inSight = seen.includes(row)
    const view = await visit.read(l.getBatch, row.id, inSight)
    if (view) await visit.buttons(l.batchLifecycle, view, batchSides(row))
    await visit.attempt('listing.returnBatch', row.id, { reason: '材料需要补充' }, inSight, batchSides(row))
    if (!inSight) await visit.read(l.exportBatch, row.id, false)
    else visit.same('listing.exportBatch', (await visit.sheet(l.exportBatch, { id: row.id }))?.length, row.kept + 1)
  }
}
