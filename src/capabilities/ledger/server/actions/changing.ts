import { z } from 'zod'
import { AttachmentInput } from '#kernel/attachment.ts'
import { coreErrors, type FieldError, refuse } from '#kernel/errors.ts'
import { can, type Facets } from '#kernel/grants.ts'
import type { EffectContext } from '#platform/actions/types.ts'
import {
  actsAs,
  addItem,
  checkFields,
  dueOf,
  ledgerErrors as e,
  type Keeper,
  keeperWords,
  keyOf,
  type Ledger,
  type LedgerItem,
  ledgerPermissions,
  stateOf,
} from '../../model/index.ts'
import { getLedgerOf, type LedgerDeps } from '../deps.ts'
import { itemRecord } from '../record-types.ts'
import { knownKeys } from '../store.ts'

export const onField = (path: string, message: string) => ({ detail: message, fields: [{ path, message }] })

/** Refuses whoever holds the permission but is not among those the ledger lets do this. */
export function needKeeper(
  context: EffectContext,
  ledger: Ledger,
  by: readonly Keeper[] | undefined,
  facets: Facets,
): void {
  const keepers = by ?? ledger.keepers
  if (!can(context.actor, addItem.permission, facets, ledgerPermissions)) refuse(coreErrors.notAllowed)
  if (!actsAs(context.actor, keepers, facets)) refuse(e.notYours, { detail: `这一步由${keeperWords(keepers)}办理` })
}

/** The ledger of an item that still stands. */
export function ledgerOf(deps: LedgerDeps, item: LedgerItem): Ledger {
  if (item.stateType === 'void') refuse(e.voided)
  return getLedgerOf(deps, item.ledger)
}

export const complain = (errors: readonly FieldError[]): void => {
  if (errors.length > 0) refuse(coreErrors.invalidInput, { fields: errors, detail: errors[0]?.message })
}

/** Hangs files on the item; answers their ids, which are those of the uploads. */
export async function hang(
  deps: LedgerDeps,
  context: EffectContext,
  files: readonly AttachmentInput[],
): Promise<string[]> {
  if (files.length === 0) return []
  const { county, recordId, actionId, actor, now } = context
  await deps.files.bind(context.tx, { county, recordType: itemRecord.type, recordId, actionId, actor, now }, files)
  return files.map(({ uploadId }) => uploadId)
}

const Uploads = z.array(AttachmentInput).max(20, '一次最多20份材料')

/** Values as they were sent with files instead of ids, hung on the item and added to those that hang there already. */
export async function withFiles(
  deps: LedgerDeps,
  context: EffectContext,
  ledger: Ledger,
  sent: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = { ...sent }
  for (const field of ledger.fields) {
    if (field.type !== 'attachment') continue
    const had = Array.isArray(before[field.id]) ? (before[field.id] as string[]) : []
    const uploads = Uploads.safeParse(sent[field.id] ?? [])
    if (!uploads.success)
      return refuse(coreErrors.invalidInput, onField(`fields.${field.id}`, `${field.title}不是上传的文件，请重新上传`))
    const ids = [...had, ...(await hang(deps, context, uploads.data))]
    if (ids.length > 0) values[field.id] = ids
    else delete values[field.id]
  }
  return values
}

/** The item with what follows from its values: its own fields checked, its day, its key. */
export function settled(ledger: Ledger, item: LedgerItem, today: string, needed: readonly string[] = []): LedgerItem {
  const { fields, errors } = checkFields(ledger, item, today, needed)
  complain(errors)
  const next = { ...item, fields }
  return { ...next, dueOn: dueOf(ledger, next), key: keyOf(ledger, next) }
}

/** Two items that stand never are the same one. */
export async function needUnique(context: EffectContext, item: LedgerItem): Promise<void> {
  const known = await knownKeys(context.tx, context.county, item.ledger, [item.key])
  const other = known.get(item.key)
  if (other !== undefined && other !== item.id)
    refuse(e.alreadyThere, { detail: `台账中已有“${item.title}”，请在原有的一项上办理` })
}

/** The item in another state from a day on. */
export function inState(ledger: Ledger, item: LedgerItem, state: string, on: string): LedgerItem {
  const { type } = stateOf(ledger, state)
  // What was done on a day stays done on it: a rule issued in time and repealed years later was issued in time.
  const done = item.stateType === 'closed' && item.doneOn !== null ? item.doneOn : on
  return { ...item, state, stateType: type, changedOn: on, doneOn: type === 'closed' ? done : null }
}

/** The day something was done: not before the last step, not after today. */
export function dayWithin(item: LedgerItem, on: string | null, today: string): string {
  const day = on ?? today
  if (day > today || day < item.changedOn) {
    refuse(e.outside, onField('on', `办理日期应在 ${item.changedOn} 与今天之间`))
  }
  return day
}
