import { SoundOutlined } from '@ant-design/icons'
import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { listingLevels } from '#capabilities/hazard/model/index.ts'
import { StateTag } from '#shell/text/tags.tsx'
import { type ListingRow, listingStates } from '../model/index.ts'

/** State, who lists, and whether the public has been told; in words, since an order nobody may read binds nobody. */
export function ListingMarks({ row }: { row: ListingRow }): ReactNode {
  return (
    <span style={{ display: 'inline-flex', gap: 4, flexWrap: 'wrap' }}>
      <StateTag state={listingStates[row.state]} />
      <Tag style={{ margin: 0 }}>{listingLevels[row.level]}挂牌</Tag>
      {row.overdue && <Tag style={{ margin: 0, fontWeight: 700 }}>逾期</Tag>}
      {row.state === 'ordered' && (
        <Tag icon={<SoundOutlined aria-hidden />} style={{ margin: 0 }}>
          {row.publicisedOn ? '已公示' : '未公示'}
        </Tag>
      )}
    </span>
  )
}

export const ended = (row: ListingRow): boolean => row.endedOn !== null
