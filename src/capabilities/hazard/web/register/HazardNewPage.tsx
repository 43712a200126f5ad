import { Card } from 'antd'
import { type ReactNode, useState } from 'react'
import { mintId } from '#shell/api/client.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { type Done, Registered } from './Registered.tsx'
import { RegisterForm } from './RegisterForm.tsx'

/** 登记隐患: one finding after the other, as inspectors work; each registration has a record id of its own. */
export default function HazardNewPage(): ReactNode {
  const [recordId, setRecordId] = useState(mintId)
  const [done, setDone] = useState<Done>()
  const again = () => {
    setRecordId(mintId())
    setDone(undefined)
  }
  return (
    <>
      <PageHeader title="登记隐患" />
      <Card style={{ maxWidth: 860 }}>
        {done ? (
          <Registered done={done} onAgain={again} />
        ) : (
          <RegisterForm key={recordId} recordId={recordId} onDone={setDone} />
        )}
      </Card>
    </>
  )
}
