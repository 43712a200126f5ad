import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import { none } from '#shell/text/format.ts'
import { type BodyPostRow, bodyPostExport, bodyPostList, listBodies } from '../../model/index.ts'
import { PostTools } from './PostTools.tsx'

const controls = ['text', 'bodyId', 'kind', 'current'] as const

const cells = {
  body: (post: BodyPostRow) => <Link to={`/bodies/${post.bodyId}` as string}>{post.bodyName}</Link>,
  phone: (post: BodyPostRow) => post.phone || none,
  officePhone: (post: BodyPostRow) => post.officePhone || none,
}

/** 机构人员: the county's phone book. */
export default function BodyPeoplePage(): ReactNode {
  const bodies = useAsk(listBodies, {}, { staleTime: 600_000 }).data?.bodies ?? []
  return (
    <>
      <PageHeader title="机构人员" words="各部门、乡镇（开发区）负责安全生产的人员；在机构页面登记和更正" />
      <RecordTable
        list={bodyPostList}
        cells={cells}
        controls={controls}
        choices={{ body: bodies.map(({ id, name }) => ({ value: id, label: name })) }}
        rowKey={(post) => post.id}
        rowTools={(post) => <PostTools post={post} />}
        exporting={bodyPostExport}
        empty={{ why: '还没有登记机构人员', next: '打开机构页面登记，或用 Excel 导入' }}
      />
    </>
  )
}
