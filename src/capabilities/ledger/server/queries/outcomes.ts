import type { Day } from '#kernel/time.ts'
import type { QueryContext } from '#platform/module/module.ts'
import { faceOf, type Ledger, latenessOf, stateOf } from '../../model/index.ts'
import type { LedgerDeps } from '../deps.ts'
import { type CountQuestion, countByLedger, countByState, itemsAsOf, noItems, type StoodItem, sumOf } from './count.ts'

/** More lines than this nobody reads in an evaluation; the list of the ledger has them all. */
const mostItems = 1000

/** What the final evaluation says of ledgers whose items are results (制度成果): each item, and how many stand how. */
export async function outcomesOf(
  deps: LedgerDeps,
  context: QueryContext,
  { asOf, area, body }: { readonly asOf: Day; readonly area?: string; readonly body?: string },
) {
  const shown = deps.ledgers.filter(({ evaluated }) => evaluated === true)
  if (shown.length === 0) return { registers: [], items: [] }
  const question = { asOf, area, body, ledgers: shown.map(({ id }) => id) }
  const counts = await countByLedger(context, question)
  const registers = []
  for (const ledger of shown) {
    const own = counts.filter((row) => row.ledger === ledger.id)
    registers.push({ ...(await registerOf(context, ledger, question)), ...(own.length > 0 ? sumOf(own) : noItems) })
  }
  const items = await itemsAsOf(context, question, mostItems)
  return { registers, items: items.flatMap((item) => itemWords(deps, context, item, asOf)) }
}

async function registerOf(context: QueryContext, ledger: Ledger, question: CountQuestion) {
  const found = await countByState(context, { ...question, ledgers: [ledger.id] })
  const search = new URLSearchParams({
    ...(question.area ? { area: question.area } : {}),
    ...(question.body ? { body: question.body } : {}),
  }).toString()
  return {
    title: ledger.title,
    list: `/ledgers/${ledger.id}${search ? `?${search}` : ''}`,
    states: Object.entries(ledger.states).map(([state, { title }]) => ({
      title,
      n: found.find((row) => row.state === state)?.n ?? 0,
    })),
  }
}

function itemWords(deps: LedgerDeps, context: QueryContext, item: StoodItem, asOf: Day) {
  const ledger = deps.ledgers.find(({ id }) => id === item.ledger)
  if (!ledger) return []
  const { directory } = deps
  const words = (id: string) => {
    const field = ledger.fields.find((one) => one.id === id)
    const nameOf = (kind: string, code: string) =>
      kind === 'body' ? directory.bodyName(context.county, code) : directory.areaName(context.county, code)
    return field ? faceOf(field).words(item.fields[field.id], field, nameOf) : ''
  }
  // What a later step fills in was not known on a day before it; only what every item tells from its start is.
  const later = new Set(ledger.moves.flatMap(({ needs = [], asks = [] }) => [...needs, ...asks]))
  const told = ledger.fields.filter(
    ({ id, list }) =>
      list === true &&
      id !== ledger.clauseField &&
      (item.state_type === 'closed' || asOf >= context.today || !later.has(id)),
  )
  const facts = told.map(({ id, title }) => [title, words(id)] as const).filter(([, said]) => said !== '')
  const lateness = latenessOf({ stateType: item.state_type, dueOn: item.due_on, doneOn: item.done_on }, asOf)
  return [
    {
      id: item.id,
      title: item.title,
      register: ledger.title,
      body: directory.bodyName(context.county, item.body_id),
      clause: ledger.clauseField === undefined ? ledger.clauses.join('、') : words(ledger.clauseField),
      state: stateOf(ledger, item.state).label,
      lateness: lateness ?? 'open',
      dueOn: item.due_on,
      doneOn: item.done_on,
      facts: facts.map(([title, said]) => `${title}：${said}`).join('；'),
      path: `/ledgers/${item.ledger}/items/${item.id}`,
    },
  ]
}
