import { Link, useParams } from '@tanstack/react-router'
import { Alert, Card, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { ActionBar, type ActionPlan } from '#shell/form/ActionBar.tsx'
import { ActionForm } from '#shell/form/ActionForm.tsx'
import type { FieldSpec } from '#shell/form/types.ts'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { HistoryCard } from '#shell/layout/HistoryCard.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import * as m from '../model/index.ts'
import { Numbers } from './Numbers.tsx'
import { ReturnMarks } from './words.tsx'

/** One body's return of one period: the numbers are there already, the clerk says what they mean and sends it. */
export default function ReturnPage(): ReactNode {
  const { id = '' } = useParams({ strict: false })
  const answer = useAsk(m.getReturn, { id })
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const one = answer.data
  const sending = one.allowedActions.find(({ action }) => action === m.submitReturn.id)
  const others = one.allowedActions.filter(({ action }) => action !== m.submitReturn.id)
  const back = one.returns.at(-1)
  return (
    <>
      <PageHeader
        title={`${one.bodyName} ${one.period}进展`}
        marks={<ReturnMarks row={one} />}
        words={
          <>
            <Link to={'/progress' as string}>进展报送</Link> {one.fromOn} 至 {one.toOn}，报送期限 {one.dueOn}
          </>
        }
        actions={
          <ActionBar
            recordId={one.id}
            version={one.version}
            allowed={others}
            plans={plansFor(one)}
            subject={`${one.bodyName} ${one.period}`}
            sideBySide={2}
          />
        }
        printable
      />
      {one.state === 'returned' && back && (
        <Alert type="warning" style={{ marginBottom: 12 }} title={`${back.on} ${back.by}退回：${back.reason}`} />
      )}
      <Numbers one={one} />
      {sending ? <Filling one={one} blocked={sending.blocked} /> : <Said one={one} />}
      <HistoryCard entries={one.timeline} />
    </>
  )
}

const fields: readonly FieldSpec[] = [
  {
    kind: 'area',
    name: 'progress',
    label: '工作进展',
    max: 2000,
    rows: 4,
    required: true,
    help: '数字已由系统带出，写本期做了什么、成效如何',
    phrases: ['按方案有序推进，无异常情况', '重大隐患均在整改期限内', '完成本期督导检查安排'],
  },
  { kind: 'area', name: 'problems', label: '存在的问题', max: 2000, rows: 2, phrases: ['无'] },
  { kind: 'area', name: 'next', label: '下一步安排', max: 2000, rows: 2, phrases: ['继续按方案推进'] },
]

/** What was written stays on this device until it is sent; what was said last time can be begun from. */
function Filling({ one, blocked }: { one: m.ReturnView; blocked: string | undefined }): ReactNode {
  const again = one.state === 'returned'
  const { before } = one
  const initial = again
    ? { progress: one.progress, problems: one.problems, next: one.next }
    : { problems: before?.problems ?? '', next: before?.next ?? '' }
  return (
    <Card size="small" title="填写说明" style={{ marginBottom: 12 }}>
      <ActionForm
        contract={m.submitReturn}
        recordId={one.id}
        version={one.version}
        fields={fields}
        initial={initial}
        {...(blocked ? { gone: blocked } : {})}
        background={[
          ...(before ? [`上期（${before.period}）：${before.progress}`] : []),
          '写的内容自动存在本机，未报送前可随时接着写；报送时数字按当时的记录固定下来',
        ]}
        doneText={({ state }) => (state === 'submitted' ? '已报送，等本单位审核' : '已报送县安委办')}
      />
    </Card>
  )
}

function Said({ one }: { one: m.ReturnView }): ReactNode {
  if (one.submission === null) return null
  const parts = [
    ['工作进展', one.progress],
    ['存在的问题', one.problems],
    ['下一步安排', one.next],
  ] as const
  return (
    <Card size="small" title="说明" style={{ marginBottom: 12 }}>
      {parts
        .filter(([, words]) => words !== '')
        .map(([label, words]) => (
          <p key={label} style={{ whiteSpace: 'pre-wrap' }}>
            <strong>{label}：</strong>
            {words}
          </p>
        ))}
    </Card>
  )
}

function plansFor(one: m.ReturnView): Readonly<Record<string, ActionPlan>> {
  const opinion: FieldSpec = { kind: 'area', name: 'opinion', label: '审核意见', max: 300, rows: 2 }
  const reason = (label: string): FieldSpec => ({ kind: 'area', name: 'reason', label, max: 500, required: true })
  const numbers = one.numberRows.filter(({ frozen }) => frozen !== null)
  return {
    [m.endorseReturn.id]: { contract: m.endorseReturn, primary: true, fields: [opinion] },
    [m.acceptReturn.id]: { contract: m.acceptReturn, primary: true, fields: [opinion] },
    [m.sendBackReturn.id]: { contract: m.sendBackReturn, fields: [reason('退回的原因')] },
    [m.chaseReturn.id]: {
      contract: m.chaseReturn,
      initial: { words: '请抓紧报送本期进展' },
      fields: [{ kind: 'area', name: 'words', label: '催报的内容', max: 200, required: true }],
    },
    [m.correctReturn.id]: {
      contract: m.correctReturn,
      fields: [
        {
          kind: 'select',
          name: 'number',
          label: '要更正的数字',
          required: true,
          options: numbers.map(({ id, title, value }) => ({ value: id, label: `${title}（现为${value}）` })),
        },
        { kind: 'number', name: 'to', label: '更正为', min: 0, required: true },
        reason('更正的理由'),
      ],
    },
  }
}
