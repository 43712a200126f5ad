import { Card, Timeline } from 'antd'
import type { ReactNode } from 'react'
import { formatInstant } from '#shell/text/format.ts'
import type { HistoryEntry } from '../model/index.ts'

/** What has been done with a task or a meeting, the latest first. */
export function History({ entries }: { entries: readonly HistoryEntry[] }): ReactNode {
  const items = entries.map(({ seq, title, actor, at, summary }) => ({
    key: seq,
    content: (
      <>
        <strong>{title}</strong> {actor}，{formatInstant(at)}
        <div>{summary}</div>
      </>
    ),
  }))
  return (
    <Card size="small" title={`办理过程（${entries.length}）`} style={{ marginBottom: 12 }}>
      <Timeline items={items} />
    </Card>
  )
}
