import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { LevelTag, StateTag } from '#shell/text/tags.tsx'
import { type HazardRow, hazardStates, type Level, levels, listingLevels } from '../model/index.ts'

/** Major hazards wear red, general ones blue, as in the county's four-colour maps. */
export function HazardLevel({ level }: { level: Level }): ReactNode {
  return <LevelTag risk={level === 'major' ? 'red' : 'blue'} label={levels[level]} />
}

export function HazardMarks({ row }: { row: Pick<HazardRow, 'state' | 'overdue' | 'listing' | 'stopped'> }): ReactNode {
  return (
    <span style={{ display: 'inline-flex', gap: 4, flexWrap: 'wrap' }}>
      <StateTag state={hazardStates[row.state]} />
      {row.overdue && <Tag style={{ margin: 0, fontWeight: 700 }}>逾期</Tag>}
      {row.listing !== 'none' && <Tag style={{ margin: 0 }}>{listingLevels[row.listing]}挂牌</Tag>}
      {row.stopped && <Tag style={{ margin: 0 }}>停产停业</Tag>}
    </span>
  )
}
