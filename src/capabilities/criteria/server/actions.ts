import { isDeepStrictEqual } from 'node:util'
import { refuse } from '#kernel/errors.ts'
import type { Day } from '#kernel/time.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, RegisteredAction } from '#platform/actions/types.ts'
import {
  amendStandard,
  codeFor,
  criteriaErrors,
  endStandard,
  enterItems,
  publishStandard,
  revertStandard,
  type Standard,
  type StandardRecord,
  type Superseded,
  standardIn,
  withdrawStandard,
  withStandard,
} from '../model/index.ts'
import { itemActions } from './actions-items.ts'
import { type ItemParts, itemsFrom } from './items.ts'
import { refuseAt, refuseWithdrawn, standardType } from './record-type.ts'
import { listStandardRecords, lockLibrary } from './store.ts'

export interface CriteriaActionParts extends ItemParts {
  /** Whether the county has a sector of this id. */
  readonly isSector: (id: string) => boolean
}

type Words = Omit<Standard, 'id' | 'items' | 'itemised' | 'supersededOn' | 'effectiveFrom' | 'appliesTo' | 'note'> & {
  readonly appliesTo: string
  readonly note: string
}

const orNull = (text: string) => (text === '' ? null : text)

/** What a form says of a standard, without what it says beside that. */
function wordsIn(input: Words) {
  const { title, issuer, documentNo, sectors, crossCutting, source, confidence, verified } = input
  const words = { appliesTo: orNull(input.appliesTo), note: orNull(input.note) }
  return { title, issuer, documentNo, sectors, crossCutting, source, confidence, verified, ...words }
}

function checkSectors({ isSector }: CriteriaActionParts, sectors: readonly string[]): void {
  if (!sectors.every(isSector)) refuseAt(criteriaErrors.sectorUnknown, 'sectors')
}

type Published = (typeof publishStandard)['input']['_output']

const publishing = (parts: CriteriaActionParts) =>
  onCreate(publishStandard, standardType, async (context, input) => {
    const { tx, county, recordId } = context
    checkSectors(parts, input.sectors)
    await lockLibrary(tx, county)
    const known = await listStandardRecords(tx, county)
    checkNew(known, input)
    const code = codeFor(input.sectors[0] ?? '', input.effectiveFrom, new Set(known.map((record) => record.code)))
    const { uploadId, mapping, confidence, effectiveFrom } = input
    const asked = uploadId && { uploadId, accountId: context.actor.accountId, mapping }
    const items = asked ? await itemsFrom(parts, asked, confidence, code) : []
    const supersedes = await endOlder(context, known, input)
    const content: Standard = {
      ...wordsIn(input),
      id: code,
      effectiveFrom,
      supersededOn: null,
      itemised: items.length > 0,
      items,
    }
    const instead = supersedes.length > 0 ? `，替代${supersedes.map(({ title }) => `《${title}》`).join('、')}` : ''
    return {
      record: {
        county,
        id: recordId,
        version: 0,
        code,
        origin: 'county' as const,
        content,
        amended: null,
        supersedes: supersedes.map(({ title: _title, ...old }) => old),
        withdrawn: null,
      },
      output: { code, items: items.length },
      summary: `发布判定标准《${input.title}》（${input.documentNo}），自${effectiveFrom}起施行，条文${items.length}条${instead}（${input.reason}）`,
    }
  })

function checkNew(known: readonly StandardRecord[], input: Published): void {
  const twin = known
    .filter(({ withdrawn }) => withdrawn === null)
    .map(standardIn)
    .some(
      (one) =>
        one.title === input.title && one.documentNo === input.documentNo && one.effectiveFrom === input.effectiveFrom,
    )
  if (twin) refuseAt(criteriaErrors.standardTwice, 'documentNo')
}

/** Ends the editions a new one takes the place of; answers until when each would have held. */
async function endOlder(
  context: EffectContext,
  known: readonly StandardRecord[],
  input: Published,
): Promise<(Superseded & { readonly title: string })[]> {
  const ended = []
  for (const { code, version } of input.supersedes) {
    const record =
      known.find((one) => one.code === code && one.withdrawn === null) ??
      refuseAt(criteriaErrors.standardUnknown, 'supersedes')
    const { title, effectiveFrom, supersededOn: until } = standardIn(record)
    if (input.effectiveFrom <= effectiveFrom) {
      refuseAt(
        criteriaErrors.supersededTooEarly,
        'effectiveFrom',
        `《${title}》自${effectiveFrom}起施行，新标准的施行日期应在其后，请核对`,
      )
    }
    const words = `自${input.effectiveFrom}起由《${input.title}》替代，此前发现的隐患仍按本标准判定（${input.reason}）`
    // Refused when somebody has changed the old edition since: two who publish its successor must see each other.
    await context.child(endStandard, { recordId: record.id, version, input: { on: input.effectiveFrom, words } })
    if (until !== null && until <= input.effectiveFrom) {
      refuseAt(
        criteriaErrors.supersededAlready,
        'supersedes',
        `《${title}》自${until}起已不再适用，不能再由自${input.effectiveFrom}起施行的标准替代，请改选届时有效的标准`,
      )
    }
    ended.push({ code, until, title })
  }
  return ended
}

const ending = onRecord(endStandard, standardType, (_context, record, { on, words }) => ({
  record: withStandard(record, { ...standardIn(record), supersededOn: on }),
  output: { code: record.code },
  summary: words,
}))

const entering = (parts: CriteriaActionParts) =>
  onRecord(enterItems, standardType, async (context, record, input) => {
    refuseWithdrawn(record)
    const standard = standardIn(record)
    if (standard.items.length > 0) refuse(criteriaErrors.itemsThere)
    const { uploadId, mapping, source, confidence, verified } = input
    const asked = { uploadId, accountId: context.actor.accountId, mapping }
    const items = await itemsFrom(parts, asked, confidence, record.code)
    return {
      record: withStandard(record, { ...standard, source, confidence, verified, itemised: true, items }),
      output: { code: record.code, items: items.length },
      summary: `录入条文${items.length}条（${input.reason}）`,
    }
  })

const withdrawing = onRecord(withdrawStandard, standardType, async (context, record, { reason }) => {
  refuseWithdrawn(record)
  if (record.origin === 'pack') refuse(criteriaErrors.standardOfPack)
  const { title, effectiveFrom } = standardIn(record)
  if (effectiveFrom <= context.today) refuse(criteriaErrors.standardHolds)
  await lockLibrary(context.tx, context.county)
  const known = await listStandardRecords(context.tx, context.county)
  for (const { code, until } of record.supersedes) {
    const old = known.find((one) => one.code === code)
    // One that has been ended on another day since then is left to whoever ended it.
    if (!old || standardIn(old).supersededOn !== effectiveFrom) continue
    const goesOn = until === null ? '本标准继续适用' : `本标准适用至${until}之前`
    const words = `《${title}》在施行前撤回，${goesOn}（${reason}）`
    await context.child(endStandard, { recordId: old.id, version: old.version, input: { on: until, words } })
  }
  return {
    record: { ...record, withdrawn: { on: context.today, reason } },
    output: { code: record.code },
    summary: `撤回尚未施行的判定标准《${title}》，原定自${effectiveFrom}起施行（${reason}）`,
  }
})

const amending = (parts: CriteriaActionParts) =>
  onRecord(amendStandard, standardType, async (context, record, input) => {
    refuseWithdrawn(record)
    checkSectors(parts, input.sectors)
    const before = standardIn(record)
    const { supersededOn } = input
    if (supersededOn !== null && supersededOn <= before.effectiveFrom) {
      refuseAt(criteriaErrors.supersededTooEarly, 'supersededOn', '失效日期应晚于施行日期，请核对')
    }
    if (supersededOn !== before.supersededOn && (await hasSuccessor(context, record.code, before.supersededOn))) {
      refuseAt(criteriaErrors.endFixed, 'supersededOn')
    }
    const standard = { ...before, ...wordsIn(input), supersededOn }
    return {
      record: withStandard(record, standard),
      output: { code: record.code },
      summary: `修改标准信息：《${standard.title}》（${input.reason}）`,
    }
  })

/** Whether a standard of the county ends this one on that day. */
async function hasSuccessor({ tx, county }: EffectContext, code: string, on: Day | null): Promise<boolean> {
  const known = await listStandardRecords(tx, county)
  return known.some(
    (other) =>
      other.withdrawn === null &&
      standardIn(other).effectiveFrom === on &&
      other.supersedes.some((old) => old.code === code),
  )
}

const reverting = onRecord(revertStandard, standardType, async (context, record, { reason }) => {
  const { supersededOn } = standardIn(record)
  const succeeded = await hasSuccessor(context, record.code, supersededOn)
  // What the pack says about the end does not know of the county's own edition that ends it.
  const amended = succeeded ? { ...record.content, supersededOn } : null
  if (record.amended === null || isDeepStrictEqual(record.amended, amended)) refuse(criteriaErrors.notAmended)
  return {
    record: { ...record, amended },
    output: { code: record.code },
    summary: `恢复为数据包内容，县里的修改不再起作用（${reason}）`,
  }
})

/** Everything that is done to the library; each is on the record of one standard, with its history. */
export const criteriaActions = (parts: CriteriaActionParts): RegisteredAction[] => [
  publishing(parts),
  entering(parts),
  withdrawing,
  amending(parts),
  ending,
  reverting,
  ...itemActions,
]
