import { MoreOutlined } from '@ant-design/icons'
import { App, Button, Dropdown, Space } from 'antd'
import { type ReactNode, useState } from 'react'
import type { z } from 'zod'
import type { ActionContract } from '#kernel/contract.ts'
import { ActionButton, ActionWindow } from './ActionButton.tsx'
import type { FieldSpec, FormValues } from './types.ts'

/** How an action is filled in. */
export interface ActionPlan {
  readonly contract: ActionContract<z.ZodType, z.ZodType>
  readonly fields: readonly FieldSpec[]
  readonly initial?: FormValues
  readonly fixed?: FormValues
  /** The step the record waits for; stands as a button of its own. */
  readonly primary?: boolean
  readonly danger?: boolean
  readonly doneText?: string
}

interface ActionBarProps {
  readonly recordId: string
  readonly version: number
  /** What the server offers this person on this record now, and why not. */
  readonly allowed: readonly { readonly action: string; readonly blocked?: string | undefined }[]
  readonly plans: Readonly<Record<string, ActionPlan>>
  /** Buttons that are not forms of one action. */
  readonly extra?: ReactNode
  /** How many actions that are no next step stand as buttons too; the others stand behind 更多. */
  readonly sideBySide?: number
}

interface Entry {
  readonly action: string
  readonly blocked: string | undefined
  readonly plan: ActionPlan
}

/** Every action a person may take on a record now: the next step first, the rest behind 更多, where it says why not. */
export function ActionBar({ recordId, version, allowed, plans, extra, sideBySide = 0 }: ActionBarProps): ReactNode {
  const offered = allowed.flatMap(({ action, blocked }): Entry[] => {
    const plan = plans[action]
    return plan ? [{ action, blocked, plan }] : []
  })
  const main = offered.filter(({ plan, blocked }) => plan.primary && blocked === undefined)
  const others = offered.filter((entry) => !main.includes(entry))
  const beside = others
    .filter(({ blocked }) => blocked === undefined)
    .slice(0, Math.max(sideBySide, main.length === 0 ? 2 : 0))
  const behind = others.filter((entry) => !beside.includes(entry))
  return (
    <Space wrap>
      {[...main, ...beside].map(({ action, plan }) => (
        <ActionButton key={action} {...plan} recordId={recordId} version={version} />
      ))}
      {extra}
      {behind.length > 0 && <More recordId={recordId} version={version} entries={behind} />}
    </Space>
  )
}

function More(props: { recordId: string; version: number; entries: readonly Entry[] }): ReactNode {
  const { recordId, version, entries } = props
  const [open, setOpen] = useState<Entry>()
  const { message } = App.useApp()
  const items = entries.map(({ action, blocked, plan }) => ({
    key: action,
    label: plan.contract.title,
    danger: plan.danger ?? false,
    ...(blocked ? { title: blocked, className: 'zb-blocked' } : {}),
  }))
  const choose = ({ key }: { key: string }) => {
    const entry = entries.find(({ action }) => action === key)
    // On a phone nobody can hover to read why: choosing says it.
    if (entry?.blocked) message.warning(entry.blocked)
    else setOpen(entry)
  }
  return (
    <>
      <Dropdown menu={{ items, onClick: choose }} trigger={['click']}>
        <Button icon={<MoreOutlined />}>更多</Button>
      </Dropdown>
      {open && (
        <ActionWindow {...open.plan} recordId={recordId} version={version} open onClose={() => setOpen(undefined)} />
      )}
    </>
  )
}
