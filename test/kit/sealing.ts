import { createSealer, type SealParts } from '#platform/audit/seal.ts'
import { openDatabase } from '#platform/db/pool.ts'
import type { TestProduct } from './product.ts'

/** A sealer on the product's database, as a server process has one. */
export function sealerOf(test: TestProduct, options: Partial<SealParts> = {}) {
  const { database, product, clock } = test
  const sealer = createSealer({
    db: database.db,
    county: product.county,
    software: 'zhiben test',
    blockRows: () => 16,
    settled: async () => true,
    ...options,
  })
  return { pass: () => sealer.pass(clock.now()) }
}

/** A sealer with connections of its own, as another server process would have it. */
export function otherProcess(test: TestProduct, options: Partial<SealParts> = {}) {
  const database = openDatabase(test.database.url, { max: 2 })
  return { ...sealerOf(test, { db: database.db, ...options }), close: () => database.close() }
}
