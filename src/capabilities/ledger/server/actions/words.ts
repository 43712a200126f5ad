import { prefixRange } from '#kernel/area.ts'
import { refuse } from '#kernel/errors.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import type { RegisteredAction } from '#platform/actions/types.ts'
import { confirmZero, ledgerErrors as e, freezeStock, liftZero } from '../../model/index.ts'
import { getLedgerOf, type LedgerDeps } from '../deps.ts'
import { freezeRecord, zeroRecordOf } from '../record-types.ts'
import { countListedUntil, hasItems, zerosAsOf } from '../store-words.ts'
import { onField } from './changing.ts'

const confirm = (deps: LedgerDeps): RegisteredAction =>
  onCreate(confirmZero, zeroRecordOf(deps.ledgers), async (context, input) => {
    const { tx, county, today, recordId, actor } = context
    const ledger = getLedgerOf(deps, input.ledger)
    const area = deps.directory.index.areas.get(input.area)
    if (!area) return refuse(e.areaUnknown, onField('area', e.areaUnknown.message))
    const { from, to } = prefixRange(input.area)
    if (await hasItems(tx, county, ledger.id, from, to)) {
      refuse(e.notEmpty, { detail: `${area.name}的《${ledger.title}》已有事项，不能确认为零；登记有误的请先作废` })
    }
    const standing = await zerosAsOf(tx, county, today, [ledger.id])
    if (standing.some((zero) => zero.area === input.area)) refuse(e.zeroConfirmed)
    const facts = { ledger: ledger.id, area: input.area, bodyId: ledger.body ?? null, statement: input.statement }
    return {
      record: { county, id: recordId, version: 0, ...facts, confirmedOn: today, by: actor.name, liftedOn: null },
      output: {},
      summary: `确认${area.name}没有《${ledger.title}》的事项：${input.statement}`,
    }
  })

const lift = (deps: LedgerDeps): RegisteredAction =>
  onRecord(liftZero, zeroRecordOf(deps.ledgers), (context, zero, input) => {
    if (zero.liftedOn !== null) refuse(e.zeroLifted)
    return { record: { ...zero, liftedOn: context.today }, output: {}, summary: `撤回零确认：${input.reason}` }
  })

const freeze = (deps: LedgerDeps): RegisteredAction =>
  onCreate(freezeStock, freezeRecord, async (context, input) => {
    const { tx, county, today, recordId, actor, now } = context
    const ledger = getLedgerOf(deps, input.ledger)
    if (input.on > today) refuse(e.frozenLater, onField('on', e.frozenLater.message))
    const stock = await countListedUntil(tx, county, ledger.id, input.on)
    const record = { county, id: recordId, version: 0, ledger: ledger.id, frozenOn: input.on, by: actor.name }
    return {
      record: { ...record, at: now.toISOString(), reason: input.reason },
      output: { stock },
      summary: `《${ledger.title}》以 ${input.on} 为存量日，存量 ${stock} 项：${input.reason}`,
    }
  })

/** What people say of a ledger as a whole. */
export const wordActions = (deps: LedgerDeps): RegisteredAction[] => [confirm(deps), lift(deps), freeze(deps)]
