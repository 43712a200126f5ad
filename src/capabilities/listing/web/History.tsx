import { Card, Timeline } from 'antd'
import type { ReactNode } from 'react'
import { formatInstant } from '#shell/text/format.ts'
import type { HistoryEntry } from '../model/index.ts'

/** What has been done, the latest first. */
export function History({ entries }: { entries: readonly HistoryEntry[] }): ReactNode {
  return (
    <Card size="small" title={`办理过程（${entries.length}）`} className="zb-no-print" style={{ marginBottom: 12 }}>
      <Timeline
        items={entries.map((entry) => ({
          key: entry.seq,
          content: (
            <>
              <strong>{entry.title}</strong> {entry.actor}，{formatInstant(entry.at)}
              <div>{entry.summary}</div>
            </>
          ),
        }))}
      />
    </Card>
  )
}
