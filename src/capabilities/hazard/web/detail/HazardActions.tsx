import { useQueryClient } from '@tanstack/react-query'
import { App, Dropdown, Space } from 'antd'
import { type ReactNode, useState } from 'react'
import { ActionButton, ActionWindow } from '#shell/form/ActionButton.tsx'
import { useToday } from '#shell/session/session.tsx'
import { type HazardView, rejudgeHazard, verifyHazard } from '../../model/index.ts'
import { judgingFields } from '../judging-fields.tsx'
import { useBodies } from '../reference.ts'
import { type ActionPlan, actionPlans } from './action-fields.ts'
import { MergeButton } from './MergeButton.tsx'

/** Every action this person may take on this hazard now, the next step first, the rest behind 更多. */
export function HazardActions({ row }: { row: HazardView }): ReactNode {
  const today = useToday()
  const plans: Record<string, ActionPlan> = {
    ...actionPlans({ hazard: row, today, bodies: useBodies() }),
    ...judgingPlans(row),
  }
  const offered = row.allowedActions.flatMap(({ action, blocked }) => {
    const plan = plans[action]
    return plan ? [{ action, blocked, plan }] : []
  })
  // What cannot be done now stands behind 更多, where it says why.
  const main = offered.filter(({ plan, blocked }) => plan.primary && blocked === undefined)
  const others = offered.filter((entry) => !main.includes(entry))
  const mayMerge = row.allowedActions.some(({ action, blocked }) => action === 'hazard.merge' && blocked === undefined)
  const shownOthers = main.length === 0 ? others.filter(({ blocked }) => blocked === undefined).slice(0, 2) : []
  const behind = others.filter((entry) => !shownOthers.includes(entry))
  return (
    <Space wrap>
      {[...main, ...shownOthers].map(({ action, blocked, plan }) => (
        <ActionButton key={action} {...plan} recordId={row.id} version={row.version} blocked={blocked} />
      ))}
      {mayMerge && <MergeButton row={row} />}
      {behind.length > 0 && <More row={row} entries={behind} />}
    </Space>
  )
}

function judgingPlans(row: HazardView): Record<string, ActionPlan> {
  const facts = { sector: row.sector, description: row.description, foundOn: row.foundOn }
  const { level } = row
  return {
    'hazard.verify': {
      contract: verifyHazard,
      primary: true,
      fields: [...judgingFields(facts), { kind: 'area', name: 'note', label: '核实情况', max: 500 }],
    },
    'hazard.rejudge': {
      contract: rejudgeHazard,
      initial: { judgement: { level, criterionId: row.judgement.criterionId, reason: row.judgement.reason } },
      fields: [
        ...judgingFields(facts),
        { kind: 'area', name: 'why', label: '重新判定的原因', required: true, max: 500 },
      ],
    },
  }
}

interface Entry {
  readonly action: string
  readonly blocked: string | undefined
  readonly plan: ActionPlan
}

function More({ row, entries }: { row: HazardView; entries: readonly Entry[] }): ReactNode {
  const [open, setOpen] = useState<Entry>()
  const { message } = App.useApp()
  const client = useQueryClient()
  return (
    <>
      <Dropdown.Button
        menu={{
          items: entries.map(({ action, blocked, plan }) => ({
            key: action,
            label: plan.contract.title,
            danger: plan.danger ?? false,
            ...(blocked ? { title: blocked } : {}),
          })),
          onClick: ({ key }) => {
            const entry = entries.find(({ action }) => action === key)
            // A blocked action says why when it is asked for: on a phone nobody can hover.
            if (entry?.blocked) message.warning(entry.blocked)
            else setOpen(entry)
          },
        }}
        onClick={() => void client.invalidateQueries()}
      >
        刷新
      </Dropdown.Button>
      {open && (
        <ActionWindow {...open.plan} recordId={row.id} version={row.version} open onClose={() => setOpen(undefined)} />
      )}
    </>
  )
}
