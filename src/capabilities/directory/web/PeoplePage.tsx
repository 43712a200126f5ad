import type { ReactNode } from 'react'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import { none } from '#shell/text/format.ts'
import { peopleExport, peopleList } from '../model/index.ts'
import { useAreaTree, useSectorOptions } from './options.ts'

const controls = ['text', 'area', 'sector', 'kind'] as const

/** 单位人员: who holds which post where, one row per post. */
export default function PeoplePage(): ReactNode {
  const choices = { area: useAreaTree(), sector: useSectorOptions() }
  return (
    <>
      <PageHeader title="单位人员" />
      <RecordTable
        list={peopleList}
        cells={{ phone: (row) => row.phone || none }}
        controls={controls}
        choices={choices}
        rowKey={(row) => row.postId}
        href={(row) => `/units/${row.unitId}`}
        exporting={peopleExport}
        empty={{ why: '您的范围内还没有登记人员', next: '在单位页面登记主要负责人、实际控制人和其他人员' }}
      />
    </>
  )
}
