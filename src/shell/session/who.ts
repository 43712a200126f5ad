import { roles } from '#kernel/grants.ts'
import type { SessionView } from '#kernel/session.ts'
import { formatLongDay } from '../text/format.ts'

/** Who is signed in, in which capacity, on which day: the line below the workbench's title. */
export function whoWords(session: SessionView): string {
  const grant = session.grants[0]
  const role = grant ? `${roles[grant.role]}｜${grant.unitName ?? grant.bodyName ?? grant.areaName}` : '尚未授权'
  return `${session.name}（${role}），今天是${formatLongDay(session.today)}`
}
