import type { z } from 'zod'
import { fieldsOf } from '#kernel/conditions/condition.ts'
import { Ledger } from './definition.ts'
import type { Field } from './fields/index.ts'
import { clauseParts } from './parts.ts'
import { readBy } from './rules/index.ts'

type Path = (string | number)[]
interface Fault {
  readonly path: Path
  readonly message: string
}

/** What a condition may ask besides the fields. */
const always = ['state', 'name', 'area', 'sector', 'listedOn']

function twice(list: readonly { readonly id: string }[], where: string): Fault[] {
  return list.flatMap(({ id }, at) =>
    list.findIndex((one) => one.id === id) < at ? [{ path: [where, at, 'id'], message: `“${id}”写了两次` }] : [],
  )
}

const unknown = (id: string, what: string, known: readonly string[]) =>
  `没有${what}“${id}”，可用：${known.length > 0 ? known.join('、') : '（无）'}`

class Checker {
  readonly faults: Fault[] = []
  readonly ledger: Ledger
  readonly fields: ReadonlyMap<string, Field>

  constructor(ledger: Ledger) {
    this.ledger = ledger
    this.fields = new Map(ledger.fields.map((field) => [field.id, field]))
  }

  say(path: Path, message: string): void {
    this.faults.push({ path, message })
  }

  field(id: string | undefined, path: Path, types?: readonly Field['type'][]): void {
    if (id === undefined) return
    const field = this.fields.get(id)
    if (!field) this.say(path, unknown(id, '字段', [...this.fields.keys()]))
    else if (types && !types.includes(field.type)) this.say(path, `字段“${id}”的类型应为 ${types.join(' 或 ')}`)
  }

  condition(condition: Parameters<typeof fieldsOf>[0] | undefined, path: Path): void {
    for (const id of condition ? fieldsOf(condition) : []) if (!always.includes(id)) this.field(id, path)
  }

  state(id: string, path: Path): void {
    const known = Object.keys(this.ledger.states)
    if (!known.includes(id)) this.say(path, unknown(id, '状态', known))
  }

  milestones(ids: readonly string[] | undefined, path: Path): void {
    const known = this.ledger.milestones.map(({ id }) => id)
    for (const [at, id] of (ids ?? []).entries())
      if (!known.includes(id)) this.say([...path, at], unknown(id, '节点', known))
  }
}

function checkFields(check: Checker): void {
  const { fields, computed } = check.ledger
  check.faults.push(...twice([...fields, ...computed], 'fields'))
  for (const [at, field] of fields.entries()) {
    check.condition(field.requiredWhen, ['fields', at, 'requiredWhen'])
    check.condition(field.shownWhen, ['fields', at, 'shownWhen'])
    if (field.type === 'text' && field.pattern !== undefined && !isPattern(field.pattern)) {
      check.say(['fields', at, 'pattern'], `“${field.pattern}”不是正确的正则表达式`)
    }
  }
  for (const [at, one] of computed.entries()) {
    for (const id of readBy(one)) check.field(id, ['computed', at, 'with'])
  }
}

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern)
    return true
  } catch {
    return false
  }
}

function checkLife(check: Checker): void {
  const { states, start, moves, milestones } = check.ledger
  check.faults.push(...twice(moves, 'moves'), ...twice(milestones, 'milestones'))
  check.state(start, ['start'])
  for (const [at, move] of moves.entries()) {
    for (const [nth, id] of move.from.entries()) check.state(id, ['moves', at, 'from', nth])
    check.state(move.to, ['moves', at, 'to'])
    for (const part of ['asks', 'needs'] as const) {
      for (const [nth, id] of (move[part] ?? []).entries()) check.field(id, ['moves', at, part, nth])
    }
    check.milestones(move.after, ['moves', at, 'after'])
    check.condition(move.when, ['moves', at, 'when'])
  }
  for (const [at, one] of milestones.entries()) check.condition(one.when, ['milestones', at, 'when'])
  const reached = new Set([start])
  for (let before = 0; before < reached.size; ) {
    before = reached.size
    for (const { from, to } of moves) if (from.some((id) => reached.has(id))) reached.add(to)
  }
  for (const id of Object.keys(states)) {
    if (!reached.has(id)) check.say(['states', id], `没有一步能走到状态“${id}”，请补上 moves 或删去它`)
  }
  if (!Object.values(states).some(({ type }) => type === 'closed')) {
    check.say(['states'], '至少要有一个 type: closed 的状态，否则永远办不完')
  }
}

function checkRest(check: Checker): void {
  const { ledger } = check
  for (const [at, id] of ledger.key.entries()) {
    if (!['name', 'unit', 'area', 'body'].includes(id)) check.field(id, ['key', at])
  }
  if (ledger.subject === 'unit' && ledger.keepers.length > 0 && ledger.key.includes('body')) {
    check.say(['key'], '以单位为对象的台账不用 body 作识别字段')
  }
  check.field(ledger.due?.field, ['due', 'field'], ['day'])
  check.field(ledger.clauseField, ['clauseField'], ['choice'])
  const parts = clauseParts(ledger).map(({ clause }) => clause)
  if (ledger.clauseField !== undefined && parts.length === 0) {
    check.say(['clauseField'], `字段“${ledger.clauseField}”的选项里没有条款编号，选项代码应写成 P4-3 的样子`)
  }
  for (const [at, clause] of ledger.clauses.entries()) {
    if (parts.includes(clause)) {
      check.say(['clauses', at], `条款“${clause}”已是字段“${ledger.clauseField}”的选项，按选项计数，请从 clauses 删去`)
    }
  }
  for (const [at, one] of ledger.indicators.entries()) {
    check.field(one.sum, ['indicators', at, 'sum'], ['integer', 'decimal', 'money'])
  }
  check.faults.push(...twice(ledger.indicators, 'indicators'))
}

/** What contradicts itself in a ledger though every part is well formed, each with its place in the file. */
export function ledgerFaults(ledger: Ledger): Fault[] {
  const check = new Checker(ledger)
  checkFields(check)
  checkLife(check)
  checkRest(check)
  return check.faults
}

/** A ledger as a pack writes it: its form, and that what it names is there. */
export const LedgerFile: z.ZodType<Ledger> = Ledger.superRefine((ledger, context) => {
  for (const { path, message } of ledgerFaults(ledger)) context.addIssue({ code: 'custom', path, message })
})
