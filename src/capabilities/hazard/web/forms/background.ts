import { formatDay } from '#shell/text/format.ts'
import { type HazardView, isStanding } from '../../model/index.ts'

/** The last time something was done, by whom, in the words of the record; nothing where it never was. */
function lastly(row: HazardView, ...actions: readonly string[]): string[] {
  return actions.flatMap((action) => {
    const entry = row.timeline.find((one) => one.action === action)
    return entry ? [`${entry.actor} ${entry.effectiveOn}：${entry.summary}`] : []
  })
}

const granted = (row: HazardView) => row.extensions.filter(({ decision }) => decision === 'granted').length

function deadlineLine(row: HazardView): string {
  const times = granted(row) > 0 ? `，已延期${granted(row)}次` : ''
  return `现在的整改时限是 ${formatDay(row.dueOn)}${times}`
}

/** Who asks for a later deadline is told who decides on it. */
export const askingExtension = (row: HazardView): string[] => [
  deadlineLine(row),
  `由${row.listingBodyName ?? row.issuerBodyName ?? row.assignedBodyName ?? row.leadBodyName}审批，批准前仍按原时限`,
]

export const grantingExtension = (row: HazardView): string[] => [deadlineLine(row)]

/** What is decided on, so that nobody has to leave the form to read it. */
export function decidingExtension(row: HazardView): string[] {
  const asked = row.extensions.find(({ decision }) => decision === 'pending')
  if (!asked) return []
  const { requestedBy, requestedOn, from, to, reason } = asked
  return [`${requestedBy} ${requestedOn} 申请由 ${from} 延至 ${to}`, `理由：${reason}`]
}

/** The order to stop that still holds, once the unit has applied to resume. */
export const resumeAsked = (row: HazardView): boolean =>
  row.stopOrders.some(({ liftedOn, resumeAskedOn }) => liftedOn === null && Boolean(resumeAskedOn))

export function liftingStop(row: HazardView): string[] {
  const order = row.stopOrders.findLast(({ liftedOn }) => liftedOn === null)
  const ordered = order ? [`${order.on} 责令停产停业：${order.scope}（${order.reason}）`] : []
  return order?.resumeAskedOn ? [...ordered, ...lastly(row, 'hazard.askResume')] : ordered
}

export const accepting = (row: HazardView) => lastly(row, 'hazard.applyAcceptance')
export const reviewing = (row: HazardView) => lastly(row, 'hazard.applyAcceptance', 'hazard.accept')
export const approving = (row: HazardView) =>
  lastly(row, 'hazard.applyAcceptance', 'hazard.accept', 'hazard.recordReview')

/** An official who fills in for the unit has rectified, and may then neither accept nor review nor approve. */
export const inTheUnitsPlace = (row: HazardView, byUnit: boolean): string[] =>
  byUnit || !isStanding(row.state) ? [] : ['您在代单位填报：办理后，您本人不能再验收、复查和审批这条隐患']
