import { Link, useLocation, useParams } from '@tanstack/react-router'
import { Alert, Card, Collapse, Descriptions, Skeleton, Tag } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { listSectors } from '#capabilities/directory/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { ChangeLines } from '#shell/layout/ChangeLines.tsx'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useCan, useToday } from '#shell/session/session.tsx'
import { formatDay, none } from '#shell/text/format.ts'
import { colours } from '#shell/theme/tokens.ts'
import {
  type CriterionView,
  listStandardChanges,
  listStandards,
  maxItems,
  type StandardView,
  searchCriteria,
} from '../model/index.ts'
import { AmendItem, StandardActions } from './manage/StandardActions.tsx'
import { confidenceWords, ForceTag, forceDays, sectorWords, UnverifiedTag } from './marks.tsx'

/** One standard with all its items, grouped as the document groups them. */
export default function StandardPage(): ReactNode {
  const { id = '' } = useParams({ strict: false })
  const today = useToday()
  const catalogue = useAsk(listStandards, { withdrawn: true }, { staleTime: 60_000 })
  if (catalogue.error) return <ErrorView error={catalogue.error} onRetry={() => void catalogue.refetch()} />
  if (!catalogue.data) return <Skeleton active />
  const standard = catalogue.data.rows.find((row) => row.id === id)
  if (!standard) {
    return <EmptyState why="没有这部判定标准" action={<Link to="/criteria">回到判定标准库</Link>} />
  }
  return (
    <>
      <PageHeader
        title={standard.title}
        marks={
          <>
            <ForceTag standard={standard} on={today} />
            {standard.confidence !== 'high' && <UnverifiedTag note={standard.note} />}
          </>
        }
        words={<Link to="/criteria">判定标准库</Link>}
        actions={<StandardActions standard={standard} />}
        printable
      />
      <Warnings standard={standard} />
      <Facts standard={standard} others={catalogue.data.rows} />
      {standard.withdrawn !== null ? null : standard.itemised ? (
        <Items standard={standard} />
      ) : (
        <EmptyState
          why="本标准只收录了目录，没有逐条收录"
          next="按本标准判定时，请查阅原文并在判定理由中写明依据的条款"
        />
      )}
      <Collapse
        className="zb-no-print"
        items={[
          {
            key: 'changes',
            label: '修改记录',
            children: <ChangeLines contract={listStandardChanges} input={{ recordId: standard.recordId }} />,
          },
        ]}
      />
    </>
  )
}

/** What must be known before anything is judged by it. */
function Warnings({ standard }: { standard: StandardView }): ReactNode {
  return (
    <>
      {standard.withdrawn !== null && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 12 }}
          title={`这部标准在施行前已撤回：${standard.withdrawn}`}
        />
      )}
      {!standard.verified && (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 12 }}
          title="条文尚未与公布文本逐字核对"
          description={standard.note ?? '作出判定前请查阅原文'}
        />
      )}
    </>
  )
}

interface FactsProps {
  readonly standard: StandardView
  readonly others: readonly StandardView[]
}

function Facts({ standard, others }: FactsProps): ReactNode {
  const linked = (codes: readonly string[]) =>
    others
      .filter(({ id }) => codes.includes(id))
      .map(({ id, title, effectiveFrom }) => (
        <div key={id}>
          <Link to={`/criteria/${id}` as string}>{title}</Link>（{formatDay(effectiveFrom)} 起施行）
        </div>
      ))
  const sectors = useAsk(listSectors, {}, { staleTime: 600_000 })
  const names = new Map(sectors.data?.sectors.map((sector) => [sector.id, sector.name]))
  return (
    <Descriptions
      bordered
      size="small"
      column={{ xs: 1, md: 2 }}
      style={{ background: colours.surface, marginBottom: 12 }}
      items={[
        { key: 'no', label: '文号', children: standard.documentNo },
        { key: 'issuer', label: '发布机关', children: standard.issuer },
        { key: 'force', label: '施行日期', children: forceDays(standard) },
        {
          key: 'sectors',
          label: '行业领域',
          children: sectorWords(standard, names),
        },
        { key: 'source', label: '来源', children: standard.source },
        { key: 'confidence', label: '可信度', children: confidenceWords[standard.confidence] ?? standard.confidence },
        ...(standard.appliesTo ? [{ key: 'appliesTo', label: '适用范围', children: standard.appliesTo }] : []),
        ...(standard.supersedes.length > 0
          ? [{ key: 'supersedes', label: '替代', children: linked(standard.supersedes) }]
          : []),
        ...(standard.supersededBy.length > 0
          ? [{ key: 'supersededBy', label: '新版本', children: linked(standard.supersededBy) }]
          : []),
        {
          key: 'origin',
          label: '收录',
          children: `${standard.origin === 'pack' ? '数据包' : '本县发布'}${standard.amended ? '，县里修改过' : ''}`,
        },
        { key: 'note', label: '说明', span: 'filled', children: standard.note ?? none },
      ]}
    />
  )
}

function Items({ standard }: { standard: StandardView }): ReactNode {
  const manage = useCan('criteria.manage')
  // Who keeps the library also sees what was taken off, to bring it back.
  const asked = { standardId: standard.id, size: maxItems, withdrawn: manage }
  const answer = useAsk(searchCriteria, asked, { staleTime: 60_000 })
  const { hash } = useLocation()
  const loaded = answer.data !== undefined
  // The address names one item, but items arrive after the page; the browser itself has looked for it too early.
  useEffect(() => {
    if (loaded && hash) document.getElementById(hash)?.scrollIntoView({ block: 'center' })
  }, [loaded, hash])
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active paragraph={{ rows: 10 }} />
  const groups = new Map<string, CriterionView[]>()
  for (const row of answer.data.rows) groups.set(row.group ?? '', [...(groups.get(row.group ?? '') ?? []), row])
  return (
    <>
      {[...groups].map(([group, rows]) => (
        <Card
          key={group}
          size="small"
          title={`${group === '' ? '条目' : group}（${rows.length}条）`}
          style={{ marginBottom: 12 }}
        >
          {rows.map((row) => (
            <ItemLine key={row.id} row={row} wanted={row.id === hash}>
              {manage && <AmendItem standard={standard} item={row} />}
            </ItemLine>
          ))}
        </Card>
      ))}
    </>
  )
}

interface ItemLineProps {
  readonly row: CriterionView
  readonly wanted: boolean
  readonly children: ReactNode
}

function ItemLine({ row, wanted, children }: ItemLineProps): ReactNode {
  return (
    <div
      id={row.id}
      aria-current={wanted || undefined}
      style={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: '4px 12px',
        padding: '6px 8px',
        borderInlineStart: `3px solid ${wanted ? colours.primary : 'transparent'}`,
        background: wanted ? colours.neutralGround : undefined,
      }}
    >
      <strong style={{ flex: '0 0 76px' }}>{row.no}</strong>
      <span style={{ flex: '1 1 200px' }}>
        {row.text} {row.withdrawn && <Tag>已撤下</Tag>}
        {row.catchAll && <Tag>兜底条款，须另写理由</Tag>}
        {row.confidence !== 'high' && <UnverifiedTag note={null} />}
      </span>
      {children && <span className="zb-no-print">{children}</span>}
    </div>
  )
}
