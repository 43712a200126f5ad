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
  lastPasswordDay,
  passwordDaysLeft,
  passwordProblem,
  policyWords,
  reachesGrant,
  reachWords,
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
  passwordSetOn: today,
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
  const policy = { minLength: 10, minClasses: 3 }
  test.each([
    ['Abc1294567', undefined],
    ['青阳县anquan2026', undefined],
    ['Abc129456', '密码至少10位，现在只有9位'],
    ['abc1294567', '密码须包含大写字母、小写字母、数字、符号中的至少三类'],
    ['Abcxyzefgj', '密码须包含大写字母、小写字母、数字、符号中的至少三类'],
    ['aaaaaaaaA1', '密码重复的字符太多，请换一个'],
    [' Abc1294567', '密码的开头和结尾不能是空格'],
    ['Shi@123456', '密码里有常被猜到的内容（如 123456、admin、password），请换一个'],
    ['PassWord#26', '密码里有常被猜到的内容（如 123456、admin、password），请换一个'],
    ['WangGong2026', '密码不能包含登录账号'],
    ['x'.repeat(129), '密码最多128位，现在有129位'],
  ])('%s', (password, problem) => expect(passwordProblem(password, 'wanggong', policy)).toBe(problem))

  test('keep to what the county asks, and say it in one line', () => {
    expect(passwordProblem('abc12945', '', { minLength: 8, minClasses: 2 })).toBeUndefined()
    expect(passwordProblem('Abc1294567', '', { minLength: 14, minClasses: 2 })).toContain('至少14位')
    expect(policyWords(policy)).toBe(
      '至少10位，含大写字母、小写字母、数字、符号中的至少三类；不能包含登录账号和常被猜到的内容',
    )
  })

  test('run out after so many days, the day they were set included', () => {
    const left = (on: string) => passwordDaysLeft('2026-01-01', 90, on)
    expect([left('2026-01-01'), left('2026-03-31'), left('2026-04-01'), left('2027-01-01')]).toEqual([90, 1, 0, 0])
    expect(lastPasswordDay('2026-01-01', 90)).toBe('2026-03-31')
    expect(passwordDaysLeft('2026-01-01', 0, '2036-01-01')).toBeUndefined()
  })

  test('both typings of a first password must agree', () => {
    const input = { login: 'wanggong', name: '王工', password: 'Anquan#2026', confirmPassword: 'Anquan#2027' }
    const messages = (value: object) => createAccount.input.safeParse(value).error?.issues.map((row) => row.message)
    expect(messages(input)).toEqual(['两次输入的密码不一致，请重新输入'])
    expect(messages({ ...input, confirmPassword: 'Anquan#2026' })).toBeUndefined()
  })
})

describe('what a grant lets its holder see', () => {
  const reach = (more: object) =>
    reachWords({
      role: 'department',
      areaName: '青阳县',
      bodyName: '县应急管理局',
      unitName: null,
      sectorNames: null,
      ...more,
    })
  test.each([
    [
      { sectorNames: ['非煤矿山', '工贸'] },
      '以县应急管理局的名义，查看青阳县范围内非煤矿山、工贸行业领域的记录，以及交办、归口到本单位的记录',
    ],
    [{ sectorNames: [] }, '以县应急管理局的名义，没有牵头的行业领域，只看交办给本单位的记录'],
    [{ role: 'countyLeader', bodyName: null }, '查看青阳县范围内各行业领域的记录'],
    [
      { role: 'unitPrincipal', unitName: '红星机械厂', bodyName: null },
      '作为主要负责人查看红星机械厂自己的隐患和资料，单位迁到别处也一样',
    ],
    [{ role: 'administrator' }, '管理青阳县范围内的账号、授权和系统设置，可以查看记录，不能办理'],
    [{ role: 'auditor' }, '查看青阳县范围内的全部记录和操作审计，不能办理和修改'],
  ])('%j: %s', (more, words) => expect(reach(more)).toBe(words))
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
