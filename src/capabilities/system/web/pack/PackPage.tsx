import { Link } from '@tanstack/react-router'
import { Alert, Card, Collapse, Descriptions, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { formatDay, formatInstant, none } from '#shell/text/format.ts'
import { colours } from '#shell/theme/tokens.ts'
import { getPack, type PackPartId, type PackView, packParts } from '../../model/index.ts'
import { Checksum } from './Checksum.tsx'
import { OnDisk } from './OnDisk.tsx'

/** 数据包: what the county's plan consists of as it is loaded, what is missing in it, and what newer files would change. */
export default function PackPage(): ReactNode {
  const answer = useAsk(getPack, {})
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const pack = answer.data
  return (
    <>
      <PageHeader
        title="数据包"
        words="方案、行政区划、机构、责任分工、判定标准和参数的来处；县里在系统里改过的以县里的为准"
        printable
      />
      {!pack.current && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 12 }}
          title="数据库里装的是另一个版本：别的服务进程装入过新的数据包，请重启本进程"
        />
      )}
      <Facts pack={pack} />
      <OnDisk pack={pack} />
      <Parts pack={pack} />
      <Gaps pack={pack} />
    </>
  )
}

function Facts({ pack }: { pack: PackView }): ReactNode {
  return (
    <Descriptions
      bordered
      size="small"
      column={{ xs: 1, md: 2 }}
      style={{ background: colours.surface, marginBottom: 12 }}
      items={[
        { key: 'title', label: '方案', span: 'filled', children: pack.title },
        { key: 'county', label: '县', children: `${pack.countyName}（${pack.county}）` },
        { key: 'issuer', label: '发布', children: `${pack.issuer}，${formatDay(pack.issuedOn)}` },
        { key: 'version', label: '版本', children: `${pack.version}（${pack.id}）` },
        { key: 'checksum', label: '校验码', children: <Checksum value={pack.checksum} /> },
        { key: 'loadedAt', label: '装入时间', children: pack.loadedAt ? formatInstant(pack.loadedAt) : none },
        {
          key: 'stages',
          label: '阶段',
          span: 'filled',
          children: pack.stages.map(({ name, from, to }) => (
            <div key={name}>
              {name}：{formatDay(from)} 至 {formatDay(to)}
            </div>
          )),
        },
      ]}
    />
  )
}

/** Where the content of a part can be looked at. */
const places: Partial<Record<PackPartId, string>> = {
  areas: '/areas',
  bodies: '/bodies',
  matrix: '/matrix',
  gaps: '/matrix',
  standards: '/criteria',
  tasks: '/tasks',
  parameters: '/system/parameters',
  holidays: '/system/calendar',
}

function Parts({ pack }: { pack: PackView }): ReactNode {
  return (
    <Card size="small" title="组成" style={{ marginBottom: 12 }}>
      <ul className="zb-plain">
        {pack.parts.map(({ part, files, entries, checksum }) => {
          const { title } = packParts[part]
          const place = places[part]
          return (
            <li key={part} style={{ display: 'flex', flexWrap: 'wrap', gap: '2px 16px', alignItems: 'baseline' }}>
              <span style={{ flex: '0 0 110px' }}>{place ? <Link to={place as string}>{title}</Link> : title}</span>
              <strong style={{ flex: '0 0 80px', textAlign: 'right' }}>{entries} 项</strong>
              <span style={{ flex: '1 1 220px', color: colours.textSecondary, overflowWrap: 'anywhere' }}>{files}</span>
              <Checksum value={checksum} />
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

function Gaps({ pack: { gaps } }: { pack: PackView }): ReactNode {
  if (gaps.length === 0) return <EmptyState why="数据包没有已知的缺口" />
  return (
    <Card size="small" title="已知的缺口（待县里补充或确定）">
      <Collapse
        size="small"
        items={gaps.map(({ part, words, names }) => ({
          key: words,
          label: `${packParts[part].title}：${words}（${names.length}）`,
          children: (
            <ul className="zb-plain">
              {names.map((name) => (
                <li key={name}>{name}</li>
              ))}
            </ul>
          ),
        }))}
      />
    </Card>
  )
}
