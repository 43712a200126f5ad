import { Card, Checkbox, Skeleton, Space } from 'antd'
import { type ReactNode, useState } from 'react'
import { mintId } from '#shell/api/client.ts'
import { useAsk } from '#shell/api/queries.ts'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { addBodyPost, type BodyView, listBodyPosts } from '../../model/index.ts'
import { WholeTable } from '../WholeTable.tsx'
import { postColumns } from './post-columns.tsx'
import { postFields } from './post-fields.ts'

/** 人员: whom to call at the body, and who held its posts before. */
export function BodyPeople({ body }: { body: BodyView }): ReactNode {
  const [past, setPast] = useState(false)
  const [recordId, setRecordId] = useState(mintId)
  const asked = { bodyId: body.id, current: !past, size: 200 }
  const { data, error, refetch } = useAsk(listBodyPosts, asked, { keepPrevious: true })
  return (
    <Card
      size="small"
      title={`人员${data ? `（${data.total}）` : ''}`}
      style={{ marginBottom: 12 }}
      extra={
        <Space>
          <Checkbox checked={past} onChange={(event) => setPast(event.target.checked)}>
            含已离任
          </Checkbox>
          {body.managesPosts && (
            <ActionButton
              contract={addBodyPost}
              recordId={recordId}
              label="登记人员"
              fixed={{ bodyId: body.id }}
              fields={postFields}
              onDone={() => setRecordId(mintId())}
            />
          )}
        </Space>
      }
    >
      {error ? (
        <ErrorView error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton active />
      ) : (
        <WholeTable
          label="机构人员"
          rows={data.rows}
          rowKey={(post) => post.id}
          columns={postColumns}
          empty={{
            why: '还没有登记人员',
            next: body.managesPosts
              ? '请登记主要负责人、分管负责人和联络员，其他单位据此联系'
              : '由县安委办或本机构登记',
          }}
        />
      )}
    </Card>
  )
}
