import type { ReactNode } from 'react'
import { ActionBar, type ActionPlan } from '#shell/form/ActionBar.tsx'
import type { FieldSpec } from '#shell/form/types.ts'
import { useToday } from '#shell/session/session.tsx'
import {
  addEvidence,
  editItem,
  fieldsOfMove,
  type LedgerItemView,
  type Move,
  moveItem,
  voidItem,
} from '../../model/index.ts'
import { placeSpecs, specsOf } from '../fields.ts'
import { type CodeOptions, useCodeOptions } from '../options.ts'

const idOfMove = (move: string) => `${moveItem.id}:${move}`

/** The ledger's own steps first, then what every item has. */
export function ItemActions({ item }: { item: LedgerItemView }): ReactNode {
  const today = useToday()
  const codes = useCodeOptions()
  const offered = item.moves.flatMap(({ id, blocked }) => {
    const move = item.ledger.moves.find((one) => one.id === id)
    return move ? [{ move, blocked }] : []
  })
  const plans: Record<string, ActionPlan> = {
    ...generalPlans(item, codes, today),
    ...Object.fromEntries(offered.map(({ move }) => [idOfMove(move.id), planOf(item, move, codes, today)])),
  }
  const allowed = [
    ...offered.map(({ move, blocked }) => ({ action: idOfMove(move.id), ...(blocked ? { blocked } : {}) })),
    ...item.allowedActions,
  ]
  return (
    <ActionBar
      recordId={item.id}
      version={item.version}
      subject={item.title}
      allowed={allowed}
      plans={plans}
      sideBySide={2}
    />
  )
}

function reasonOf(label: string, required: boolean): FieldSpec {
  return { kind: 'area', name: 'reason', label, max: 500, rows: 2, required }
}

const papers = (required: boolean): FieldSpec => ({
  kind: 'attachments',
  name: 'attachments',
  label: '佐证材料',
  purposes: ['other', 'before', 'after'],
  max: 20,
  required,
})

/** One of the ledger's steps as a form: its fields, its day, its papers and its reason. */
function planOf(item: LedgerItemView, move: Move, codes: CodeOptions, today: string): ActionPlan {
  const { ledger } = item
  const fields = fieldsOfMove(ledger, move)
  const shown = fields.filter(({ type }) => type !== 'attachment')
  const initial = Object.fromEntries(
    shown.flatMap(({ id }) => (item.fields[id] === undefined ? [] : [[id, item.fields[id]]])),
  )
  return {
    contract: { ...moveItem, title: move.title },
    about: move.id,
    fixed: { move: move.id },
    initial: { on: today, fields: initial },
    primary: ledger.states[move.to]?.type !== 'open' || ledger.states[item.state]?.type === 'open',
    fields: [
      ...specsOf(fields, { ledger, codes, today, others: item.fields }, move.needs),
      { kind: 'day', name: 'on', label: '办理日期', max: today },
      papers(move.evidence === true),
      reasonOf(move.reason ? '理由' : '说明', move.reason === true),
    ],
    doneText: `${move.title}：已办理`,
  }
}

function generalPlans(item: LedgerItemView, codes: CodeOptions, today: string): Record<string, ActionPlan> {
  const { ledger } = item
  const drawn = { ledger, codes, today }
  // Files that hang on the item stay; the form only adds to them.
  const values = Object.fromEntries(
    ledger.fields.flatMap(({ id, type }) =>
      type === 'attachment' || item.fields[id] === undefined ? [] : [[id, item.fields[id]]],
    ),
  )
  const place = {
    title: item.title,
    area: item.area,
    bodyId: item.bodyId,
    ...(item.sector === null ? {} : { sector: item.sector }),
    ...(item.unitId === null ? {} : { unitId: item.unitId }),
  }
  return {
    [editItem.id]: {
      contract: editItem,
      initial: { ...place, fields: values },
      fields: [...placeSpecs(drawn), ...specsOf(ledger.fields, drawn), reasonOf('修改的原因', true)],
    },
    [addEvidence.id]: {
      contract: addEvidence,
      fields: [papers(true), { kind: 'area', name: 'note', label: '说明', max: 300, rows: 2 }],
    },
    [voidItem.id]: { contract: voidItem, danger: true, fields: [reasonOf('作废的原因', true)] },
  }
}
