import { Card, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { useNarrow } from '#shell/layout/narrow.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { type ChainView, editChain, listChains } from '../../model/index.ts'
import { area } from '../fields.ts'
import { useBodyOptions } from '../words.tsx'

/** 一件事: for each sector its chain from first to last, with who leads and who takes part at every stage. */
export default function ChainsPage(): ReactNode {
  const answer = useAsk(listChains, {})
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const { chains } = answer.data
  return (
    <>
      <PageHeader
        title="“一件事”责任链"
        words="一个行业从头到尾各环节由谁牵头、谁配合；没有牵头单位的环节标为空白。"
        printable
      />
      {chains.length === 0 && <EmptyState why="还没有责任链" next="数据包 tasks/chains.yaml 写明后自动建立" />}
      {chains.map((chain) => (
        <Chain key={chain.id} chain={chain} />
      ))}
    </>
  )
}

function Chain({ chain }: { chain: ChainView }): ReactNode {
  const narrow = useNarrow()
  const gaps = chain.gaps > 0 ? `，空白环节${chain.gaps}个` : ''
  return (
    <Card
      size="small"
      style={{ marginBottom: 12 }}
      styles={{ title: { whiteSpace: 'normal', padding: '6px 0' } }}
      title={`${chain.title}（${chain.sectorName}，${chain.leadName}总牵头${gaps}）`}
      extra={chain.mayEdit && <EditButton chain={chain} />}
    >
      {narrow ? <LinkList links={chain.links} /> : <LinkTable links={chain.links} />}
    </Card>
  )
}

type Links = ChainView['links']

/** On a phone each stage one below the other: a matrix of ten bodies cannot be read through a slit. */
function LinkList({ links }: { links: Links }): ReactNode {
  return (
    <ol className="zb-plain">
      {links.map(({ name, lead, leadName, coNames, note }) => (
        <li key={name}>
          <strong>{name}</strong>
          <div>{lead === null ? '空白：没有牵头单位' : `牵头：${leadName}`}</div>
          {coNames.length > 0 && <div>配合：{coNames.join('、')}</div>}
          {note && <div className="zb-line">{note}</div>}
        </li>
      ))}
    </ol>
  )
}

function LinkTable({ links }: { links: Links }): ReactNode {
  const bodies = [...new Set(links.flatMap(({ leadName, coNames }) => [...(leadName ? [leadName] : []), ...coNames]))]
  const noted = links.some(({ note }) => note !== '')
  return (
    <div style={{ overflowX: 'auto' }}>
      <table className="zb-plan-table">
        <thead>
          <tr>
            <th scope="col">环节</th>
            {bodies.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            {noted && <th scope="col">说明</th>}
          </tr>
        </thead>
        <tbody>
          {links.map((link) => (
            <tr key={link.name}>
              <th scope="row" style={{ textAlign: 'left', whiteSpace: 'nowrap' }}>
                {link.name}
                {link.lead === null && '（空白：没有牵头单位）'}
              </th>
              {bodies.map((name) => (
                <td key={name} style={{ textAlign: 'center' }}>
                  {link.leadName === name ? <strong>牵头</strong> : link.coNames.includes(name) ? '配合' : ''}
                </td>
              ))}
              {noted && <td style={{ minWidth: 160 }}>{link.note}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function EditButton({ chain }: { chain: ChainView }): ReactNode {
  const options = [...useBodyOptions()]
  const links = chain.links.map(({ name, lead, co, note }) => ({ name, co, note, ...(lead ? { lead } : {}) }))
  return (
    <ActionButton
      contract={editChain}
      recordId={chain.id}
      version={chain.version}
      subject={chain.title}
      initial={{ links }}
      width={760}
      fields={[
        {
          kind: 'list',
          name: 'links',
          label: '环节',
          addLabel: '增加环节',
          required: true,
          fields: [
            { kind: 'text', name: 'name', label: '环节名称', max: 40, required: true },
            { kind: 'select', name: 'lead', label: '牵头单位', options, help: '没有明确的留空，会标为空白环节' },
            { kind: 'multi', name: 'co', label: '配合单位', options },
            { kind: 'text', name: 'note', label: '说明', max: 200 },
          ],
        },
        area('reason', '修改的理由', 200),
      ]}
    />
  )
}
