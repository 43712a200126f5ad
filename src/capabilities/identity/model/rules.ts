import { areaLevel, isWithin } from '#kernel/area.ts'
import type { FieldError } from '#kernel/errors.ts'
import type { Actor, Role } from '#kernel/grants.ts'
import { addDays, type Day } from '#kernel/time.ts'
import { type Account, type AccountGrant, effectiveGrants } from './record.ts'

/** What a new grant consists of, before it has an id. */
export type GrantTerms = Omit<AccountGrant, 'id'>

/** Matters are sent to bodies: without one these roles would never receive anything. */
const needsBody: readonly Role[] = ['committeeOffice', 'department', 'town']
const ofUnit: readonly Role[] = ['unitPrincipal', 'unitWorker']
const maySectors: readonly Role[] = ['department', 'inspector', 'countyLeader']

/** What does not fit in a new grant, field by field; empty when it may be given. Pure shape: nothing is looked up. */
export function grantProblems(terms: GrantTerms, county: string, today: Day): FieldError[] {
  const { role, area, sectors, unitId, bodyId, from, to } = terms
  const out: FieldError[] = []
  const say = (path: string, message: string) => out.push({ path, message })
  if (!isWithin(area, county)) say('area', '授权区域须在本县范围内')
  // Statistics are counted by town: whoever was granted one village would see its rows and not one of its numbers.
  if (areaLevel(area) === 'village' && !ofUnit.includes(role)) {
    say('area', '授权区域最小到乡镇（开发区），请选择该村（社区）所在的乡镇（开发区）')
  }
  if (role === 'town' && areaLevel(area) === 'county') say('area', '乡镇（开发区）授权请选择具体的乡镇（开发区）')
  if (needsBody.includes(role) && !bodyId) say('bodyId', '请选择所在单位，事项按单位送达')
  if (ofUnit.includes(role) && !unitId) say('unitId', '请选择所在的生产经营单位')
  if (!ofUnit.includes(role) && unitId) say('unitId', '只有单位主要负责人和从业人员的授权可以限定到一个单位')
  if (sectors !== null && !maySectors.includes(role)) say('sectors', '这一角色不按行业领域授权，请清空行业领域')
  if (from < today) say('from', '授权的起始日期不能早于今天')
  if (to !== null && to < from) say('to', '授权的截止日期不能早于起始日期')
  return out
}

/** Whether the actor, as an administrator, reaches the area of a grant; nobody gives away more than the own area. */
export function reachesGrant(actor: Actor, grant: Pick<AccountGrant, 'area'>): boolean {
  if (actor.system) return true
  return actor.grants.some((own) => own.role === 'administrator' && isWithin(grant.area, own.area))
}

/** Whether the account already holds the same grant on the day the new one would begin. */
export function alreadyHolds(account: Account, terms: GrantTerms): boolean {
  return effectiveGrants(account, terms.from).some(
    (grant) =>
      grant.role === terms.role &&
      grant.area === terms.area &&
      grant.unitId === terms.unitId &&
      grant.bodyId === terms.bodyId &&
      sectorsKey(grant.sectors) === sectorsKey(terms.sectors),
  )
}

const sectorsKey = (sectors: readonly string[] | null) => (sectors === null ? '*' : [...sectors].sort().join(','))

/**
 * The grant with its last day. Without a day it ends at once: its last day is then yesterday, because `to` is a day on
 * which a grant still holds and a withdrawn right may not live until midnight.
 */
export function endedGrant(grant: AccountGrant, lastDay: Day | undefined, today: Day): AccountGrant {
  return { ...grant, to: lastDay ?? addDays(today, -1) }
}

/** Whether the account administers the whole county on this day; such accounts can give anybody any grant back. */
export function isCountyAdministrator(account: Account, day: Day): boolean {
  if (account.state !== 'active') return false
  return effectiveGrants(account, day).some((grant) => grant.role === 'administrator' && grant.area === account.county)
}

export function isAdministrator(account: Account, day: Day): boolean {
  return effectiveGrants(account, day).some((grant) => grant.role === 'administrator')
}
