import { CheckCircleOutlined, HourglassOutlined } from '@ant-design/icons'
import { Card, Steps } from 'antd'
import type { ReactNode } from 'react'
import { useNarrow } from '#shell/layout/narrow.ts'
import type { HazardView } from '../../model/index.ts'
import { closingConditions, separationWords, stagesOf, stageWords, turnWords } from './stages.ts'

/** The way of a hazard from finding to closing, with the day each stage was finished. */
export function Stages({ row }: { row: HazardView }): ReactNode {
  const narrow = useNarrow()
  const way = stagesOf(row)
  if (!way) return null
  const turn = turnWords(row)
  if (narrow) {
    return (
      <div className="zb-stages">
        {stageWords(row)}
        {turn && <div>{turn}</div>}
      </div>
    )
  }
  return (
    <div className="zb-stages">
      <Steps
        size="small"
        current={way.passed}
        items={way.stages.map(({ name, day }) => ({ title: name, ...(day ? { content: day } : {}) }))}
      />
      {turn && <div style={{ marginTop: 8 }}>{turn}</div>}
    </div>
  )
}

/** 销号条件: what is still needed before a major hazard may be closed, and that no one may do two of the steps. */
export function ClosingConditions({ row }: { row: HazardView }): ReactNode {
  const conditions = closingConditions(row)
  if (!conditions) return null
  const open = conditions.filter((condition) => !condition.done).length
  return (
    <Card size="small" title={`销号条件（还差${open}项）`} style={{ marginBottom: 12 }}>
      <ul className="zb-plain zb-conditions">
        {conditions.map(({ done, words }) => (
          <li key={words}>
            {done ? <CheckCircleOutlined aria-label="已具备" /> : <HourglassOutlined aria-label="未具备" />} {words}
          </li>
        ))}
      </ul>
      <div style={{ marginTop: 8 }}>{separationWords}</div>
    </Card>
  )
}
