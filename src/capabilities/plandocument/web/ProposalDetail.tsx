import { Button, Tag } from 'antd'
import type { ReactNode } from 'react'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import type { FieldSpec } from '#shell/form/types.ts'
import {
  decideProposal,
  decisionWords,
  kindWords,
  type ProposalView,
  periodWords,
  roleWords,
  sureWords,
} from '../model/index.ts'
import { whenWords, whoWords } from './words.ts'

const options = (of: Readonly<Record<string, string>>) => Object.entries(of).map(([value, label]) => ({ value, label }))

const factFields: readonly FieldSpec[] = [
  { kind: 'area', name: 'facts.what', label: '做什么', required: true, max: 200, rows: 2 },
  {
    kind: 'list',
    name: 'facts.who',
    label: '谁来做',
    addLabel: '添加单位',
    newRow: { role: 'responsible' },
    fields: [
      { kind: 'select', name: 'role', label: '角色', options: options(roleWords) },
      { kind: 'text', name: 'body', label: '单位', max: 60 },
    ],
  },
  { kind: 'day', name: 'facts.from', label: '开始' },
  { kind: 'day', name: 'facts.to', label: '结束（含当日）' },
  { kind: 'select', name: 'facts.period', label: '多久一次', options: options(periodWords) },
  { kind: 'number', name: 'facts.every', label: '每几个周期', min: 1, max: 36, visible: (values) => periodOf(values) },
  { kind: 'number', name: 'facts.least', label: '至少', min: 0, visible: (values) => periodOf(values) },
  { kind: 'text', name: 'facts.unit', label: '计量单位', max: 10, placeholder: '次、家、个工作日' },
  { kind: 'text', name: 'facts.ruleWords', label: '每期的期限', max: 60, placeholder: '每季度末月25日前' },
  { kind: 'text', name: 'facts.only', label: '只限', max: 60, placeholder: '高危行业领域企业' },
]

const periodOf = (values: Readonly<Record<string, unknown>>) => Boolean((values.facts as { period?: unknown })?.period)

interface ProposalDetailProps {
  readonly proposal: ProposalView
  readonly may: boolean
  readonly busy: boolean
  onDecide(decision: 'confirmed' | 'rejected' | 'open'): void
  onNext(): void
}

/** One proposal with what it would become, and what may be done with it. */
export function ProposalDetail({ proposal, may, busy, onDecide, onNext }: ProposalDetailProps): ReactNode {
  const { facts, kind, sure, doubts, decision, earlier, path, decidedBy } = proposal
  return (
    <section aria-label="当前建议" style={{ marginBottom: 12 }}>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 4 }}>
        <Tag>{kindWords[kind]}</Tag>
        <Tag>{sureWords[sure]}</Tag>
        <Tag>{decisionWords[decision]}</Tag>
        {earlier && <Tag>上一版：{decisionWords[earlier]}</Tag>}
      </div>
      <h2 style={{ fontSize: 16, margin: '8px 0 4px' }}>{facts.what}</h2>
      <div>条文 {path}</div>
      <div>{whoWords(facts) || '没有写明由谁来做'}</div>
      <div>{whenWords(facts) || '没有写明时间'}</div>
      {doubts.length > 0 && (
        <div>
          为什么是“{sureWords[sure]}”：{doubts.join('；')}
        </div>
      )}
      {decidedBy && <div>由{decidedBy}决定</div>}
      {may && (
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginTop: 8 }}>
          {decision === 'open' ? (
            <>
              <Button type="primary" loading={busy} onClick={() => onDecide('confirmed')}>
                确认（Y）
              </Button>
              <Edit proposal={proposal} onDone={onNext} />
              <Button disabled={busy} onClick={() => onDecide('rejected')}>
                不采用（N）
              </Button>
            </>
          ) : (
            <>
              <Edit proposal={proposal} onDone={onNext} />
              <Button loading={busy} onClick={() => onDecide('open')}>
                收回决定
              </Button>
            </>
          )}
          <Button onClick={onNext}>下一条（J）</Button>
        </div>
      )}
    </section>
  )
}

function Edit({ proposal, onDone }: { proposal: ProposalView; onDone(): void }): ReactNode {
  const { facts } = proposal
  const who = facts.who.map(({ role, body }) => ({ role, body }))
  const words = { ruleWords: facts.ruleWords ?? '', unit: facts.unit ?? '', only: facts.only ?? '' }
  const { rule: _rule, ...rest } = facts
  return (
    <ActionButton
      contract={decideProposal}
      recordId={proposal.id}
      version={proposal.version}
      label="修改"
      submitLabel="按修改确认"
      subject={proposal.sentence}
      fields={factFields}
      initial={{ facts: { ...rest, ...words, who } }}
      fixed={{ decision: 'confirmed' }}
      doneText="已确认"
      onDone={onDone}
    />
  )
}
