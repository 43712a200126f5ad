import type { ReactNode } from 'react'
import { listAreas } from '#capabilities/directory/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import { StateTag } from '#shell/text/tags.tsx'
import { deedExport, deedList, deedStates } from '../model/index.ts'

const controls = ['states', 'kind', 'area', ['dayFrom', 'dayTo', '日期'] as const]

/** 履责记录: what was done, by whom; those who verify find here what waits for their word. */
export default function DeedListPage(): ReactNode {
  const areas = useAsk(listAreas, { supervisedOnly: true }, { staleTime: 600_000 }).data?.areas ?? []
  return (
    <>
      <PageHeader title="履责记录" words="待核验的，点开核对佐证后核验" />
      <RecordTable
        list={deedList}
        cells={{ state: (row) => <StateTag state={deedStates[row.state]} /> }}
        controls={controls}
        choices={{ area: areas.map(({ code, name }) => ({ value: code, label: name })) }}
        rowKey={(row) => row.id}
        href={(row) => `/duties/deeds/${row.id}`}
        card={(row) => (
          <>
            <div style={{ fontWeight: 600 }}>
              {row.formTitle}　{row.subjectName}
            </div>
            <div className="zb-line">
              <span>{row.days.join('、')}</span>
              <span>{row.people}</span>
            </div>
            {row.note && <div>{row.note}</div>}
            <div className="zb-line" style={{ marginTop: 4 }}>
              <StateTag state={deedStates[row.state]} />
              <span>
                {row.recordedBy} {row.recordedOn} 填报
              </span>
            </div>
          </>
        )}
        exporting={deedExport}
        empty={{ why: '您的范围内还没有履责记录', next: '在履责日历或履责清单中打开一项职责后填报' }}
      />
    </>
  )
}
