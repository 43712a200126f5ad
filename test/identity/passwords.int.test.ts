import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAccount, resetPassword } from '#capabilities/identity/model/index.ts'
import { setParameter } from '#capabilities/system/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { openTestProduct, refusalOf, type TestProduct, testPassword } from '#test/kit/product.ts'
import { openWeb, type Web } from '#test/kit/web.ts'

let test: TestProduct
let web: Web
let admin: Actor
let serial = 0
let login: string
let accountId: string

beforeAll(async () => {
  test = await openTestProduct('2026-03-02T09:00:00')
  web = await openWeb(test)
  admin = await test.as('admin')
})
afterAll(async () => {
  await web?.close()
  await test?.close()
})
beforeEach(async () => {
  test.clock.set('2026-03-02T09:00:00')
  serial += 1
  login = `clerk${serial}`
  accountId = (await test.account(login, [{ role: 'inspector', area: test.product.county }])).accountId
})

const signIn = async (password = testPassword) =>
  (await web.signIn(login, password, { remoteAddress: `10.3.0.${serial}` })).cookie
const session = async (cookie: string) => (await web.get('/api/identity/session', cookie)).body
const change = (cookie: string, current: string, next: string) =>
  web.post('/api/identity/changePassword', { current, next }, cookie)
const hazards = async (cookie: string) => (await web.get('/api/hazard/list', cookie, {})).status

describe('a password that runs out', () => {
  it('is told of beforehand, and then opens nothing but its own change', async () => {
    expect((await session(await signIn())).password).toMatchObject({ expired: false, daysLeft: 90 })
    test.clock.set('2026-05-30T09:00:00')
    const last = await signIn()
    expect(await session(last)).toMatchObject({ mustChangePassword: false, password: { daysLeft: 1 } })
    expect(await hazards(last)).toBe(200)
    test.clock.set('2026-05-31T00:10:00')
    const late = await signIn()
    expect(await session(late)).toMatchObject({ mustChangePassword: true, password: { expired: true, daysLeft: 0 } })
    expect(await hazards(late)).toBe(403)
    expect((await change(late, testPassword, 'Xin#Mima2026')).status).toBe(200)
    expect(await hazards(late)).toBe(200)
    expect((await session(late)).password).toMatchObject({ expired: false, daysLeft: 90 })
  })

  it('stops a session that was open over midnight, too', async () => {
    test.clock.set('2026-05-30T23:30:00')
    const cookie = await signIn()
    expect(await hazards(cookie)).toBe(200)
    test.clock.set('2026-05-31T00:01:00')
    expect(await hazards(cookie)).toBe(403)
  })

  it('does not stop work its owner had ordered before', async () => {
    test.clock.set('2026-06-30T09:00:00')
    const actor = await test.product.modules.sessions.accountActor(accountId, test.clock.now())
    expect(actor?.grants).toHaveLength(1)
  })
})

describe('a new password', () => {
  it('may be none of the last five', async () => {
    const cookie = await signIn()
    const used = [testPassword, 'Mima#Yi2026', 'Mima#Er2026', 'Mima#San2026', 'Mima#Si2026', 'Mima#Wu2026']
    for (const [at, next] of used.entries()) {
      if (at === 0) continue
      test.clock.advance(60_000)
      expect((await change(cookie, used[at - 1] ?? '', next)).status).toBe(200)
    }
    const again = await change(cookie, 'Mima#Wu2026', 'Mima#Yi2026')
    expect(again.body).toMatchObject({ code: 'identity.passwordUsed', fields: [{ path: 'next' }] })
    test.clock.advance(60_000)
    expect((await change(cookie, 'Mima#Wu2026', testPassword)).status).toBe(200)
  })

  it('keeps to the county’s rules, also when an administrator sets it', async () => {
    const pair = (password: string) => ({ password, confirmPassword: password })
    const reset = (password: string) =>
      refusalOf(test.run(admin, resetPassword, { recordId: accountId, version: 1, input: pair(password) }))
    expect(await reset('abc1294567')).toBe('identity.passwordUnfit')
    expect(await reset('Shi@123456')).toBe('identity.passwordUnfit')
    const made = { login: `${login}new`, name: '新同志', grants: [] }
    const create = (password: string) =>
      refusalOf(test.run(admin, createAccount, { input: { ...made, ...pair(password) } }))
    expect(await create(`${login}New#26`)).toBe('identity.passwordUnfit')
    const rule = { id: 'password.minLength', value: 14, instead: 10, effectiveFrom: '2026-03-02' }
    const input = { ...rule, confidence: 'high' as const, reason: '等保测评整改要求' }
    await test.run(admin, setParameter, { input })
    await test.product.environment.reload()
    expect(await create('Anquan#2026x')).toBe('identity.passwordUnfit')
    expect(await create('Anquan#2026xyz')).toBe('accepted')
    const cookie = await signIn()
    expect((await session(cookie)).password.rules).toContain('至少14位')
    await test.run(admin, setParameter, { input: { ...input, value: 10, instead: 14 } })
    await test.product.environment.reload()
  })
})
