import { useNavigate } from '@tanstack/react-router'
import { Tag } from 'antd'
import { type ReactNode, useState } from 'react'
import { roles } from '#kernel/grants.ts'
import { mintId } from '#shell/api/client.ts'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import type { FieldSpec } from '#shell/form/types.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useCan } from '#shell/session/session.tsx'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import { type AccountGrantView, accountStates, createAccount, listAccounts } from '../model/index.ts'
import { passwordFields } from './password-fields.tsx'

export const grantWords = (grant: AccountGrantView): string =>
  [grant.roleName, grant.unitName ?? grant.bodyName ?? grant.areaName, grant.sectorNames?.join('、')]
    .filter(Boolean)
    .join('｜')

const fields: FieldSpec[] = [
  { kind: 'text', name: 'login', label: '登录账号', required: true, max: 40 },
  { kind: 'text', name: 'name', label: '姓名', required: true, max: 40 },
  ...passwordFields,
]

/** 账号和授权: who may sign in, as what, where. */
export default function AccountListPage(): ReactNode {
  const manage = useCan('identity.manageAccounts')
  return (
    <>
      <PageHeader title="账号和授权" actions={manage && <NewAccount />} />
      <RecordTable
        id="accounts"
        label="账号"
        contract={listAccounts}
        rowKey={(row) => row.id}
        href={(row) => `/accounts/${row.id}`}
        filters={[
          { kind: 'text', name: 'text', label: '账号、姓名' },
          {
            kind: 'select',
            name: 'role',
            label: '角色',
            options: Object.entries(roles).map(([value, label]) => ({ value, label })),
          },
          {
            kind: 'select',
            name: 'state',
            label: '状态',
            options: Object.entries(accountStates).map(([value, { label }]) => ({ value, label })),
          },
        ]}
        columns={[
          { key: 'login', title: '登录账号', width: 200, hideable: false, render: (row) => row.login },
          { key: 'name', title: '姓名', width: 130, render: (row) => row.name },
          {
            key: 'grants',
            title: '授权',
            render: (row) => row.grants.map((grant) => <div key={grant.id}>{grantWords(grant)}</div>),
          },
          { key: 'state', title: '状态', width: 80, render: (row) => <Tag style={{ margin: 0 }}>{row.stateName}</Tag> },
          { key: 'created', title: '建立日期', width: 110, render: (row) => row.createdOn },
        ]}
        empty={{ why: '没有账号' }}
      />
    </>
  )
}

function NewAccount(): ReactNode {
  const navigate = useNavigate()
  const [recordId, setRecordId] = useState(mintId)
  return (
    <ActionButton
      contract={createAccount}
      recordId={recordId}
      primary
      fields={fields}
      doneText="账号已建立，请继续添加授权"
      onDone={() => {
        void navigate({ to: `/accounts/${recordId}` as string })
        setRecordId(mintId())
      }}
    />
  )
}
