import { DeleteOutlined, StarOutlined } from '@ant-design/icons'
import { Button, Input, Popover, Space } from 'antd'
import { type ReactNode, useState } from 'react'
import { z } from 'zod'
import { useRemembered } from '../browser/remembered.ts'
import { useSession } from '../session/session.tsx'
import type { Search } from './types.ts'

const Saved = z.array(z.object({ name: z.string(), filter: z.record(z.string(), z.unknown()) }))
const most = 30

interface SavedFiltersProps {
  readonly tableId: string
  readonly filter: Search
  onPick(filter: Search): void
}

/** Named filters of this account on this browser. Saving under a known name replaces it. */
export function SavedFilters({ tableId, filter, onPick }: SavedFiltersProps): ReactNode {
  const { accountId } = useSession()
  const [saved, keep] = useRemembered(`zhiben.filters.${accountId}.${tableId}`, Saved, [])
  const [open, setOpen] = useState(false)
  const pick = (next: Search) => {
    onPick(next)
    setOpen(false)
  }
  const save = (name: string) => keep([...saved.filter((row) => row.name !== name), { name, filter: { ...filter } }])
  const content = (
    <div style={{ width: 260 }}>
      {saved.length === 0 && <p style={{ marginTop: 0 }}>还没有保存的筛选。设好条件后在下面起名保存。</p>}
      {saved.map((row) => (
        <div key={row.name} style={{ display: 'flex' }}>
          <Button type="text" block style={{ justifyContent: 'flex-start' }} onClick={() => pick(row.filter)}>
            {row.name}
          </Button>
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={`删除筛选“${row.name}”`}
            onClick={() => keep(saved.filter((other) => other.name !== row.name))}
          />
        </div>
      ))}
      <NameField disabled={Object.keys(filter).length === 0 || saved.length >= most} onSave={save} />
    </div>
  )
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      title="常用筛选"
      content={content}
      placement="bottomLeft"
    >
      <Button icon={<StarOutlined />}>常用筛选{saved.length > 0 ? `（${saved.length}）` : ''}</Button>
    </Popover>
  )
}

function NameField({ disabled, onSave }: { disabled: boolean; onSave(name: string): void }): ReactNode {
  const [name, setName] = useState('')
  const save = () => {
    if (name.trim() === '') return
    onSave(name.trim())
    setName('')
  }
  return (
    <Space.Compact block style={{ marginTop: 8 }}>
      <Input
        value={name}
        maxLength={20}
        placeholder={disabled ? '先设筛选条件' : '给当前条件起名'}
        aria-label="筛选名称"
        disabled={disabled}
        onChange={(event) => setName(event.target.value)}
        onPressEnter={save}
      />
      <Button disabled={disabled || name.trim() === ''} onClick={save}>
        保存
      </Button>
    </Space.Compact>
  )
}
