import { ArrowDownOutlined, ArrowUpOutlined, SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover } from 'antd'
import { type ReactNode, useState } from 'react'
import type { ColumnLayout } from '#kernel/list/kept.ts'
import { useNarrow } from '../layout/narrow.ts'
import { layoutOf, moved, type Placed } from './columns.ts'

interface ColumnChooserProps<R> {
  readonly title: string
  readonly placed: readonly Placed<R>[]
  /** Null puts the columns back to how the list was made. */
  onChange(layout: ColumnLayout | null): void
}

/** Which columns are in sight, and in which order; kept once the person has finished choosing. */
export function ColumnChooser<R>({ title, placed, onChange }: ColumnChooserProps<R>): ReactNode {
  // On a phone the word would be a second line of buttons.
  const narrow = useNarrow()
  const [draft, setDraft] = useState<readonly Placed<R>[]>()
  const current = draft ?? placed
  const close = () => {
    if (draft && JSON.stringify(layoutOf(draft)) !== JSON.stringify(layoutOf(placed))) onChange(layoutOf(draft))
    setDraft(undefined)
  }
  const reset = () => {
    setDraft(undefined)
    onChange(null)
  }
  const set = (at: number, shown: boolean) =>
    setDraft(current.map((one, index) => (index === at ? { ...one, shown } : one)))
  const content = (
    <div className="zb-chooser">
      <ol>
        {current.map(({ column, shown }, at) => (
          <li key={column.key}>
            <Checkbox
              checked={shown}
              disabled={column.hideable === false}
              onChange={(event) => set(at, event.target.checked)}
            >
              {column.title}
            </Checkbox>
            <Move title={column.title} by={-1} disabled={at === 0} onMove={() => setDraft(moved(current, at, -1))} />
            <Move
              title={column.title}
              by={1}
              disabled={at === current.length - 1}
              onMove={() => setDraft(moved(current, at, 1))}
            />
          </li>
        ))}
      </ol>
      <Button type="link" size="small" onClick={reset}>
        恢复原来的列
      </Button>
    </div>
  )
  return (
    <Popover
      trigger="click"
      title={title}
      content={content}
      placement="bottomRight"
      open={draft !== undefined}
      onOpenChange={(open) => (open ? setDraft(placed) : close())}
    >
      <Button icon={<SettingOutlined />} aria-label="列">
        {!narrow && '列'}
      </Button>
    </Popover>
  )
}

function Move(props: { title: string; by: -1 | 1; disabled: boolean; onMove(): void }): ReactNode {
  const { title, by, disabled, onMove } = props
  return (
    <Button
      type="text"
      size="small"
      icon={by < 0 ? <ArrowUpOutlined /> : <ArrowDownOutlined />}
      aria-label={`“${title}”${by < 0 ? '前移' : '后移'}`}
      disabled={disabled}
      onClick={onMove}
    />
  )
}
