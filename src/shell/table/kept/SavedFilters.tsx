import { StarFilled, StarOutlined } from '@ant-design/icons'
import { Button, Drawer, Popover } from 'antd'
import { type ReactNode, useState } from 'react'
import { mostFilters, type SavedFilter, saveFilter } from '#kernel/list/kept.ts'
import { mintId } from '../../api/client.ts'
import { useNarrow } from '../../layout/narrow.ts'
import type { Kept } from '../use-kept.ts'
import { NameField } from './NameField.tsx'
import { SavedRow } from './SavedRow.tsx'
import { isShown, type Shown } from './saved.ts'

interface SavedFiltersProps {
  readonly kept: Kept
  readonly shown: Shown
  onPick(saved: SavedFilter): void
  linkOf(saved: SavedFilter): string
}

/** The account's own filters of a list: to open, to keep what is shown under a name, to rename, to open with, to send. */
export function SavedFilters({ kept, shown, onPick, linkOf }: SavedFiltersProps): ReactNode {
  const narrow = useNarrow()
  const [open, setOpen] = useState(false)
  const current = kept.filters.find((saved) => isShown(saved, shown))
  const count = kept.filters.length
  const pick = (saved: SavedFilter) => {
    onPick(saved)
    setOpen(false)
  }
  const content = <Content kept={kept} shown={shown} current={current} onPick={pick} linkOf={linkOf} />
  const said = current ? `常用筛选：${current.name}` : `常用筛选${count > 0 ? `（${count}）` : ''}`
  const button = (
    <Button
      icon={current ? <StarFilled /> : <StarOutlined />}
      aria-label={said}
      {...(narrow ? { onClick: () => setOpen(true) } : {})}
    >
      {!narrow && said}
    </Button>
  )
  return narrow ? (
    <>
      {button}
      <Drawer title="常用筛选" open={open} onClose={() => setOpen(false)} placement="bottom" destroyOnHidden>
        {content}
      </Drawer>
    </>
  ) : (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      title="常用筛选"
      content={content}
      placement="bottomRight"
      destroyOnHidden
    >
      {button}
    </Popover>
  )
}

function Content({ kept, shown, current, onPick, linkOf }: SavedFiltersProps & { current: SavedFilter | undefined }) {
  const count = kept.filters.length
  const full = count >= mostFilters
  const save = (name: string) =>
    kept.change(saveFilter, {
      recordId: mintId(),
      input: { list: kept.list, name, ...shown, filter: { ...shown.filter } },
    })
  if (kept.unread) return <p role="alert">常用筛选暂时读不到，稍后再打开</p>
  return (
    <div className="zb-saved">
      {count === 0 && <p>还没有常用筛选。设好条件、排序和列以后，在下面起名保存，换一台电脑登录也在。</p>}
      <ul>
        {kept.filters.map((saved) => (
          <SavedRow
            key={saved.id}
            saved={saved}
            current={saved === current}
            kept={kept}
            shown={shown}
            onPick={onPick}
            link={linkOf(saved)}
          />
        ))}
      </ul>
      <NameField label="新的常用筛选名称" action="保存" disabled={full} onName={save} />
      {full && <p>已有 {mostFilters} 个，删除不用的才能再保存</p>}
    </div>
  )
}
