import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Alert, Button, Card, Popconfirm, Progress, Skeleton, Space, Steps, Tabs } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { downloadUrl } from '#shell/api/client.ts'
import { asApiProblem } from '#shell/api/problem.ts'
import { useAction, useAsk } from '#shell/api/queries.ts'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { useNarrow } from '#shell/layout/narrow.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { formatNumber } from '#shell/text/format.ts'
import { StateTag } from '#shell/text/tags.tsx'
import {
  cancelImport,
  downloadRejected,
  getImport,
  type ImportView,
  importStates,
  rowStandings,
  runImport,
} from '../model/index.ts'
import { ColumnMapping } from './ColumnMapping.tsx'
import { HeaderPicker } from './HeaderPicker.tsx'
import { OtherSheets } from './OtherSheets.tsx'
import { RowReview } from './RowReview.tsx'
import { WordMapping } from './WordMapping.tsx'

/** 导入台账, second and third step: what the file was understood as, every row that wants an answer, and the import. */
export default function ImportPage(): ReactNode {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const answer = useAsk(getImport, { id }, { keepPrevious: true, refetchInterval: 2000 })
  const client = useQueryClient()
  const state = answer.data?.state
  useEffect(() => {
    // The work goes on beside this page: when it has ended, every number on the screen is asked anew.
    if (state === 'done') void client.invalidateQueries()
  }, [state, client])
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  const view = answer.data
  if (!view) return <Skeleton active />
  return (
    <>
      <PageHeader
        title={`导入：${view.fileName}`}
        marks={<StateTag state={importStates[view.state]} />}
        words={[/\.csv$/i.test(view.fileName) ? [] : `工作表“${view.sheet}”`, headerWords(view)].flat().join('，')}
      />
      <Steps
        size="small"
        responsive={false}
        current={view.state === 'preparing' ? 1 : 2}
        items={[{ title: '选择文件' }, { title: '核对' }, { title: '导入' }]}
        style={{ marginBottom: 12, maxWidth: 560 }}
      />
      <OtherSheets view={view} />
      {view.headerRows[0] === 0 ? <HeaderPicker key={view.version} view={view} /> : <Understood view={view} />}
    </>
  )
}

function headerWords({ headerRows, remembered }: ImportView): string {
  const [first = 0, last = 0] = headerRows
  if (first === 0) return '没有找到表头'
  return `表头在第${first === last ? first : `${first}至${last}`}行${remembered ? '，已按上次的对应关系识别' : ''}`
}

function Understood({ view }: { view: ImportView }): ReactNode {
  const open = view.counts.open ?? 0
  const unclear = view.words.filter((word) => word.meaning === null).length
  const settled = (view.counts.imported ?? 0) + (view.counts.merged ?? 0) > 0
  const [tab, setTab] = useState('rows')
  const [standing, setStanding] = useStanding(view.counts)
  const pick = (next: Standing | undefined) => {
    setStanding(next)
    setTab('rows')
  }
  // Four names in full do not fit beside each other on a phone, and one that is scrolled away is not found.
  const narrow = useNarrow()
  const name = (long: string, short: string, count: number, counted: string) => {
    if (count === 0) return narrow ? short : long
    return narrow ? `${short} ${count}` : `${long}（${counted} ${count}）`
  }
  return (
    <>
      <Account view={view} standing={tab === 'rows' ? standing : 'none'} onPick={pick} />
      <RunBar view={view} />
      <Tabs
        activeKey={tab}
        onChange={setTab}
        items={[
          {
            key: 'rows',
            label: name('逐行核对', '逐行', open, '待核对'),
            children: <RowReview view={view} standing={standing} onStanding={setStanding} />,
          },
          {
            key: 'words',
            label: name('用语对应', '用语', unclear, '待确认'),
            children: <WordMapping key={view.version} view={view} />,
          },
          {
            key: 'columns',
            label: narrow ? '列' : '列对应',
            children: <ColumnMapping key={view.version} view={view} />,
          },
          ...(settled || view.preview.length === 0
            ? []
            : [{ key: 'header', label: '表头', children: <HeaderPicker key={view.version} view={view} /> }]),
        ]}
      />
    </>
  )
}

type Standing = keyof typeof rowStandings

/** Which rows are shown: in the address, first those that want an answer, and all where there are none of the kind. */
function useStanding(counts: ImportView['counts']): [Standing | undefined, (next: Standing | undefined) => void] {
  const { standing: asked = 'open' } = useSearch({ strict: false }) as { standing?: string }
  const navigate = useNavigate()
  const shown = (Object.keys(rowStandings) as Standing[]).find((one) => one === asked && counts[one])
  // The rest of the address goes: another kind of rows begins on its own first page.
  const show = (next: Standing | undefined) =>
    void navigate({ to: '.', search: { standing: next ?? 'all' } as never, replace: true })
  return [shown, show]
}

interface AccountProps {
  readonly view: ImportView
  /** Which rows are shown below: all of them when undefined. */
  readonly standing: Standing | undefined | 'none'
  onPick(standing: Standing | undefined): void
}

/** Every row of the sheet is accounted for, in numbers that add up; each shows its rows. */
function Account({ view, standing, onPick }: AccountProps): ReactNode {
  const { data = 0, blank = 0, total = 0, note = 0 } = view.kinds
  const others = [blank > 0 && `空行 ${blank}`, total > 0 && `合计行 ${total}`, note > 0 && `说明行 ${note}`].filter(
    Boolean,
  )
  const shown = (Object.keys(rowStandings) as Standing[]).filter((one) => view.counts[one])
  const looks = 'zb-number zb-number-button'
  return (
    <Card size="small" style={{ marginBottom: 12 }}>
      <div className="zb-numbers">
        <button type="button" className={looks} aria-pressed={standing === undefined} onClick={() => onPick(undefined)}>
          <strong>{formatNumber(data)}</strong>
          <span>数据行{others.length > 0 && `（另有${others.join('、')}，不导入）`}</span>
        </button>
        {shown.map((one) => (
          <button
            key={one}
            type="button"
            className={looks}
            data-standing={one}
            aria-pressed={standing === one}
            onClick={() => onPick(one)}
          >
            <strong>{formatNumber(view.counts[one] ?? 0)}</strong>
            <span>{rowStandings[one]}</span>
          </button>
        ))}
      </div>
    </Card>
  )
}

function othersWords({ open = 0, skipped = 0, rejected = 0 }: ImportView['counts']): string | undefined {
  const words = [
    open + rejected > 0 && `${open + rejected} 行需要核对，核对后可以再次导入`,
    skipped > 0 && `${skipped} 行不导入`,
  ].filter(Boolean)
  return words.length > 0 ? `另有 ${words.join('；')}` : undefined
}

function RunBar({ view }: { view: ImportView }): ReactNode {
  const run = useAction(runImport)
  const cancel = useAction(cancelImport)
  const { counts, kinds, state } = view
  const ready = counts.ready ?? 0
  const left = (counts.open ?? 0) + (counts.skipped ?? 0) + (counts.rejected ?? 0)
  const call = { recordId: view.id, version: view.version, input: {} }
  const problem = run.error ?? cancel.error
  const done = (counts.imported ?? 0) + (counts.merged ?? 0) + (counts.rejected ?? 0)
  return (
    <Card size="small" style={{ marginBottom: 12 }}>
      {problem && <Alert type="error" role="alert" title={asApiProblem(problem).detail} style={{ marginBottom: 8 }} />}
      {state === 'running' && (
        <Progress percent={Math.round((done / Math.max(1, done + ready)) * 100)} aria-label="导入进度" />
      )}
      {state === 'done' && (
        <Alert
          type="success"
          style={{ marginBottom: 8 }}
          title={`数据行 ${kinds.data ?? 0} = 已导入 ${counts.imported ?? 0} + 已合并 ${counts.merged ?? 0} + 未导入 ${left + ready}`}
        />
      )}
      <Space wrap>
        {state !== 'running' && (ready > 0 || state !== 'done') && (
          <Popconfirm
            title={`导入 ${ready} 行？`}
            description={othersWords(counts)}
            okText="导入"
            cancelText="取消"
            onConfirm={() => run.mutate(call)}
          >
            <Button type="primary" disabled={ready === 0} loading={run.isPending}>
              导入 {ready} 行
            </Button>
          </Popconfirm>
        )}
        {state === 'running' && (
          <Button onClick={() => cancel.mutate(call)} loading={cancel.isPending}>
            暂停
          </Button>
        )}
        {left > 0 && state !== 'running' && (
          <Button href={downloadUrl(downloadRejected, { id: view.id })} download>
            下载未导入的 {left} 行（附原因）
          </Button>
        )}
      </Space>
    </Card>
  )
}
