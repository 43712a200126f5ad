import { Space } from 'antd'
import type { ReactNode } from 'react'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import { type BodyPostRow, editBodyPost, endBodyPost } from '../../model/index.ts'
import { HistoryButton } from '../History.tsx'
import { postFields } from './post-fields.ts'

/** What may be done with one holding of a post, and what was done with it. */
export function PostTools({ post }: { post: BodyPostRow }): ReactNode {
  const target = { recordId: post.id, version: post.version }
  const { kind, title, name, phone, officePhone, fromDay, toDay } = post
  return (
    <Space wrap size={6}>
      {post.mayChange && (
        <ActionButton
          {...target}
          contract={editBodyPost}
          label="更正"
          initial={{ kind, title, name, phone, officePhone, fromDay, toDay }}
          fields={[
            ...postFields,
            { kind: 'day', name: 'toDay', label: '任职到', help: '仍在任的留空；换人请结束任职后另行登记' },
          ]}
        />
      )}
      {post.mayChange && toDay === null && (
        <ActionButton
          {...target}
          contract={endBodyPost}
          label="结束任职"
          fields={[{ kind: 'day', name: 'toDay', label: '任职到', help: '最后一天；不填为今天' }]}
        />
      )}
      <HistoryButton name={name} recordType="bodyPost" recordId={post.id} />
    </Space>
  )
}
