import { Card, Timeline } from 'antd'
import type { ReactNode } from 'react'
import { formatInstant } from '../text/format.ts'

interface Step {
  readonly seq: number
  readonly title: string
  readonly actor: string
  readonly at: string
  readonly summary: string
}

/** What has been done with a record, by whom and when, in the order it is handed in. */
export function HistoryCard({ entries }: { entries: readonly Step[] }): ReactNode {
  return (
    <Card size="small" title={`办理过程（${entries.length}）`} style={{ marginBottom: 12 }}>
      <Timeline
        items={entries.map(({ seq, title, actor, at, summary }) => ({
          key: seq,
          content: (
            <div style={{ overflowWrap: 'anywhere' }}>
              <strong>{title}</strong> {actor}，{formatInstant(at)}
              {summary !== title && <div>{summary}</div>}
            </div>
          ),
        }))}
      />
    </Card>
  )
}
