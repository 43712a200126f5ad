import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as criteria from '#capabilities/criteria/model/index.ts'
import * as directory from '#capabilities/directory/model/index.ts'
import { listChains } from '#capabilities/task/model/index.ts'
import type { QueryContract } from '#kernel/contract.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'
import { openWeb, type Web } from '#test/kit/web.ts'
import { readsElsewhere } from '../contracts/elsewhere.ts'
import { anyQuestion, type Question } from './draw.ts'
import { accountOperations, lookAtAccounts } from './looks/accounts.ts'
import { directoryOperations, lookAtDirectory } from './looks/directory.ts'
import { hazardOperations, hazardsFor, lookAtHazards } from './looks/hazards.ts'
import { ledgerOperations, lookAtLedgers } from './looks/ledgers.ts'
import { listingOperations, lookAtListings } from './looks/listings.ts'
import { lookAtOwn, ownOperations } from './looks/own.ts'
import { lookAtStatistics, statisticsOperations } from './looks/statistics.ts'
import { lookAtSystem, systemOperations } from './looks/system.ts'
import { lookAtWork, workOperations } from './looks/work.ts'
import { readPage } from './page.ts'
import { readFor } from './reading.ts'
import { Visit } from './visit.ts'
import { anyGrant, type DrawnGrant, openVisitor, type Visitor } from './visitor.ts'
import { openWorld, type World } from './world.ts'

let product: TestProduct
let web: Web
let world: World
let visitor: Visitor
const page = readPage()

beforeAll(async () => {
  product = await openTestProduct('2026-01-05T09:00:00')
  web = await openWeb(product)
  world = await openWorld(product)
  visitor = await openVisitor(world, web)
}, 900_000)
afterAll(async () => {
  await web?.close()
  await product?.close()
})

/** How many people saw some of the hazards and not all: where everybody sees all or nothing, no scope is tried. */
let someOfThem = 0

async function lookAround(grants: readonly DrawnGrant[], question: Question): Promise<readonly string[]> {
  const held = await visitor.become(grants)
  const reading = readFor(page, { ...held, accountId: visitor.accountId }, world.leads)
  const visit = new Visit(world, visitor, reading, held.today)
  const seen = hazardsFor(visit, {}, 'hazard.read').length
  if (seen > 0 && seen < world.chronicle.hazards().length) someOfThem += 1
  await lookAtHazards(visit, question)
  await lookAtStatistics(visit, question)
  await lookAtListings(visit, question)
  await lookAtDirectory(visit, question)
  await lookAtAccounts(visit, question)
  await lookAtLedgers(visit, question)
  await lookAtOwn(visit, question)
  await lookAtWork(visit, question)
  await lookAtSystem(visit, question)
  return visit.wrong
}

/** The same for everybody who is signed in, or for everybody at all: nothing here depends on a grant. */
const forEverybody = [
  ...[directory.listAreas, directory.listBodies, directory.listSectors, directory.getMatrix, directory.showRoute],
  directory.listSupervision,
  ...[criteria.downloadItemSheet, criteria.listStandardChanges, criteria.criteriaExport.contract],
  ...[criteria.listStandards, criteria.searchCriteria, criteria.suggestCriteria, listChains],
]

test('there is no list, count, record, file or number that is not looked at here', () => {
  const read = product.product.modules.all.flatMap((module) => [...(module.queries ?? []), ...(module.downloads ?? [])])
  const looked = [
    ...[hazardOperations, statisticsOperations, listingOperations, directoryOperations, accountOperations],
    ...[ledgerOperations, workOperations, ownOperations, systemOperations, forEverybody],
  ].flat()
  const ids = (contracts: readonly QueryContract[]) => contracts.map(({ id }) => id).sort()
  const elsewhere = readsElsewhere.map(({ contract }) => contract.id)
  expect([...ids(looked), ...elsewhere].sort()).toEqual(ids(read.map(({ contract }) => contract)))
  expect(forEverybody.every(({ permission }) => permission === 'session')).toBe(true)
})

test('everything anybody is shown is what the page of permissions says of them', async () => {
  const around = fc.tuple(fc.array(anyGrant(world), { maxLength: 3 }), anyQuestion(world))
  await fc.assert(
    fc.asyncProperty(around, async ([grants, question]) => {
      expect(await lookAround(grants, question)).toEqual([])
    }),
    // A failure prints seed and path, with which the same person looks at the same things again; the differences name
    // themselves, so that the minutes of making the person simpler are spared.
    { numRuns: 24, seed: 20261125, endOnFailure: true },
  )
  expect(someOfThem).toBeGreaterThan(8)
}, 600_000)
