import { Link, useParams } from '@tanstack/react-router'
import { Card, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { ActionBar, type ActionPlan } from '#shell/form/ActionBar.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { HistoryCard } from '#shell/layout/HistoryCard.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useToday } from '#shell/session/session.tsx'
import { StateTag } from '#shell/text/tags.tsx'
import { Gallery } from '#shell/upload/Gallery.tsx'
import { correctDeed, type DeedView, deedStates, getDeed, verifyDeed, voidDeed } from '../model/index.ts'
import { daysField } from './DaysPicker.tsx'
import { FactTable, fact } from './facts.tsx'
import { deedFields } from './record-fields.ts'
import { ItemStateTag } from './words.tsx'

/** One deed with its evidence, the items it counts for, and what may be done with it. */
export default function DeedPage(): ReactNode {
  const { id = '' } = useParams({ strict: false })
  const answer = useAsk(getDeed, { id })
  const today = useToday()
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const deed = answer.data
  return (
    <>
      <PageHeader
        title={deed.formTitle}
        marks={<StateTag state={deedStates[deed.state]} />}
        words={`${deed.subjectName}　${deed.days.join('、')}`}
        actions={
          <ActionBar
            recordId={deed.id}
            version={deed.version}
            allowed={deed.allowedActions}
            plans={plansFor(deed, today)}
            subject={`${deed.formTitle} ${deed.subjectName}`}
            sideBySide={1}
          />
        }
        printable
      />
      <Facts deed={deed} />
      <Card size="small" title={`计入的职责（${deed.items.length}）`} style={{ marginBottom: 12 }}>
        <ul className="zb-plain">
          {deed.items.map((item) => (
            <li key={item.id}>
              <div className="zb-line">
                <Link to={`/duties/items/${item.id}` as string}>{item.title}</Link>
                <span>{item.periodLabel}</span>
                <ItemStateTag state={item.state} />
              </div>
            </li>
          ))}
        </ul>
      </Card>
      {deed.attachments.length > 0 && (
        <Card size="small" title="照片和材料" style={{ marginBottom: 12 }}>
          <Gallery files={deed.attachments} foundOn={deed.days[0] ?? deed.recordedOn} />
        </Card>
      )}
      <History deed={deed} />
    </>
  )
}

function plansFor(deed: DeedView, today: string): Readonly<Record<string, ActionPlan>> {
  const form = deed.formView
  const facts = form ? deedFields({ ...form, files: 0 }, { startOn: '2000-01-01' }, today, daysField) : []
  return {
    [verifyDeed.id]: {
      contract: verifyDeed,
      primary: true,
      initial: { accepted: true },
      fields: [
        {
          kind: 'radio',
          name: 'accepted',
          label: '核验结果',
          options: [
            { value: true, label: '核验通过，计入' },
            { value: false, label: '退回', help: '填报人更正后重新核验' },
          ],
          required: true,
        },
        {
          kind: 'area',
          name: 'opinion',
          label: '核验意见',
          max: 500,
          required: true,
          phrases: ['经核对佐证，情况属实'],
        },
      ],
    },
    [correctDeed.id]: {
      contract: correctDeed,
      initial: { days: [...deed.days], people: deed.people, note: deed.note, amount: deed.amount },
      fields: [...facts, { kind: 'area', name: 'reason', label: '更正的理由', max: 500, required: true }],
    },
    [voidDeed.id]: {
      contract: voidDeed,
      danger: true,
      fields: [{ kind: 'area', name: 'reason', label: '作废的理由', max: 500, required: true }],
    },
  }
}

function Facts({ deed }: { deed: DeedView }): ReactNode {
  const { verification, voided, formView } = deed
  return (
    <FactTable
      facts={[
        fact('subject', '对象', deed.subjectName),
        fact('area', '区域', deed.areaName),
        fact('days', '日期', deed.days.join('、')),
        fact('people', formView?.people ?? '参加人员', deed.people),
        ...(formView?.amount ? [fact('amount', formView.amount.label, `${deed.amount}${formView.amount.unit}`)] : []),
        fact('by', '填报', `${deed.recordedBy}，${deed.recordedOn}`),
        fact('note', '情况', deed.note || '没有填写', true),
        ...(verification
          ? [
              fact(
                'verified',
                verification.accepted ? '核验通过' : '核验退回',
                `${verification.on} ${verification.by}：${verification.opinion}`,
                true,
              ),
            ]
          : []),
        ...(voided ? [fact('voided', '作废', `${voided.on} ${voided.by}：${voided.reason}`, true)] : []),
      ]}
    />
  )
}

function History({ deed }: { deed: DeedView }): ReactNode {
  if (deed.timeline.length === 0) {
    return <Card size="small">这条记录随历史资料一并装入，没有逐步的办理过程</Card>
  }
  return <HistoryCard entries={deed.timeline} />
}
