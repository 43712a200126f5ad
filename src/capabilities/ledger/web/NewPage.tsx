import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Card, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { ActionForm } from '#shell/form/ActionForm.tsx'
import type { FieldSpec } from '#shell/form/types.ts'
import { useNewRecordId } from '#shell/form/use-draft.ts'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useToday } from '#shell/session/session.tsx'
import { addItem, type Ledger } from '../model/index.ts'
import { placeSpecs, specsOf } from './fields.ts'
import { useCodeOptions, useLedger } from './options.ts'

/** 登记: the form a ledger's definition makes. */
export default function NewPage(): ReactNode {
  const { ledger: id = '' } = useParams({ strict: false }) as { ledger?: string }
  const answer = useLedger(id)
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  return <NewForm key={id} ledger={answer.data.ledger} />
}

function NewForm({ ledger }: { ledger: Ledger }): ReactNode {
  const navigate = useNavigate()
  const recordId = useNewRecordId(addItem, ledger.id)
  const today = useToday()
  const drawn = { ledger, codes: useCodeOptions(), today }
  const fields: FieldSpec[] = [
    ...placeSpecs(drawn),
    ...specsOf(ledger.fields, drawn),
    {
      kind: 'day',
      name: 'listedOn',
      label: '列入日期',
      max: today,
      help: '不填写时为今天；补登以前列入的，填写当时的日期',
    },
    { kind: 'attachments', name: 'attachments', label: '佐证材料', purposes: ['other', 'before', 'after'], max: 20 },
  ]
  return (
    <>
      <PageHeader
        title={`登记：${ledger.title}`}
        words={<Link to={`/ledgers/${ledger.id}` as string}>返回台账</Link>}
      />
      <Card style={{ maxWidth: 820 }}>
        <ActionForm
          contract={addItem}
          recordId={recordId}
          about={ledger.id}
          fields={fields}
          fixed={{ ledger: ledger.id }}
          submitLabel="登记"
          doneText="已登记"
          onDone={() => void navigate({ to: `/ledgers/${ledger.id}/items/${recordId}` as string })}
        />
      </Card>
    </>
  )
}
