import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  disableAccount,
  endSessions,
  getAccount,
  getOwnAccount,
  resetPassword,
  unlockAccount,
} from '#capabilities/identity/model/index.ts'
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
  test = await openTestProduct()
  web = await openWeb(test)
  admin = await test.as('admin')
})
afterAll(async () => {
  await web?.close()
  await test?.close()
})
beforeEach(async () => {
  serial += 1
  login = `officer${serial}`
  accountId = (await test.account(login, [{ role: 'inspector', area: test.product.county }])).accountId
})

const from = () => ({ remoteAddress: `10.4.0.${serial}` })
const signIn = async (who = login) => (await web.signIn(who, testPassword, from())).cookie
const own = async (cookie: string) =>
  getOwnAccount.output.parse((await web.get('/api/identity/ownAccount', cookie)).body)
const end = async (cookie: string, sessionId: string | null = null) =>
  (await web.post('/api/identity/endOwnSessions', { sessionId }, cookie)).body
const over = async (cookie: string) => {
  const { status, body } = await web.get('/api/hazard/list', cookie, {})
  return status === 401 ? body.detail : status
}
const account = () => test.ask(admin, getAccount, { id: accountId })

describe('one’s own account', () => {
  it('says what one sees and may do, for a department the sectors its body leads', async () => {
    await test.as('emergency-management')
    const { grants } = await own(await signIn('emergency-management'))
    expect(grants).toHaveLength(1)
    expect(grants[0]?.sees).toMatch(/^以县应急管理局的名义，查看青阳县范围内.*矿山、危化品.*行业领域的记录/)
    expect(grants[0]?.may).toContain('查看隐患')
    expect(grants[0]?.may).not.toContain('管理账号和授权')
    expect(grants[0]).toMatchObject({ roleName: '行业部门', to: null, effective: true })
  })

  it('lists where one is signed in, and ends one or all of the others', async () => {
    const [here, there, elsewhere] = [await signIn(), await signIn(), await signIn()]
    const { sessions } = await own(here)
    expect(sessions.map((session) => session.here).sort()).toEqual([false, false, true])
    const mine = (await own(there)).sessions.find((session) => session.here)
    expect(await end(here, mine?.id)).toEqual({ ended: 1 })
    expect(await over(there)).toContain('由本人在另一台设备上结束')
    expect(await over(elsewhere)).toBe(200)
    expect(await end(here)).toEqual({ ended: 1 })
    expect([await over(elsewhere), await over(here)]).toEqual([expect.stringContaining('本人'), 200])
  })

  it('can end neither the session it is asked from nor one of somebody else', async () => {
    const here = await signIn()
    const [self] = (await own(here)).sessions
    expect(await end(here, self?.id)).toEqual({ ended: 0 })
    await test.as('anwei')
    const other = await signIn('anwei')
    const [theirs] = (await own(other)).sessions
    expect(await end(here, theirs?.id)).toEqual({ ended: 0 })
    expect(await over(other)).toBe(200)
    // What a list of sessions shows opens none of them.
    expect(await over(`zhiben_session=${Buffer.from(self?.id ?? '', 'hex').toString('base64url')}`)).toContain(
      '请先登录',
    )
  })
})

describe('whoever is put out is told why', () => {
  it.each([
    [
      'disabled',
      '账号已被停用',
      () => test.run(admin, disableAccount, { recordId: accountId, version: 1, input: { reason: '调离本单位' } }),
    ],
    [
      'reset',
      '密码已由系统管理员重置',
      () => {
        const input = { password: 'Temporary#11', confirmPassword: 'Temporary#11' }
        return test.run(admin, resetPassword, { recordId: accountId, version: 1, input })
      },
    ],
    [
      'put out',
      '被系统管理员结束',
      () => test.run(admin, endSessions, { recordId: accountId, version: 1, input: { reason: '设备遗失' } }),
    ],
  ])('%s', async (_name, words, act) => {
    const cookie = await signIn()
    expect(await over(cookie)).toBe(200)
    await act()
    expect(await over(cookie)).toContain(words)
  })

  it('of time: idle, and at the end of the day', async () => {
    const idle = await signIn()
    test.clock.advance(121 * 60_000)
    expect(await over(idle)).toContain('超过120分钟没有操作')
    const long = await signIn()
    for (let hour = 0; hour < 12; hour += 1) {
      test.clock.advance(59 * 60_000)
      await over(long)
    }
    test.clock.advance(13 * 60_000)
    expect(await over(long)).toContain('最长12小时')
    expect(await over('')).toBe('请先登录')
  })
})

describe('an administrator', () => {
  it('ends one session of an account by its id, and is told when it is over already', async () => {
    const [one, two] = [await signIn(), await signIn()]
    const id = (await own(one)).sessions.find((session) => session.here)?.id ?? null
    expect((await account()).sessions).toHaveLength(2)
    const input = { sessionId: id, reason: '手机遗失' }
    await test.run(admin, endSessions, { recordId: accountId, version: 1, input })
    expect([await over(one), await over(two)]).toEqual([expect.stringContaining('管理员'), 200])
    expect(await refusalOf(test.run(admin, endSessions, { recordId: accountId, version: 2, input }))).toBe(
      'identity.sessionGone',
    )
    const office = await test.as('anwei')
    expect(await refusalOf(test.run(office, endSessions, { recordId: accountId, version: 2, input }))).toBe(
      'core.notAllowed',
    )
  })

  it('sees a locked login and opens it again', async () => {
    const wrong = async () => (await web.signIn(login, 'Wrong#Pass99', from())).body
    const said = []
    for (let at = 0; at < 5; at += 1) said.push((await wrong()).detail)
    expect(said[1]).not.toContain('还可以再试')
    expect(said[2]).toContain('还可以再试2次')
    expect(said[3]).toContain('还可以再试1次')
    expect(said[4]).toContain('请等待15分钟')
    expect((await account()).lockedUntil).toBe(new Date(test.clock.now().getTime() + 15 * 60_000).toISOString())
    expect((await web.signIn(login, testPassword, from())).status).toBe(401)
    await test.run(admin, unlockAccount, { recordId: accountId, version: 1, input: { reason: '本人到场核实' } })
    expect((await account()).lockedUntil).toBeNull()
    expect((await web.signIn(login, testPassword, from())).status).toBe(200)
  })
})
