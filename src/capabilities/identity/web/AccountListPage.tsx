import { useNavigate } from '@tanstack/react-router'
import { Tag } from 'antd'
import { type ReactNode, useState } from 'react'
import { mintId } from '#shell/api/client.ts'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import type { FieldSpec } from '#shell/form/types.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useCan } from '#shell/session/session.tsx'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import { accountExport, accountList, createAccount, grantWords } from '../model/index.ts'
import { passwordFields } from './password-fields.tsx'

const controls = ['text', 'role', 'state']

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
        list={accountList}
        cells={{
          grants: (row) => row.grants.map((grant) => <div key={grant.id}>{grantWords(grant)}</div>),
          state: (row) => <Tag style={{ margin: 0 }}>{row.stateName}</Tag>,
        }}
        controls={controls}
        rowKey={(row) => row.id}
        href={(row) => `/accounts/${row.id}`}
        exporting={accountExport}
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
