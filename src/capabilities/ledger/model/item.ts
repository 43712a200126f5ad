import { type Asked, holds } from '#kernel/conditions/condition.ts'
import type { FieldError } from '#kernel/errors.ts'
import { type Actor, can, type Facets, type PermissionTable, type Role } from '#kernel/grants.ts'
import type { StateSpec } from '#kernel/lifecycle.ts'
import { addDays, addMonths, type Day } from '#kernel/time.ts'
import { type Due, type Keeper, keepers, type Ledger, type Milestone, type Move } from './definition.ts'
import { type Field, kept } from './fields/index.ts'
import type { LedgerItem } from './record.ts'

/** Built into every ledger: entered by mistake, and counted nowhere. */
export const voidState = 'void'

export function stateOf(ledger: Ledger, id: string): StateSpec {
  const state = ledger.states[id]
  if (id === voidState || !state) return { label: id === voidState ? '已作废' : id, type: 'void' }
  return { label: state.title, type: state.type }
}

/** Whether an item has a name of its own, which neither its body nor its area can stand in for: a body has many rules. */
export const isNamed = ({ subject, key }: Pick<Ledger, 'subject' | 'key'>): boolean =>
  subject === 'own' || (subject !== 'unit' && key.includes('name') && key.includes(subject))

type Told = Pick<LedgerItem, 'state' | 'title' | 'area' | 'sector' | 'listedOn' | 'fields'>

/** An item as conditions and rules ask it. */
export function askedOf(item: Told, today: Day): Asked {
  const facts: Readonly<Record<string, unknown>> = {
    ...{ state: item.state, name: item.title, area: item.area, sector: item.sector, listedOn: item.listedOn },
  }
  return { today, value: (field) => (Object.hasOwn(item.fields, field) ? item.fields[field] : facts[field]) }
}

const isEmpty = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

export const isShown = (field: Field, asked: Asked): boolean => !field.shownWhen || holds(field.shownWhen, asked)
export const isRequired = (field: Field, asked: Asked): boolean =>
  isShown(field, asked) &&
  (field.required === true || (field.requiredWhen !== undefined && holds(field.requiredWhen, asked)))

export interface CheckedFields {
  readonly fields: Record<string, unknown>
  readonly errors: readonly FieldError[]
}

/**
 * The values of an item as they are kept, and what is wrong with any of them. `needed` are required beside what the ledger
 * requires. Values of fields that are not asked for, and names the ledger does not have, are left out.
 */
export function checkFields(ledger: Ledger, item: Told, today: Day, needed: readonly string[] = []): CheckedFields {
  const fields: Record<string, unknown> = {}
  const errors: FieldError[] = []
  const asked = askedOf(item, today)
  for (const field of ledger.fields) {
    const value = item.fields[field.id]
    const path = `fields.${field.id}`
    if (!isShown(field, asked)) continue
    if (isEmpty(value)) {
      if (isRequired(field, asked) || needed.includes(field.id)) errors.push({ path, message: `请填写${field.title}` })
      continue
    }
    const parsed = kept(field).safeParse(value)
    if (parsed.success) fields[field.id] = parsed.data
    else
      for (const issue of parsed.error.issues)
        errors.push({ path: [path, ...issue.path].join('.'), message: issue.message })
    if (field.type === 'day' && field.past && typeof value === 'string' && value > today) {
      errors.push({ path, message: `${field.title}不能晚于今天` })
    }
  }
  return { fields, errors }
}

const after = (day: Day, { days, months, years }: NonNullable<Due['plus']>): Day =>
  days === undefined ? addMonths(day, months ?? (years ?? 0) * 12) : addDays(day, days)

/** The day the item is to be done by, as the ledger's own clock says. */
export function dueOf({ due }: Ledger, item: Pick<LedgerItem, 'fields' | 'listedOn'>): Day | null {
  if (!due) return null
  if (due.on) return due.on
  if (due.afterListing) return after(item.listedOn, due.afterListing)
  const value = due.field === undefined ? undefined : item.fields[due.field]
  if (typeof value !== 'string') return due.otherwise ?? null
  return due.plus ? after(value, due.plus) : value
}

/** What an item is known by in its ledger. A void item is out of the way of the one entered instead. */
export function keyOf(
  ledger: Ledger,
  item: Pick<LedgerItem, 'title' | 'area' | 'bodyId' | 'unitId' | 'fields'>,
): string {
  const part = (id: string): unknown => {
    if (id === 'name') return item.title
    if (id === 'unit') return item.unitId
    return id === 'area' ? item.area : id === 'body' ? item.bodyId : item.fields[id]
  }
  return ledger.key
    .map((id) =>
      String(part(id) ?? '')
        .normalize('NFKC')
        .replace(/\s/g, '')
        .toUpperCase(),
    )
    .join('|')
}

const roleOf: Readonly<Record<Keeper, Role>> = {
  office: 'committeeOffice',
  department: 'department',
  town: 'town',
  inspector: 'inspector',
  unit: 'unitPrincipal',
}

/** Whether the actor acts on the item as one of these. The committee office may do what anybody may: it answers for all. */
export function actsAs(actor: Actor, by: readonly Keeper[], facets: Facets): boolean {
  const wanted: readonly Keeper[] = ['office', ...by]
  const roles = Object.fromEntries(
    wanted.map((one) => [roleOf[one], one === 'department' ? ['scope', 'body'] : ['scope']]),
  )
  const table: PermissionTable = { acts: { title: '办理台账', roles } }
  return can(actor, 'acts', facets, table)
}

export const keeperWords = (by: readonly Keeper[]): string => by.map((one) => keepers[one]).join('、')

/** Why a move cannot be made now, in words; undefined when it can. What is to be filled in with it does not count. */
export function moveBlocked(move: Move, ledger: Ledger, item: LedgerItem): string | undefined {
  const missing = (move.after ?? []).filter((id) => !item.milestones[id])
  if (missing.length === 0) return undefined
  const names = missing.map((id) => ledger.milestones.find((one) => one.id === id)?.title ?? id)
  return `还没有完成：${names.join('、')}`
}

const offered = (when: Move['when'], item: LedgerItem, today: Day) => !when || holds(when, askedOf(item, today))

/** The moves an item's state offers today, whoever asks. */
export const movesOf = (ledger: Ledger, item: LedgerItem, today: Day): readonly Move[] =>
  ledger.moves.filter((move) => move.from.includes(item.state) && offered(move.when, item, today))

/** The milestones an item goes through. */
export const milestonesOf = (ledger: Ledger, item: LedgerItem, today: Day): readonly Milestone[] =>
  ledger.milestones.filter(({ when }) => offered(when, item, today))

/** The fields a move's form shows, in the ledger's order. */
export const fieldsOfMove = (ledger: Ledger, move: Move): readonly Field[] =>
  ledger.fields.filter(({ id }) => move.asks?.includes(id) || move.needs?.includes(id))

/** How an item stands to its day. */
export const latenesses = { met: '按期完成', late: '逾期完成', open: '未到期', missed: '逾期未完成' } as const
export type Lateness = keyof typeof latenesses

export function latenessOf(item: Pick<LedgerItem, 'stateType' | 'dueOn' | 'doneOn'>, today: Day): Lateness | null {
  const { stateType, dueOn, doneOn } = item
  if (stateType === 'void') return null
  if (stateType === 'closed') return dueOn !== null && doneOn !== null && doneOn > dueOn ? 'late' : 'met'
  return dueOn !== null && dueOn < today ? 'missed' : 'open'
}
