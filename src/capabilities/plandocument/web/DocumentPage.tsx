import { Link, useParams } from '@tanstack/react-router'
import { Alert, Button, Modal, Progress, Select, Skeleton, Tag } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { useAction, useAsk } from '#shell/api/queries.ts'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useCan } from '#shell/session/session.tsx'
import { useListSearch } from '#shell/table/list-search.ts'
import {
  confirmProposals,
  type DocumentRow,
  decideProposal,
  decisionWords,
  discardPlan,
  documentStates,
  getPlanDocument,
  issuePlan,
  kindWords,
  type ProposalView,
  sureWords,
} from '../model/index.ts'
import { DocumentText } from './DocumentText.tsx'
import './document.css'
import { ProposalDetail } from './ProposalDetail.tsx'
import { whenWords } from './words.ts'

/** A document beside what it demands: a sentence is looked at on one side and decided on at the other. */
export default function DocumentPage(): ReactNode {
  const { id = '' } = useParams({ strict: false })
  const answer = useAsk(getPlanDocument, { id })
  const decide = useCan('plandocument.decide')
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const { document, clauses, proposals } = answer.data
  const may = decide && document.state === 'deciding'
  return (
    <>
      <PageHeader
        title={document.title}
        marks={<Tag>{document.number === null ? documentStates[document.state] : `第${document.number}版`}</Tag>}
        words={
          <>
            <Link to="/plan/documents">方案文本</Link>
            {'　'}
            <Link to={`/plan/documents/${id}/difference` as string}>与上一版的差别</Link>
          </>
        }
        actions={may && <Closing document={document} />}
        printable
      />
      <Panes document={document} clauses={clauses} proposals={proposals} may={may} />
    </>
  )
}

function Closing({ document }: { document: DocumentRow }): ReactNode {
  const left = document.proposals - document.decided
  const of = { recordId: document.id, version: document.version }
  return (
    <>
      <ActionButton
        contract={issuePlan}
        {...of}
        primary
        blocked={left > 0 ? `还有${left}条建议没有决定` : undefined}
        fields={[{ kind: 'area', name: 'note', label: '说明', max: 300, placeholder: '例如：经县安委会会议审议' }]}
        background={[
          `共${document.proposals}条建议，采用${document.kept}条。定稿后不能再改，修订请重新上传形成新版本。`,
        ]}
        doneText={({ number }) => `已定稿为第${number}版`}
      />
      <ActionButton
        contract={discardPlan}
        {...of}
        danger
        fields={[{ kind: 'area', name: 'reason', label: '理由', required: true, max: 200 }]}
        doneText="已弃用"
      />
    </>
  )
}

/** Least sure first: what needs a person most is decided on while they are fresh. */
const order = { open: 0, inferred: 1, said: 2 } as const

interface PanesProps {
  readonly document: DocumentRow
  readonly clauses: Parameters<typeof DocumentText>[0]['clauses']
  readonly proposals: readonly ProposalView[]
  readonly may: boolean
}

function Panes({ document, clauses, proposals, may }: PanesProps): ReactNode {
  const [search, setSearch] = useListSearch()
  const [notice, setNotice] = useState<string>()
  const run = useAction(decideProposal)
  const shown = proposals
    .filter(({ kind }) => !search.kind || search.kind === kind)
    .filter(({ sure }) => !search.sure || search.sure === sure)
    .filter(({ decision, id }) => !search.decision || search.decision === decision || search.at === id)
    .sort((a, b) => order[a.sure] - order[b.sure])
  const at = Math.max(
    0,
    shown.findIndex(({ id }) => id === search.at),
  )
  const current = shown[at]
  const go = (to: number) => {
    const one = shown[Math.min(Math.max(to, 0), shown.length - 1)]
    if (one) setSearch({ ...search, at: one.id })
  }
  const act = async (decision: 'confirmed' | 'rejected' | 'open') => {
    if (!current || !may || run.isPending) return
    setNotice(undefined)
    try {
      await run.mutateAsync({ recordId: current.id, version: current.version, input: { decision } })
      if (decision !== 'open') go(at + 1)
    } catch (error) {
      setNotice((error as { detail?: string }).detail ?? '没有办成，请重试')
    }
  }
  useKeys(
    { j: () => go(at + 1), k: () => go(at - 1), y: () => void act('confirmed'), n: () => void act('rejected') },
    current,
  )
  return (
    <>
      <Bar document={document} shown={shown} may={may} search={search} onSearch={(next) => setSearch(next)} />
      {notice && <Alert type="error" role="alert" title={notice} closable style={{ marginBottom: 8 }} />}
      <div className="zb-plan-panes">
        <DocumentText clauses={clauses} current={current} />
        <section className="zb-plan-pane" aria-label="建议">
          {current ? (
            <ProposalDetail
              proposal={current}
              may={may}
              busy={run.isPending}
              onDecide={act}
              onNext={() => go(at + 1)}
            />
          ) : (
            <EmptyState why="没有符合条件的建议" next="换一个筛选条件再看" />
          )}
          <Proposals shown={shown} current={current} onLook={(id) => setSearch({ ...search, at: id })} />
        </section>
      </div>
    </>
  )
}

interface ProposalsProps {
  readonly shown: readonly ProposalView[]
  readonly current: ProposalView | undefined
  onLook(id: string): void
}

function Proposals({ shown, current, onLook }: ProposalsProps): ReactNode {
  return (
    <ul className="zb-plan-list">
      {shown.map((one) => (
        <li key={one.id}>
          <button
            type="button"
            className="zb-plan-row"
            aria-current={one.id === current?.id}
            onClick={() => onLook(one.id)}
          >
            {decisionWords[one.decision]}｜{sureWords[one.sure]}｜{kindWords[one.kind]}｜{one.facts.what}
            <br />
            <small>
              {one.path} {whenWords(one.facts)}
            </small>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** Letters decide and move, unless somebody is typing or a window is open. */
function useKeys(keys: Readonly<Record<string, () => void>>, about: ProposalView | undefined): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const busy = document.querySelector('.ant-modal-wrap:not([style*="none"]), .ant-drawer-open')
      const typing = event.target instanceof HTMLElement && /INPUT|TEXTAREA|SELECT/.test(event.target.tagName)
      if (typing || busy || event.ctrlKey || event.metaKey || event.altKey || event.repeat || !about) return
      keys[event.key.toLowerCase()]?.()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  })
}

type Search = ReturnType<typeof useListSearch>[0]

interface BarProps {
  readonly document: DocumentRow
  readonly shown: readonly ProposalView[]
  readonly may: boolean
  readonly search: Search
  onSearch(next: Search): void
}

function Bar({ document, shown, may, search, onSearch }: BarProps): ReactNode {
  const { proposals, decided } = document
  const sure = shown.filter((one) => one.sure === 'said' && one.decision === 'open').slice(0, 500)
  const filter = (name: 'kind' | 'sure' | 'decision', label: string, of: Readonly<Record<string, string>>) => (
    <Select
      allowClear
      aria-label={label}
      placeholder={label}
      style={{ minWidth: 120 }}
      value={search[name] as string | undefined}
      options={Object.entries(of).map(([value, words]) => ({ value, label: words }))}
      onChange={(value) => {
        const { [name]: _old, at: _at, ...rest } = search
        onSearch(value ? { ...rest, [name]: value } : rest)
      }}
    />
  )
  return (
    <div
      className="zb-no-print"
      style={{ display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'center', marginBottom: 8 }}
    >
      {filter('decision', '决定', decisionWords)}
      {filter('sure', '把握', sureWords)}
      {filter('kind', '类别', kindWords)}
      <span role="status">
        已决定 {decided} / {proposals} 条
      </span>
      <Progress
        percent={proposals === 0 ? 100 : Math.floor((decided / proposals) * 100)}
        showInfo={false}
        style={{ width: 120, margin: 0 }}
        aria-label="已决定的比例"
      />
      {may && sure.length > 0 && <ConfirmSure document={document} sure={sure} />}
    </div>
  )
}

/** Everything the text says plainly, looked over in one list and confirmed at once. */
function ConfirmSure({ document, sure }: { document: DocumentRow; sure: readonly ProposalView[] }): ReactNode {
  const [open, setOpen] = useState(false)
  const [said, setSaid] = useState<string>()
  const run = useAction(confirmProposals)
  const confirm = async () => {
    const seen = sure.map(({ id, version }) => ({ id, version }))
    try {
      const { output } = await run.mutateAsync({ recordId: document.id, version: document.version, input: { seen } })
      setSaid(output.skipped > 0 ? `确认了${output.confirmed}条，另${output.skipped}条已由别人处理` : undefined)
      setOpen(output.skipped > 0)
    } catch (error) {
      setSaid((error as { detail?: string }).detail ?? '没有办成，请重试')
    }
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>一并确认明确的（{sure.length}条）</Button>
      <Modal
        open={open}
        title={`一并确认${sure.length}条`}
        okText="看过了，一并确认"
        cancelText="取消"
        confirmLoading={run.isPending}
        onOk={() => void confirm()}
        onCancel={() => setOpen(false)}
        width={720}
      >
        {said && <Alert type="info" role="alert" title={said} style={{ marginBottom: 8 }} />}
        <ul className="zb-plan-list" style={{ maxHeight: '60vh', overflow: 'auto' }}>
          {sure.map(({ id, kind, facts, sentence }) => (
            <li key={id} style={{ padding: '6px 0' }}>
              {kindWords[kind]}：{facts.what}（{whenWords(facts) || '未写明时间'}）
              <br />
              <small>{sentence}</small>
            </li>
          ))}
        </ul>
      </Modal>
    </>
  )
}
