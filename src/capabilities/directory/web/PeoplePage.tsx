import type { ReactNode } from 'react'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import { none } from '#shell/text/format.ts'
import { listPeople, postKinds } from '../model/index.ts'
import { optionsOf, useAreaTree, useSectorOptions } from './options.ts'

/** 人员名录: who holds which post where, one row per post. */
export default function PeoplePage(): ReactNode {
  return (
    <>
      <PageHeader title="人员名录" />
      <RecordTable
        id="people"
        label="人员"
        contract={listPeople}
        rowKey={(row) => row.postId}
        href={(row) => `/units/${row.unitId}`}
        filters={[
          { kind: 'text', name: 'text', label: '姓名、单位' },
          { kind: 'tree', name: 'area', label: '区域', options: useAreaTree() },
          { kind: 'select', name: 'sector', label: '行业领域', options: useSectorOptions() },
          { kind: 'select', name: 'kind', label: '职务', options: optionsOf(postKinds) },
        ]}
        columns={[
          { key: 'name', title: '姓名', width: 110, hideable: false, render: (row) => row.name },
          { key: 'kind', title: '职务', width: 130, render: (row) => row.title || postKinds[row.kind] },
          { key: 'unit', title: '单位', hideable: false, render: (row) => row.unitName },
          { key: 'area', title: '区域', width: 120, render: (row) => row.areaName },
          { key: 'phone', title: '手机', width: 130, render: (row) => row.phone || none },
          { key: 'from', title: '任职自', width: 110, render: (row) => row.fromDay },
        ]}
        empty={{ why: '您的范围内还没有登记人员', next: '在单位页面登记主要负责人、实际控制人和其他人员' }}
      />
    </>
  )
}
