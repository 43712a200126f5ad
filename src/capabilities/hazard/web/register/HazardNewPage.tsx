import { useNavigate } from '@tanstack/react-router'
import { Card } from 'antd'
import type { ReactNode } from 'react'
import { useNewRecordId } from '#shell/form/use-draft.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { reportHazard } from '../../model/index.ts'
import { RegisterForm } from './RegisterForm.tsx'

/** 登记隐患: opens the new hazard afterwards, where what was put right on the spot is closed at once. */
export default function HazardNewPage(): ReactNode {
  const navigate = useNavigate()
  const recordId = useNewRecordId(reportHazard)
  return (
    <>
      <PageHeader title="登记隐患" />
      <Card style={{ maxWidth: 860 }}>
        <RegisterForm
          recordId={recordId}
          onDone={() => void navigate({ to: `/hazards/${recordId}` as string, search: { registered: true } as never })}
        />
      </Card>
    </>
  )
}
