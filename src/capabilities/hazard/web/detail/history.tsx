import { Card, Timeline, Typography } from 'antd'
import type { ReactNode } from 'react'
import { formatInstant } from '#shell/text/format.ts'
import { BeforeAfter } from '#shell/upload/BeforeAfter.tsx'
import { Gallery } from '#shell/upload/Gallery.tsx'
import type { HazardView } from '../../model/index.ts'
import { deliveryName, moveWords } from './entries.ts'

interface Section {
  readonly row: HazardView
}

const gap = { marginBottom: 12 }

/** Before beside after, then every photo and paper with who sent it and when. */
export function Photos({ row: { attachments, foundOn } }: Section): ReactNode {
  return (
    <Card size="small" title={`照片资料（${attachments.length}）`} style={gap}>
      {attachments.length === 0 ? (
        <Typography.Text type="secondary">还没有照片和材料，登记、整改、复查时上传的文件都在这里</Typography.Text>
      ) : (
        <>
          <BeforeAfter files={attachments} />
          <Gallery files={attachments} foundOn={foundOn} />
        </>
      )}
    </Card>
  )
}

/** Every action with who and when, the last one first. */
export function History({ row: { timeline } }: Section): ReactNode {
  return (
    <Card size="small" title={`办理过程（${timeline.length}）`} style={gap} styles={{ body: { paddingTop: 16 } }}>
      <Timeline
        items={timeline.map((entry) => ({
          key: entry.seq,
          content: (
            <div style={{ overflowWrap: 'anywhere' }}>
              <strong>{entry.title}</strong> {moveWords(entry)}
              <div className="zb-line">
                {entry.actor}，{formatInstant(entry.at)}
              </div>
              {entry.summary !== entry.title && <div>{entry.summary}</div>}
            </div>
          ),
        }))}
      />
    </Card>
  )
}

/** Who was told, who has read it, and whether it left the system. */
export function Receipts({ row: { notices } }: Section): ReactNode {
  const unread = notices.filter((notice) => notice.readAt === null).length
  const title = `通知送达（${notices.length}${unread > 0 ? `，未读${unread}` : ''}）`
  return (
    <Card size="small" title={title} style={gap}>
      {notices.length === 0 && <Typography.Text type="secondary">还没有发出通知</Typography.Text>}
      <ul className="zb-plain">
        {notices.map((notice) => (
          <li key={`${notice.to}${notice.at}${notice.title}`}>
            {notice.title}
            <div className="zb-line">
              <span>发给 {notice.to}</span>
              <span>{formatInstant(notice.at)}</span>
              <strong>{notice.readAt ? `${formatInstant(notice.readAt)} 已读` : '未读'}</strong>
              <span>站外送达：{deliveryName(notice.delivery)}</span>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}
