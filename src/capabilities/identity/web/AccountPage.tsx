import { useParams } from '@tanstack/react-router'
import { Alert, Card, Descriptions, Skeleton, Table, Tag } from 'antd'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import { useAsk } from '#shell/api/queries.ts'
import { ActionBar, type ActionPlan } from '#shell/form/ActionBar.tsx'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import type { FieldSpec } from '#shell/form/types.ts'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useToday } from '#shell/session/session.tsx'
import { formatInstant } from '#shell/text/format.ts'
import {
  type AccountGrantView,
  addGrant,
  disableAccount,
  enableAccount,
  endGrant,
  endSessions,
  getAccount,
  resetPassword,
  unlockAccount,
  updateAccount,
} from '../model/index.ts'
import { useGrantFields } from './grant-fields.tsx'
import { grantDays, grantState } from './grant-words.ts'
import { passwordFields } from './password-fields.tsx'
import { SessionList } from './SessionList.tsx'

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
            plans={plansFor(account, grantFields)}
            sideBySide={2}
          />
        }
      />
      <Card size="small" style={{ marginBottom: 12 }}>
        <Descriptions
          items={[
            { key: 'name', label: '姓名', children: account.name },
            { key: 'created', label: '建立日期', children: account.createdOn },
            { key: 'must', label: '密码', children: passwordState(account) },
          ]}
        />
      </Card>
      {account.lockedUntil && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 12 }}
          title={`连续输错密码，已锁定到 ${formatInstant(account.lockedUntil)}；核实是本人后可以“解除锁定”`}
        />
      )}
      <Grants account={account} />
      <Sessions account={account} />
    </>
  )
}

/** What may be done with an account, each with its form. */
function plansFor(account: AccountView, grantFields: readonly FieldSpec[]): Record<string, ActionPlan> {
  return {
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
    ...(account.lockedUntil
      ? { 'identity.unlockAccount': { contract: unlockAccount, fields: [why], doneText: '已解除锁定，可以登录了' } }
      : {}),
  }
}

function Grants({ account }: { account: AccountView }): ReactNode {
  const today = useToday()
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
          { title: '有效期', render: (_, grant) => grantDays(grant) },
          { title: '状态', render: (_, grant) => grantState(grant, today) },
          { title: '', render: (_, grant) => end(grant) },
        ]}
      />
    </Card>
  )
}

function Sessions({ account }: { account: AccountView }): ReactNode {
  const manage = account.allowedActions.some(({ action }) => action === endSessions.id)
  const end = (sessionId: string | null, label: string) => (
    <ActionButton
      contract={endSessions}
      recordId={account.id}
      version={account.version}
      label={label}
      fixed={{ sessionId }}
      fields={[why]}
      doneText="已结束，那里会要求重新登录"
    />
  )
  return (
    <Card
      size="small"
      title={`登录中的设备（${account.sessions.length}）`}
      extra={manage && account.sessions.length > 1 && end(null, '全部结束')}
    >
      <SessionList sessions={account.sessions} action={(session) => (manage ? end(session.id, '结束登录') : null)} />
    </Card>
  )
}

/** What there is to know about signing in: the password's age, and whether the door is closed. */
function passwordState(account: AccountView): string {
  if (account.mustChangePassword) return '首次登录后须修改'
  return account.passwordSetOn ? `${account.passwordSetOn} 由本人设置` : '还没有设置'
}
