import { describe, expect, test } from 'vitest'
import type { Actor } from '#kernel/grants.ts'
import { refusalFor } from '#kernel/lifecycle.ts'
import {
  type Account,
  type AccountGrant,
  type Attempts,
  accountLifecycle,
  alreadyHolds,
  countAttempt,
  createAccount,
  effectiveGrants,
  endedGrant,
  type GrantTerms,
  grantProblems,
  homeArea,
  isCountyAdministrator,
  passwordProblem,
  reachesGrant,
  uncountAttempt,
  waitMinutes,
} from './index.ts'

const county = '341723'
const today = '2026-11-23'
const terms = (more: Partial<GrantTerms> = {}): GrantTerms => ({
  role: 'department',
  area: county,
  sectors: null,
  unitId: null,
  bodyId: 'emergency',
  from: today,
  to: null,
  ...more,
})
const grant = (more: Partial<AccountGrant> = {}): AccountGrant => ({ id: 'g', ...terms(), ...more })
const account = (...grants: AccountGrant[]): Account => ({
  county,
  id: 'a',
  version: 1,
  login: 'wang',
  name: '王工',
  personId: null,
  state: 'active',
  mustChangePassword: false,
  createdOn: today,
  grants,
})
const actor = (...areas: string[]): Actor => ({
  county,
  accountId: 'b',
  personId: null,
  name: '管理员',
  grants: areas.map((area) => ({ role: 'administrator', area, sectors: null, unitId: null, bodyId: null })),
})

describe('passwords', () => {
  test.each([
    ['abc1234567', undefined],
    ['青阳县安全生产2026', undefined],
    ['abc123456', '密码至少10位，现在只有9位'],
    ['abcdefghij', '密码须包含大写字母、小写字母、数字、符号中的至少两类'],
    ['1234567890', '密码须包含大写字母、小写字母、数字、符号中的至少两类'],
    ['aaaaaaaaa1', '密码重复的字符太多，请换一个'],
    [' abc1234567', '密码的开头和结尾不能是空格'],
    ['x'.repeat(129), '密码最多128位，现在有129位'],
  ])('%s', (password, problem) => expect(passwordProblem(password)).toBe(problem))

  test('a password may not hold the login, and both typings must agree', () => {
    const input = { login: 'wanggong', name: '王工', password: 'WangGong2026', confirmPassword: 'WangGong2026' }
    const messages = (value: object) => createAccount.input.safeParse(value).error?.issues.map((row) => row.message)
    expect(messages(input)).toEqual(['密码不能包含登录账号'])
    const other = { ...input, password: 'Anquan#2026' }
    expect(messages(other)).toEqual(['两次输入的密码不一致，请重新输入'])
    expect(messages({ ...other, confirmPassword: 'Anquan#2026' })).toBeUndefined()
  })
})

describe('attempts', () => {
  const policy = { max: 3, lockMinutes: 10, maxLockMinutes: 40 }
  const minute = 60_000

  test('the last allowed attempt closes the door behind itself', () => {
    const first = countAttempt(undefined, 0, policy).next
    const second = countAttempt(first, minute, policy).next
    expect(waitMinutes(second, minute)).toBe(0)
    const third = countAttempt(second, 2 * minute, policy)
    expect(third).toMatchObject({ admitted: true, next: { failures: 3, lockedUntil: 12 * minute } })
    const fourth = countAttempt(third.next, 3 * minute, policy)
    expect(fourth).toEqual({ admitted: false, next: third.next })
    expect(waitMinutes(fourth.next, 3 * minute)).toBe(9)
    expect(waitMinutes(fourth.next, 12 * minute - 1)).toBe(1)
  })

  test('after the lock and after a quiet time the count begins anew', () => {
    const locked = { failures: 3, since: 0, lockedUntil: 10 * minute, locks: 1 }
    expect(countAttempt(locked, 10 * minute, policy)).toMatchObject({ admitted: true, next: { failures: 1 } })
    const old = { failures: 2, since: 0, lockedUntil: null, locks: 0 }
    expect(countAttempt(old, 10 * minute, policy).next.failures).toBe(1)
    expect(countAttempt(old, 10 * minute - 1, policy).next.failures).toBe(3)
  })

  test('a right attempt is taken back and opens the door it had closed', () => {
    const locked = { failures: 3, since: 0, lockedUntil: 10 * minute, locks: 1 }
    expect(uncountAttempt(locked, policy)).toEqual({ failures: 2, since: 0, lockedUntil: null, locks: 0 })
  })

  test('each closing lasts twice as long as the one before, up to the limit, until there was a long rest', () => {
    let now = 0
    let state: Attempts | undefined
    const lockOut = () => {
      for (let at = 0; at < policy.max; at += 1) state = countAttempt(state, now, policy).next
      const minutes = waitMinutes(state as Attempts, now)
      now += minutes * minute
      return minutes
    }
    expect([lockOut(), lockOut(), lockOut(), lockOut()]).toEqual([10, 20, 40, 40])
    now += policy.maxLockMinutes * minute
    expect([lockOut(), lockOut()]).toEqual([10, 20])
  })
})

describe('grants', () => {
  test('a grant holds from its first to its last day', () => {
    const wang = account(grant({ from: '2026-11-20', to: '2026-11-22' }))
    const counts = ['2026-11-19', '2026-11-20', '2026-11-22', '2026-11-23'].map(
      (day) => effectiveGrants(wang, day).length,
    )
    expect(counts).toEqual([0, 1, 1, 0])
  })

  test('ended without a day it no longer holds today, not even when it began today', () => {
    const ended = endedGrant(grant(), undefined, today)
    expect(effectiveGrants(account(ended), today)).toEqual([])
    expect(effectiveGrants(account(endedGrant(grant(), today, today)), today)).toHaveLength(1)
  })

  test.each([
    ['another county', { area: '341722' }, 'area'],
    ['a town role for the whole county', { role: 'town' as const }, 'area'],
    ['a department without a body', { bodyId: null }, 'bodyId'],
    ['a principal without a unit', { role: 'unitPrincipal' as const }, 'unitId'],
    ['a department bound to one unit', { unitId: 'u' }, 'unitId'],
    ['an auditor by sector', { role: 'auditor' as const, sectors: ['mines'] }, 'sectors'],
    ['a first day in the past', { from: '2026-11-22' }, 'from'],
    ['a last day before the first', { to: '2026-11-22' }, 'to'],
  ])('%s does not fit', (_name, more, path) => {
    expect(grantProblems(terms(more), county, today).map((row) => row.path)).toEqual([path])
  })

  test('a fitting grant has nothing against it', () => {
    expect(grantProblems(terms({ sectors: ['mines'], to: today }), county, today)).toEqual([])
  })

  test('the same grant is not given twice; another sector or a later day is another grant', () => {
    const wang = account(grant({ sectors: ['mines', 'roads'], to: '2026-12-31' }))
    expect(alreadyHolds(wang, terms({ sectors: ['roads', 'mines'] }))).toBe(true)
    expect(alreadyHolds(wang, terms({ sectors: ['mines'] }))).toBe(false)
    expect(alreadyHolds(wang, terms({ sectors: ['mines', 'roads'], from: '2027-01-01' }))).toBe(false)
  })

  test('an account belongs to the smallest area of all its grants, past ones too', () => {
    const inTown = grant({ area: '341723101' })
    expect(homeArea(account())).toBe(county)
    expect(homeArea(account(inTown, grant({ area: '341723101001' })))).toBe('341723101')
    expect(homeArea(account(inTown, grant({ area: '341723102' })))).toBe(county)
    expect(homeArea(account(inTown, grant({ area: county, to: '2020-01-01' })))).toBe(county)
  })

  test('an administrator gives grants within the own area only', () => {
    expect(reachesGrant(actor('341723101'), { area: '341723101001' })).toBe(true)
    expect(reachesGrant(actor('341723101'), { area: county })).toBe(false)
    expect(reachesGrant(actor(), { area: county })).toBe(false)
  })

  test('a disabled account and a town’s administrator do not count as administrators of the county', () => {
    const admin = account(grant({ role: 'administrator', bodyId: null }))
    expect(isCountyAdministrator(admin, today)).toBe(true)
    expect(isCountyAdministrator({ ...admin, state: 'disabled' }, today)).toBe(false)
    expect(isCountyAdministrator(account(grant({ role: 'administrator', area: '341723101' })), today)).toBe(false)
  })
})

test('nobody disables the own account or resets the own password', () => {
  const self = { record: account(), actor: { ...actor(county), accountId: 'a' } }
  const code = (action: string, context = self) => refusalFor(accountLifecycle, action, context)?.def.code
  expect(code('identity.disableAccount')).toBe('identity.ownAccount')
  expect(code('identity.resetPassword')).toBe('identity.ownReset')
  const other = { ...self, actor: actor(county) }
  expect(code('identity.disableAccount', other)).toBeUndefined()
  expect(code('identity.enableAccount', other)).toBe('core.wrongState')
})
