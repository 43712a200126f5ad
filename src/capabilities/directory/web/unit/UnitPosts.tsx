import { Card, Space } from 'antd'
import type { ReactNode } from 'react'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import type { RowColumn } from '#shell/table/RowTable.tsx'
import { none } from '#shell/text/format.ts'
import { editPerson, editPost, endPost, type PostView, postKinds, type UnitView } from '../../model/index.ts'
import { WholeTable } from '../WholeTable.tsx'

const columns: readonly RowColumn<PostView>[] = [
  {
    key: 'kind',
    title: '职务',
    width: 200,
    render: ({ kind, title }) =>
      title && title !== postKinds[kind] ? `${postKinds[kind]}（${title}）` : postKinds[kind],
  },
  { key: 'name', title: '姓名', width: 110, render: (post) => post.personName },
  { key: 'phone', title: '手机', width: 140, render: (post) => post.phone || none },
  { key: 'number', title: '身份证号', width: 190, render: (post) => post.idNumber ?? none },
  { key: 'days', title: '任职', render: (post) => `${post.fromDay} 至 ${post.toDay ?? '今'}` },
]

/** 人员和任职: who holds which post now, and below who held it before. */
export function UnitPosts({ unit }: { unit: UnitView }): ReactNode {
  const may = unit.allowedActions.some(({ action, blocked }) => action === endPost.id && blocked === undefined)
  const rows = [...unit.posts].sort((a, b) => Number(a.toDay !== null) - Number(b.toDay !== null))
  const tools: RowColumn<PostView> = {
    key: 'tools',
    title: '',
    width: 300,
    render: (post) => <Tools unit={unit} post={post} />,
  }
  return (
    <Card size="small" title={`人员和任职（${unit.posts.length}）`}>
      <WholeTable
        label="人员和任职"
        rows={rows}
        rowKey={(post) => post.id}
        columns={may ? [...columns, tools] : columns}
        empty={{
          why: '还没有登记人员',
          next: '用“登记主要负责人”“登记任职”补充；主要负责人和实际控制人会收到隐患通知',
        }}
      />
    </Card>
  )
}

function Tools({ unit, post }: { unit: UnitView; post: PostView }): ReactNode {
  const target = { recordId: unit.id, version: unit.version }
  const { title, fromDay, toDay, personName } = post
  return (
    <Space wrap size={6}>
      {toDay === null && (
        <ActionButton
          {...target}
          contract={editPerson}
          label="更正人员"
          fixed={{ personId: post.personId }}
          initial={{ name: personName }}
          fields={[
            { kind: 'text', name: 'name', label: '姓名', max: 40, help: '换人请登记新的任职，不在这里改姓名' },
            { kind: 'text', name: 'phone', label: '新手机号', help: '不改的留空' },
            { kind: 'text', name: 'idNumber', label: '新身份证号', help: '不改的留空' },
          ]}
        />
      )}
      <ActionButton
        {...target}
        contract={editPost}
        fixed={{ postId: post.id }}
        initial={{ title, fromDay, toDay }}
        fields={[
          { kind: 'text', name: 'title', label: '职务名称', max: 40 },
          { kind: 'day', name: 'fromDay', label: '任职自', required: true },
          { kind: 'day', name: 'toDay', label: '任职到', help: '仍在任的留空' },
        ]}
      />
      {toDay === null && (
        <ActionButton
          {...target}
          contract={endPost}
          label="结束任职"
          fixed={{ postId: post.id }}
          fields={[{ kind: 'day', name: 'toDay', label: '任职到', help: '最后一天；不填为今天' }]}
        />
      )}
    </Space>
  )
}
