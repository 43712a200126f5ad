import { useParams } from '@tanstack/react-router'
import { Card, Descriptions, Skeleton, Table, Tag } from 'antd'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import { useAsk } from '#shell/api/queries.ts'
import { ActionBar, type ActionPlan } from '#shell/form/ActionBar.tsx'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { formatInstant } from '#shell/text/format.ts'
import {
  type AccountGrantView,
  addGrant,
  disableAccount,
  enableAccount,
  endGrant,
  getAccount,
  resetPassword,
  updateAccount,
} from '../model/index.ts'
import { useGrantFields } from './grant-fields.tsx'
import { passwordFields } from './password-fields.tsx'

type AccountView = z.output<typeof getAccount.output>
const why = { kind: 'area', name: 'reason', label: '原因', required: true, max: 300 } as const

/** One account: its grants with their days, its open sessions, and what may be done with it. */
export default function AccountPage(): ReactNode {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const answer = useAsk(getAccount, { id })
  const grantFields = useGrantFields()
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  const account = answer.data
  if (!account) return <Skeleton active />
  const plans: Record<string, ActionPlan> = {
    'identity.addGrant': { contract: addGrant, primary: true, fields: grantFields },
    'identity.updateAccount': {
      contract: updateAccount,
      initial: { name: account.name },
      fields: [{ kind: 'text', name: 'name', label: '姓名', required: true, max: 40 }],
    },
    'identity.resetPassword': {
      contract: resetPassword,
      fields: passwordFields,
      doneText: '密码已重置，该账号的登录已全部结束，请当面告知新密码',
    },
    'identity.disableAccount': { contract: disableAccount, danger: true, fields: [why] },
    'identity.enableAccount': { contract: enableAccount, primary: true, fields: [why] },
  }
  return (
    <>
      <PageHeader
        title={`账号 ${account.login}`}
        marks={<Tag>{account.stateName}</Tag>}
        actions={
          <ActionBar
            recordId={account.id}
            version={account.version}
            allowed={account.allowedActions}
            plans={plans}
            sideBySide={2}
          />
        }
      />
      <Card size="small" style={{ marginBottom: 12 }}>
        <Descriptions
          items={[
            { key: 'name', label: '姓名', children: account.name },
            { key: 'created', label: '建立日期', children: account.createdOn },
            { key: 'must', label: '密码', children: account.mustChangePassword ? '首次登录后须修改' : '已由本人设置' },
          ]}
        />
      </Card>
      <Grants account={account} />
      <Sessions account={account} />
    </>
  )
}

function Grants({ account }: { account: AccountView }): ReactNode {
  const manage = account.allowedActions.some(({ action }) => action === endGrant.id)
  const end = (grant: AccountGrantView) =>
    grant.effective && manage ? (
      <ActionButton
        contract={endGrant}
        recordId={account.id}
        version={account.version}
        fixed={{ grantId: grant.id }}
        fields={[{ kind: 'day', name: 'to', label: '最后一天', help: '不填即立刻结束' }, why]}
      />
    ) : null
  return (
    <Card size="small" title={`授权（${account.grants.length}）`} style={{ marginBottom: 12 }}>
      <Table
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={[...account.grants]}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '还没有授权，登录后看不到任何数据' }}
        columns={[
          { title: '角色', dataIndex: 'roleName' },
          { title: '区域', dataIndex: 'areaName' },
          { title: '机构或单位', render: (_, grant) => grant.unitName ?? grant.bodyName ?? '' },
          { title: '行业领域', render: (_, grant) => grant.sectorNames?.join('、') ?? '不限' },
          { title: '有效期', render: (_, grant) => `${grant.from} 至 ${grant.to ?? '长期'}` },
          { title: '状态', render: (_, grant) => (grant.effective ? '有效' : '无效') },
          { title: '', render: (_, grant) => end(grant) },
        ]}
      />
    </Card>
  )
}

function Sessions({ account }: { account: AccountView }): ReactNode {
  return (
    <Card size="small" title={`登录中的设备（${account.sessions.length}）`}>
      <Table
        size="small"
        rowKey={(session) => `${session.since}${session.ip}`}
        pagination={false}
        dataSource={[...account.sessions]}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '目前没有登录' }}
        columns={[
          { title: '登录时间', render: (_, session) => formatInstant(session.since) },
          { title: '最近活动', render: (_, session) => formatInstant(session.lastSeenAt) },
          { title: '地址', dataIndex: 'ip' },
          { title: '浏览器', dataIndex: 'agent', ellipsis: true },
        ]}
      />
    </Card>
  )
}
