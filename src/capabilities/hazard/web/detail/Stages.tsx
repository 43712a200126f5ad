import { CheckCircleOutlined, HourglassOutlined } from '@ant-design/icons'
import { Card, Steps } from 'antd'
import type { ReactNode } from 'react'
import { useNarrow } from '#shell/layout/narrow.ts'
import { type HazardState, type HazardView, hazardStates, isStanding } from '../../model/index.ts'

/** Where each state stands on the way to closing; rectifying comes after assigning, which waits for the plan. */
const order: readonly HazardState[] = [
  'reported',
  'registered',
  'assigned',
  'rectifying',
  'awaitingAcceptance',
  'awaitingReview',
  'awaitingClosure',
  'closed',
]
const majorStages: readonly (readonly [string, HazardState])[] = [
  ['核实登记', 'registered'],
  ['交办', 'assigned'],
  ['落实方案', 'rectifying'],
  ['整改', 'awaitingAcceptance'],
  ['验收', 'awaitingReview'],
  ['复查', 'awaitingClosure'],
  ['审批销号', 'closed'],
]
const generalStages = majorStages.filter(([, done]) => !['awaitingReview', 'awaitingClosure'].includes(done))

/** The way of a hazard from finding to closing, with the day each stage was finished. */
export function Stages({ row }: { row: HazardView }): ReactNode {
  const narrow = useNarrow()
  if (hazardStates[row.state].type === 'void') return null
  const stages = row.level === 'major' ? majorStages : generalStages
  const at = order.indexOf(row.state)
  const passed = stages.filter(([, done]) => order.indexOf(done) <= at).length
  const dayOf = (state: HazardState) =>
    row.timeline.find((entry) => entry.toState === state && entry.fromState !== state)?.effectiveOn
  if (narrow) return <StageLine names={stages.map(([name]) => name)} passed={passed} />
  return (
    <div className="zb-stages">
      <Steps
        size="small"
        current={passed}
        items={stages.map(([title, done], index) => {
          const day = index < passed ? dayOf(done) : undefined
          const name = done === 'closed' && row.level === 'general' ? '验收销号' : title
          return { title: name, ...(day ? { content: day } : {}) }
        })}
      />
    </div>
  )
}

/** The same on a phone, where a column of steps would push everything else off the screen. */
function StageLine({ names, passed }: { names: readonly string[]; passed: number }): ReactNode {
  const [now, next] = [names[passed], names[passed + 1]]
  return (
    <div className="zb-stages">
      {now ? `第${passed + 1}步，共${names.length}步：${now}` : `${names.length}步全部完成`}
      {next && `，下一步：${next}`}
    </div>
  )
}

interface Condition {
  readonly done: boolean
  readonly words: string
}

function conditionsOf(row: HazardView): Condition[] {
  const at = order.indexOf(row.state)
  const reached = (state: HazardState) => at >= order.indexOf(state)
  const body = row.listingBodyName ?? '县安委办'
  return [
    { done: row.missing.length === 0, words: '五落实齐全' },
    { done: !row.interimMissing, words: '整改期间落实临时管控' },
    { done: reached('awaitingAcceptance'), words: '申请验收，附整改后的照片或材料' },
    { done: reached('awaitingReview'), words: '责任部门验收通过' },
    { done: reached('awaitingClosure'), words: '现场复查合格并有复查记录' },
    ...(row.stopOrders.length > 0 ? [{ done: !row.stopped, words: '停产停业整改已恢复' }] : []),
    { done: false, words: row.listing === 'none' ? '审批销号' : `由挂牌单位（${body}）审批销号` },
  ]
}

/** 销号条件: what is still needed before a major hazard may be closed, and that no one may do two of the steps. */
export function ClosingConditions({ row }: { row: HazardView }): ReactNode {
  if (row.level !== 'major' || !isStanding(row.state) || row.state === 'reported') return null
  const conditions = conditionsOf(row)
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
      <div style={{ marginTop: 8 }}>整改人不得验收、复查和审批，复查人不得审批。</div>
    </Card>
  )
}
