import { SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover } from 'antd'
import type { ReactNode } from 'react'
import { z } from 'zod'
import type { ListColumn, ListSpec } from '#kernel/list/list.ts'
import { useRemembered } from '../browser/remembered.ts'
import { useNarrow } from '../layout/narrow.ts'
import { useSession } from '../session/session.tsx'

const Choice = z.record(z.string(), z.boolean())

/** The columns this person wants to see, kept on this browser; columns added later show as their spec says. */
export function useColumns<R>({ id, columns }: ListSpec<R>): {
  shown: ListColumn<R>[]
  isShown(column: ListColumn<R>): boolean
  toggle(key: string, on: boolean): void
} {
  const { accountId } = useSession()
  const [choice, keep] = useRemembered(`zhiben.columns.${accountId}.${id}`, Choice, {})
  const isShown = (column: ListColumn<R>) => column.hideable === false || (choice[column.key] ?? !column.hiddenAtFirst)
  return { shown: columns.filter(isShown), isShown, toggle: (key, on) => keep({ ...choice, [key]: on }) }
}

interface ColumnChooserProps<R> {
  readonly title: string
  readonly columns: readonly ListColumn<R>[]
  isShown(column: ListColumn<R>): boolean
  onToggle(key: string, on: boolean): void
}

export function ColumnChooser<R>({ title, columns, isShown, onToggle }: ColumnChooserProps<R>): ReactNode {
  // On a phone the word would be a second line of buttons.
  const narrow = useNarrow()
  const content = (
    <div style={{ display: 'grid', gap: 4 }}>
      {columns.map((column) => (
        <Checkbox
          key={column.key}
          checked={isShown(column)}
          disabled={column.hideable === false}
          onChange={(event) => onToggle(column.key, event.target.checked)}
        >
          {column.title}
        </Checkbox>
      ))}
    </div>
  )
  return (
    <Popover trigger="click" title={title} content={content} placement="bottomRight">
      <Button icon={<SettingOutlined />} aria-label="列">
        {!narrow && '列'}
      </Button>
    </Popover>
  )
}
