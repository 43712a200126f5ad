import { Card, Steps } from 'antd'
import type { ReactNode } from 'react'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import { useToday } from '#shell/session/session.tsx'
import { type LedgerItemView, reachMilestone } from '../../model/index.ts'

/** How far the item has come, each milestone with its day; what may be marked as reached has its button beside it. */
export function Milestones({ item }: { item: LedgerItemView }): ReactNode {
  const today = useToday()
  const { milestones } = item
  const missing = milestones.findIndex(({ reached }) => reached === null)
  return (
    <Card size="small" title="节点" style={{ marginBottom: 12 }}>
      <Steps
        size="small"
        orientation="vertical"
        current={missing === -1 ? milestones.length : missing}
        items={milestones.map(({ id, title, reached, evidence, mayReach }) => ({
          title: reached ? `${title}　${reached.on}` : title,
          // One may be reached before those ahead of it: what is done is shown as done.
          status: reached ? ('finish' as const) : ('wait' as const),
          content: reached ? (
            [reached.by, reached.note].filter(Boolean).join('：')
          ) : mayReach ? (
            <ActionButton
              contract={{ ...reachMilestone, title: `登记完成：${title}` }}
              label="登记完成"
              recordId={item.id}
              version={item.version}
              about={id}
              fixed={{ milestone: id }}
              initial={{ on: today }}
              subject={`${item.title}　${title}`}
              fields={[
                { kind: 'day', name: 'on', label: '完成日期', min: item.listedOn, max: today, required: true },
                { kind: 'area', name: 'note', label: '说明', max: 300, rows: 2 },
                {
                  kind: 'attachments',
                  name: 'attachments',
                  label: '佐证材料',
                  purposes: ['other', 'before', 'after'],
                  required: evidence,
                },
              ]}
            />
          ) : (
            '未完成'
          ),
        }))}
      />
    </Card>
  )
}
