import type { ReactNode } from 'react'
import { type BodyView, listBodies } from '#capabilities/directory/model/index.ts'
import type { Day } from '#kernel/time.ts'
import { useAsk } from '#shell/api/queries.ts'
import { ActionBar, type ActionPlan } from '#shell/form/ActionBar.tsx'
import { useToday } from '#shell/session/session.tsx'
import {
  approveListing,
  askListingEnd,
  delistListing,
  type ListingDetailView,
  orderContents,
  orderListing,
  publiciseListing,
  rejectListing,
  returnListingEnd,
  revokeListing,
  withdrawListing,
} from '../model/index.ts'
import { document, words } from './fields.ts'

interface ListingActionsProps {
  readonly listing: ListingDetailView
  readonly extra?: ReactNode
}

/** What may be done with the listing now, and why the rest may not. */
export function ListingActions({ listing, extra }: ListingActionsProps): ReactNode {
  const today = useToday()
  const bodies = useAsk(listBodies, {}, { staleTime: 600_000 }).data?.bodies ?? []
  return (
    <ActionBar
      recordId={listing.id}
      version={listing.version}
      allowed={offered(listing)}
      plans={plansFor(listing, today, bodies)}
      sideBySide={1}
      extra={extra}
    />
  )
}

/** What has been done, or has nothing to answer, is not shown as something that cannot be done now. */
function offered(listing: ListingDetailView): ListingDetailView['allowedActions'] {
  const over = new Set<string>([
    ...(listing.publicisedOn === null ? [] : [publiciseListing.id]),
    ...(listing.askedOn === null ? [returnListingEnd.id] : [askListingEnd.id]),
    ...(listing.hazardClosedOn === null ? [] : [returnListingEnd.id, revokeListing.id]),
  ])
  return listing.allowedActions.filter(({ action }) => !over.has(action))
}

function plansFor(
  listing: ListingDetailView,
  today: Day,
  bodies: readonly BodyView[],
): Readonly<Record<string, ActionPlan>> {
  return {
    [approveListing.id]: {
      contract: approveListing,
      primary: true,
      fields: [words('opinion', '批准意见', 500)],
    },
    [rejectListing.id]: { contract: rejectListing, fields: [words('reason', '不予批准的理由', 500)] },
    [withdrawListing.id]: { contract: withdrawListing, fields: [words('reason', '撤回的理由', 500)] },
    [orderListing.id]: orderPlan(listing, today, bodies),
    [publiciseListing.id]: {
      contract: publiciseListing,
      primary: true,
      initial: { on: today },
      fields: [
        { kind: 'day', name: 'on', label: '公示日期', min: listing.orderedOn ?? undefined, max: today, required: true },
        words('where', '公示的媒体或场所', 200, '如县政府网站“公示公告”栏、企业厂区公告栏'),
      ],
    },
    [askListingEnd.id]: {
      contract: askListingEnd,
      fields: [words('statement', '整改完成的情况', 500, '申请后由挂牌机关在规定期限内组织复查、审批销号并摘牌销案')],
    },
    [returnListingEnd.id]: { contract: returnListingEnd, fields: [words('reason', '退回的理由', 500)] },
    [delistListing.id]: {
      contract: delistListing,
      primary: true,
      fields: [
        words('reason', '摘牌销案的依据', 500, '写明复查合格、审批销号的情况'),
        document('销案文书的文号', listing.level !== 'county'),
      ],
    },
    [revokeListing.id]: {
      contract: revokeListing,
      danger: true,
      fields: [
        words('reason', '撤销的理由', 500, '只用于错误下达的督办令；隐患仍须按期整改，撤销后另行提请'),
        document('撤销文书的文号', true),
      ],
    },
  }
}

/** The five contents of the order; what the system knows already stands in the form. */
function orderPlan(listing: ListingDetailView, today: Day, bodies: readonly BodyView[]): ActionPlan {
  return {
    contract: orderListing,
    primary: true,
    initial: {
      document: listing.document,
      name: `${listing.unitName}重大事故隐患挂牌督办`.slice(0, 100),
      matters: listing.description.slice(0, 1000),
      ...(listing.dueOn && listing.dueOn >= today ? { dueOn: listing.dueOn } : {}),
      release: '隐患整改完成后由责任单位申请销案，经现场复查合格、挂牌机关审批销号后摘牌销案。',
      ...(listing.leadBodyId ? { supervisingBodyId: listing.leadBodyId } : {}),
    },
    fields: [
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
    ],
  }
}
