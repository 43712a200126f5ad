import { batchDriver } from './batch.ts'
import { standardDriver } from './criteria.ts'
import { areaDriver, bodyPostDriver, directoryDriver, unitImportDriver } from './directory.ts'
import { deedDriver, exemptionDriver, ruleDriver } from './duty.ts'
import { hazardDriver } from './hazard.ts'
import { identityDriver } from './identity.ts'
import { ledgerFreezeDriver, ledgerItemDriver, ledgerSheetDriver, ledgerZeroDriver } from './ledger.ts'
import { ledgerImportDriver } from './ledgerimport.ts'
import { listingDriver } from './listing.ts'
import { columnLayoutDriver, savedFilterDriver } from './lists.ts'
import { periodDriver, returnDriver } from './progress.ts'
import type { Driver } from './stage.ts'
import { calendarDriver, deliveryDriver, parameterDriver, readingDriver } from './system.ts'
import { chainDriver, meetingDriver, taskDriver } from './task.ts'

/** One driver per type of record; an action without a sample here fails the test that asks for it. */
export const drivers: readonly Driver[] = [
  hazardDriver,
  listingDriver,
  batchDriver,
  identityDriver,
  directoryDriver,
  areaDriver,
  bodyPostDriver,
  unitImportDriver,
  ledgerImportDriver,
  ledgerItemDriver,
  ledgerZeroDriver,
  ledgerFreezeDriver,
  ledgerSheetDriver,
  readingDriver,
  parameterDriver,
  calendarDriver,
  deliveryDriver,
  standardDriver,
  savedFilterDriver,
  columnLayoutDriver,
  ...[deedDriver, exemptionDriver, ruleDriver, taskDriver, meetingDriver, chainDriver, returnDriver, periodDriver],
]
