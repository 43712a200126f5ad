import { CheckCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons'
import { Card, Tag } from 'antd'
import type { ReactNode } from 'react'
import { formatDay, formatMoney } from '#shell/text/format.ts'
import { type FiveElement, fiveElements, type HazardView, measureKinds } from '../../model/index.ts'

/** 五落实: the five elements, what is said of each and which is missing. */
export function FivePanel({ row }: { row: HazardView }): ReactNode {
  const { plan, missing } = row
  const words: Record<FiveElement, ReactNode> = {
    responsible: [plan.responsiblePerson, plan.responsiblePhone].filter(Boolean).join(' '),
    measures: plan.measures.length > 0 && (
      <ol style={{ margin: 0, paddingInlineStart: 18 }}>
        {plan.measures.map((measure) => (
          <li key={measure.text}>
            <Tag>{measureKinds[measure.kind]}</Tag>
            {measure.text}
          </li>
        ))}
      </ol>
    ),
    funds: plan.fundsYuan !== null && `${formatMoney(plan.fundsYuan)}${plan.fundsNote ? `（${plan.fundsNote}）` : ''}`,
    deadline: plan.deadline && formatDay(plan.deadline),
    emergencyPlan: plan.emergencyPlan,
  }
  const title =
    missing.length === 0
      ? '五落实（齐全）'
      : `五落实（还缺${missing.map((element) => fiveElements[element]).join('、')}）`
  return (
    <Card title={title} size="small" style={{ marginBottom: 12 }}>
      <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(136px, 1fr))', gap: 12 }}>
        {(Object.keys(fiveElements) as FiveElement[]).map((element) => (
          <div key={element}>
            <strong>
              {missing.includes(element) ? (
                <ExclamationCircleOutlined aria-hidden />
              ) : (
                <CheckCircleOutlined aria-hidden />
              )}{' '}
              {fiveElements[element]}
            </strong>
            <div>{missing.includes(element) ? '未落实' : words[element] || '—'}</div>
          </div>
        ))}
      </div>
    </Card>
  )
}
