import type { ReactNode } from 'react'
import {
  channels,
  type FiveElement,
  fiveElements,
  type HazardView,
  measureKinds,
} from '#capabilities/hazard/model/index.ts'
import { deliveryName, entriesOf, moveWords } from '#capabilities/hazard/web/detail/entries.ts'
import { closingConditions, judgementWords, separationWords } from '#capabilities/hazard/web/detail/stages.ts'
import { Icon } from '#shell/phone/icons.tsx'
import { Card } from '#shell/phone/parts.tsx'
import { formatDay, formatInstant, formatMoney, none } from '#shell/text/format.ts'

interface Section {
  readonly row: HazardView
}

/** 五落实: the five elements, what is said of each and which is missing. */
export function Five({ row }: Section): ReactNode {
  const { plan, missing } = row
  const words: Record<FiveElement, ReactNode> = {
    responsible: [plan.responsiblePerson, plan.responsiblePhone].filter(Boolean).join(' '),
    measures: plan.measures.map((measure) => (
      <div key={measure.text}>
        <span className="p-tag">{measureKinds[measure.kind]}</span> {measure.text}
        {measure.done && '（已完成）'}
      </div>
    )),
    funds: `${formatMoney(plan.fundsYuan)}${plan.fundsNote ? `（${plan.fundsNote}）` : ''}`,
    deadline: formatDay(plan.deadline),
    emergencyPlan: plan.emergencyPlan,
  }
  const title =
    missing.length === 0
      ? '五落实（齐全）'
      : `五落实（还缺${missing.map((element) => fiveElements[element]).join('、')}）`
  return (
    <Card title={title}>
      <ul className="p-five">
        {(Object.keys(fiveElements) as FiveElement[]).map((element) => (
          <li key={element}>
            <strong>
              <Icon name={missing.includes(element) ? 'warning' : 'check'} size={16} /> {fiveElements[element]}
            </strong>
            <div>{missing.includes(element) ? <span className="p-missing">未落实</span> : words[element]}</div>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** What was found, where, and how it was judged. */
export function Facts({ row }: Section): ReactNode {
  const { judgement, assignment } = row
  const judged = judgementWords(row)
  const facts: readonly (readonly [string, string])[] = [
    ['具体位置', row.location || none],
    ['行业领域', row.sectorName],
    ['发现日期', `${formatDay(row.foundOn)}${row.stock ? '（存量）' : ''}`],
    ['来源', channels[row.channel]],
    ['责任部门', row.assignedBodyName ?? `未交办（${row.leadBodyName}牵头）`],
    ['属地', row.townBodyName ?? none],
    ...(assignment ? [['整改要求', `${assignment.demand}（${assignment.by}，${assignment.on}）`] as const] : []),
    ['判定依据', judgement.reason ? `${judged}；理由：${judgement.reason}` : judged],
  ]
  return (
    <Card title="基本情况">
      <dl className="p-facts">
        {facts.map(([label, words]) => (
          <div key={label} className="p-fact">
            <dt>{label}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

/** 销号条件: what is still needed before a major hazard may be closed. */
export function Conditions({ row }: Section): ReactNode {
  const conditions = closingConditions(row)
  if (!conditions) return null
  return (
    <Card title={`销号条件（还差${conditions.filter((condition) => !condition.done).length}项）`}>
      <ul>
        {conditions.map(({ done, words }) => (
          <li key={words}>
            <Icon name={done ? 'check' : 'wait'} size={16} /> {words}
            {done && <span className="p-hint">（已具备）</span>}
          </li>
        ))}
      </ul>
      <p className="p-hint">{separationWords}</p>
    </Card>
  )
}

/** Everything written down on the way, each kind of entry in a card of its own. */
export function Entries({ row }: Section): ReactNode {
  return entriesOf(row).map(({ title, rows }) => (
    <Card key={title} title={title}>
      <ul className="p-items">
        {rows.map((words) => (
          <li key={words} className="p-item">
            {words}
          </li>
        ))}
      </ul>
    </Card>
  ))
}

export function Reports({ row }: Section): ReactNode {
  return (
    <Folded title={`发现记录（${row.reportList.length}）`}>
      <ul className="p-items">
        {row.reportList.map((report) => (
          <li key={report.id} className="p-item">
            <span>
              <span className="p-tag">{channels[report.channel]}</span> {report.foundOn} {report.reporter}
            </span>
            {report.description}
            {report.source && `（${report.source}）`}
            {report.mergedFrom && `，由 ${report.mergedFrom} 合并`}
          </li>
        ))}
      </ul>
    </Folded>
  )
}

/** Every action with who and when. */
export function History({ row }: Section): ReactNode {
  return (
    <Card title={`办理过程（${row.timeline.length}）`}>
      <ol className="p-timeline">
        {row.timeline.map((entry) => (
          <li key={entry.seq}>
            <strong>{entry.title}</strong>
            <div className="p-hint">
              {entry.actor}，{formatInstant(entry.at)}
            </div>
            {moveWords(entry) && <div>{moveWords(entry)}</div>}
            <div>{entry.summary}</div>
          </li>
        ))}
      </ol>
    </Card>
  )
}

/** Who was told, who has read it, and whether it left the system. */
export function Receipts({ row }: Section): ReactNode {
  if (row.notices.length === 0) return null
  return (
    <Folded title={`通知送达（${row.notices.length}）`}>
      <ul className="p-items">
        {row.notices.map((notice) => (
          <li key={`${notice.to}${notice.at}${notice.title}`} className="p-item">
            <span>{notice.title}</span>
            <span className="p-hint">
              {formatInstant(notice.at)} 发给{notice.to}，
              {notice.readAt ? `${formatInstant(notice.readAt)} 已读` : '未读'}，{deliveryName(notice.delivery)}
            </span>
          </li>
        ))}
      </ul>
    </Folded>
  )
}

function Folded({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section className="p-card">
      <details>
        <summary>{title}</summary>
        {children}
      </details>
    </section>
  )
}
