import { Link } from '@tanstack/react-router'
import { Card } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { useToday } from '#shell/session/session.tsx'
import { DueText } from '#shell/text/tags.tsx'
import { myDuties, progressWords } from '../model/index.ts'
import { ItemStateTag } from './words.tsx'

/** On the workbench: what falls due soon, what is overdue, what waits to be verified. */
export function MyDuties(): ReactNode {
  const { data } = useAsk(myDuties, {})
  const today = useToday()
  if (!data || data.overdue + data.dueSoon + data.toVerify === 0) return null
  return (
    <Card
      size="small"
      title={`我的履责（即将到期${data.dueSoon}，逾期${data.overdue}）`}
      style={{ marginTop: 12 }}
      extra={<Link to={'/duties' as string}>履责日历</Link>}
    >
      {data.toVerify > 0 && (
        <p>
          <Link to={'/duties/deeds' as string} search={{ states: ['unverified'] } as never}>
            {data.toVerify}条履责记录等您核验
          </Link>
        </p>
      )}
      <ul className="zb-plain">
        {data.rows.map((row) => (
          <li key={row.id}>
            <Link to={`/duties/items/${row.id}` as string}>{row.title}</Link>
            <div className="zb-line">
              <ItemStateTag state={row.state} />
              <span>
                {row.subjectName}　{row.periodLabel}
              </span>
              <span>{progressWords(row)}</span>
              <DueText due={row.dueOn} today={today} />
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}
