import type { ReactNode } from 'react'
import { listBodies } from '#capabilities/directory/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import type { FieldSpec, FormValues } from '#shell/form/types.ts'
import { useToday } from '#shell/session/session.tsx'
import {
  approveListing,
  delistListing,
  type ListingDetailView,
  orderContents,
  orderListing,
  publiciseListing,
  rejectListing,
  withdrawListing,
} from '../model/index.ts'

const words = (name: string, label: string, max: number, help?: string): FieldSpec => ({
  kind: 'area',
  name,
  label,
  max,
  required: true,
  ...(help ? { help } : {}),
})

const document = (label: string, required: boolean): FieldSpec => ({
  kind: 'text',
  name: 'document',
  label,
  max: 80,
  required,
})

/** What may be done with the listing now; a blocked button says what is missing. */
export function ListingActions({ listing }: { listing: ListingDetailView }): ReactNode {
  return listing.allowedActions.map(({ action, blocked }) => (
    <Step key={action} action={action} listing={listing} blocked={blocked} />
  ))
}

interface StepProps {
  readonly listing: ListingDetailView
  readonly blocked: string | undefined
}

function Step({ action, listing, blocked }: StepProps & { action: string }): ReactNode {
  const target = { recordId: listing.id, version: listing.version, blocked }
  switch (action) {
    case approveListing.id:
      return <ActionButton {...target} contract={approveListing} primary fields={[words('opinion', '批准意见', 500)]} />
    case rejectListing.id:
      return <ActionButton {...target} contract={rejectListing} fields={[words('reason', '不予批准的理由', 500)]} />
    case withdrawListing.id:
      return <ActionButton {...target} contract={withdrawListing} fields={[words('reason', '撤回的理由', 500)]} />
    case orderListing.id:
      return <OrderButton listing={listing} blocked={blocked} />
    case publiciseListing.id:
      return <PublicityButton listing={listing} blocked={blocked} />
    case delistListing.id:
      return <DelistButton listing={listing} blocked={blocked} />
    default:
      return null
  }
}

function DelistButton({ listing, blocked }: StepProps): ReactNode {
  return (
    <ActionButton
      contract={delistListing}
      recordId={listing.id}
      version={listing.version}
      blocked={blocked}
      primary
      fields={[
        words('reason', '摘牌的依据', 500, '写明复查合格、审批销号的情况'),
        document('摘牌文书的文号', listing.level !== 'county'),
      ]}
    />
  )
}

/** The five contents of the order; what the system knows already stands in the form. */
function OrderButton({ listing, blocked }: StepProps): ReactNode {
  const today = useToday()
  const bodies = useAsk(listBodies, {}, { staleTime: 600_000 }).data?.bodies ?? []
  const initial: FormValues = {
    document: listing.document,
    name: `${listing.unitName}重大事故隐患挂牌督办`.slice(0, 100),
    matters: listing.description.slice(0, 1000),
    ...(listing.dueOn && listing.dueOn >= today ? { dueOn: listing.dueOn } : {}),
    release: '隐患整改完成后由责任单位申请验收，经现场复查合格、挂牌机关审批销号后摘牌。',
  }
  const fields: FieldSpec[] = [
    document('督办文书的文号', true),
    { kind: 'text', name: 'name', label: orderContents.name, max: 100, required: true },
    words('matters', orderContents.matters, 1000),
    words('requirements', orderContents.requirements, 1000, '写明治理措施和整改期间的人员、现场管控要求'),
    {
      kind: 'day',
      name: 'dueOn',
      label: orderContents.period,
      min: today,
      required: true,
      help: '下达后成为隐患的整改时限，只有挂牌机关可以延期',
    },
    words('release', orderContents.release, 500, '可按实际情况修改'),
    {
      kind: 'select',
      name: 'supervisingBodyId',
      label: '督办责任部门',
      required: true,
      options: bodies.map((body) => ({ value: body.id, label: body.name })),
    },
  ]
  return (
    <ActionButton
      contract={orderListing}
      recordId={listing.id}
      version={listing.version}
      blocked={blocked}
      primary
      fields={fields}
      initial={initial}
      width={720}
    />
  )
}

function PublicityButton({ listing, blocked }: StepProps): ReactNode {
  const today = useToday()
  const fields: FieldSpec[] = [
    { kind: 'day', name: 'on', label: '公示日期', max: today, required: true },
    words('where', '公示的媒体或场所', 200, '如县政府网站“公示公告”栏、企业厂区公告栏'),
  ]
  return (
    <ActionButton
      contract={publiciseListing}
      recordId={listing.id}
      version={listing.version}
      blocked={blocked}
      primary
      fields={fields}
      initial={{ on: today }}
    />
  )
}
