import type { ReactNode } from 'react'
import { listAreas, listBodies, listSectors } from '#capabilities/directory/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useToday } from '#shell/session/session.tsx'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import { formatDay, none } from '#shell/text/format.ts'
import { DueText } from '#shell/text/tags.tsx'
import { type ItemRow, itemExport, itemList, itemStates, progressWords } from '../model/index.ts'
import { ItemStateTag } from './words.tsx'

const controls = ['text', 'states', 'area', 'sector', 'bodyId', 'kind', 'clause', ['dueFrom', 'dueTo', '期限'] as const]

function Due({ row }: { row: ItemRow }): ReactNode {
  const { type } = itemStates[row.state]
  return <DueText due={row.dueOn} today={useToday()} done={type === 'closed' || type === 'void'} />
}

/** 履责清单: every item of one's scope, to be filtered, kept, exported and printed. */
export default function ItemListPage(): ReactNode {
  const long = { staleTime: 600_000 }
  const areas = useAsk(listAreas, { supervisedOnly: true }, long).data?.areas ?? []
  const sectors = useAsk(listSectors, {}, long).data?.sectors ?? []
  const bodies = useAsk(listBodies, {}, long).data?.bodies ?? []
  const choices = {
    area: areas.map(({ code, name }) => ({ value: code, label: name })),
    sector: sectors.map(({ id, name }) => ({ value: id, label: name })),
    body: bodies.map(({ id, name }) => ({ value: id, label: name })),
  }
  return (
    <>
      <PageHeader title="履责清单" words="每个对象、每个周期一条，按履责记录自动计算" />
      <RecordTable
        list={itemList}
        cells={{
          state: (row) => <ItemStateTag state={row.state} />,
          due: (row) => <Due row={row} />,
          met: (row) => formatDay(row.metOn),
          body: (row) => row.bodyName ?? none,
          unit: (row) => row.unitName ?? none,
        }}
        controls={controls}
        choices={choices}
        rowKey={(row) => row.id}
        href={(row) => `/duties/items/${row.id}`}
        card={(row) => (
          <>
            <div style={{ fontWeight: 600 }}>{row.title}</div>
            <div className="zb-line">
              <span>{row.subjectName}</span>
              <span>{row.periodLabel}</span>
              <span>{progressWords(row)}</span>
            </div>
            <div className="zb-line" style={{ marginTop: 4 }}>
              <ItemStateTag state={row.state} />
              <Due row={row} />
            </div>
          </>
        )}
        exporting={itemExport}
        empty={{ why: '您的范围内还没有履责事项', next: '职责规则装入后自动生成；单位登记后即有它的职责' }}
      />
    </>
  )
}
