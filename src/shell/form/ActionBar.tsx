import { MoreOutlined } from '@ant-design/icons'
import { Button, Dropdown, Space } from 'antd'
import { type ReactNode, useState } from 'react'
import type { z } from 'zod'
import type { ActionContract } from '#kernel/contract.ts'
import { ActionWindow } from './ActionButton.tsx'
import type { FieldSpec, FormValues } from './types.ts'

/** How an action is filled in. */
export interface ActionPlan {
  readonly contract: ActionContract<z.ZodType, z.ZodType>
  /** Keeps the drafts of several plans with one contract apart. */
  readonly about?: string
  readonly fields: readonly FieldSpec[]
  readonly initial?: FormValues
  readonly fixed?: FormValues
  /** The step the record waits for; stands as a button of its own. */
  readonly primary?: boolean
  readonly danger?: boolean
  readonly doneText?: string | ((output: unknown) => string)
  readonly background?: readonly string[]
}

interface ActionBarProps {
  readonly recordId: string
  readonly version: number
  /** What the server offers this person on this record now, and why not. */
  readonly allowed: readonly { readonly action: string; readonly blocked?: string | undefined }[]
  readonly plans: Readonly<Record<string, ActionPlan>>
  /** Which record it is, in words: a window hides the page it stands on. */
  readonly subject?: string
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
export function ActionBar(props: ActionBarProps): ReactNode {
  const { recordId, version, subject, allowed, plans, extra, sideBySide = 0 } = props
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
  const [open, setOpen] = useState<Entry>()
  // The window stays although the record moves on below it: what was typed must not go with the button.
  const still = open && offered.find(({ action }) => action === open.action)
  return (
    <Space wrap>
      {[...main, ...beside].map((entry) => (
        <Button
          key={entry.action}
          type={entry.plan.primary ? 'primary' : 'default'}
          danger={entry.plan.danger ?? false}
          onClick={() => setOpen(entry)}
        >
          {entry.plan.contract.title}
        </Button>
      ))}
      {extra}
      {behind.length > 0 && <More entries={behind} onChoose={setOpen} />}
      {open && (
        <ActionWindow
          {...(still ?? open).plan}
          recordId={recordId}
          version={version}
          subject={subject}
          gone={still ? still.blocked : '这一事项现在已不由您办理'}
          open
          onClose={() => setOpen(undefined)}
        />
      )}
    </Space>
  )
}

/** What may be done first; then what may not be done yet, each with its reason in sight: nobody hovers on a phone. */
function More(props: { entries: readonly Entry[]; onChoose(entry: Entry | undefined): void }): ReactNode {
  const { entries, onChoose } = props
  const item = ({ action, blocked, plan }: Entry) => ({
    key: action,
    danger: plan.danger === true && blocked === undefined,
    disabled: blocked !== undefined,
    label: blocked ? <Blocked title={plan.contract.title} why={blocked} /> : plan.contract.title,
  })
  const free = entries.filter(({ blocked }) => blocked === undefined).map(item)
  const held = entries.filter(({ blocked }) => blocked !== undefined).map(item)
  const group = { type: 'group' as const, key: 'held', label: '现在还不能办理', children: held }
  const items = held.length > 0 ? [...free, group] : free
  const choose = ({ key }: { key: string }) => onChoose(entries.find(({ action }) => action === key))
  return (
    <Dropdown menu={{ items, onClick: choose, className: 'zb-more' }} trigger={['click']}>
      <Button icon={<MoreOutlined />}>更多</Button>
    </Dropdown>
  )
}

function Blocked({ title, why }: { title: string; why: string }): ReactNode {
  return (
    <>
      {title}
      <div className="zb-why">{why}</div>
    </>
  )
}
