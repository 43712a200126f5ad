import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { disableAccount, resetPassword } from '#capabilities/identity/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { openTestProduct, type TestProduct, testPassword } from '#test/kit/product.ts'
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

/** A person and a network address of their own for every case: locks of one do not disturb the other. */
beforeEach(async () => {
  serial += 1
  login = `person${serial}`
  accountId = (await test.account(login, [{ role: 'inspector', area: test.product.county }])).accountId
})

const from = () => ({ remoteAddress: `10.1.0.${serial}` })
const signIn = (password?: string, who = login) => web.signIn(who, password, from())
const session = async (cookie: string) => (await web.get('/api/identity/session', cookie)).status
const minutes = (count: number) => test.clock.advance(count * 60_000)
const wrong = 'Wrong#Pass99'

describe('a password', () => {
  it('is stored as argon2id only, and nowhere in clear', async () => {
    const { rows } = await sql<{ hash: string }>`
      select hash from credential where account_id = ${accountId}`.execute(test.database.db)
    expect(rows[0]?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    const { rows: leaks } = await sql`
      select 1 from action where input::text like ${`%${testPassword}%`} or summary like ${`%${testPassword}%`}`.execute(
      test.database.db,
    )
    expect(leaks).toEqual([])
  })

  it('that breaks a rule is refused with the rule in Chinese', async () => {
    const { cookie } = await signIn()
    const change = (next: string) => web.post('/api/identity/changePassword', { current: testPassword, next }, cookie)
    const said = async (next: string) => {
      const { status, body } = await change(next)
      return `${status} ${body.fields[0]?.path} ${body.fields[0]?.message}`
    }
    expect(await said('Ab1#')).toBe('422 next 密码至少10位，现在只有4位')
    expect(await said('aaaaaaaaaaaa')).toContain('至少三类')
    expect(await said(`${login}#2026X`)).toContain('不能包含登录账号')
    expect(await said(testPassword)).toContain('不能与原密码相同')
    expect(await session(cookie)).toBe(200)
  })
})

describe('the door', () => {
  it('closes after five failures, each time twice as long, and opens for the right password afterwards', async () => {
    const lockOut = async () => {
      const answers = []
      for (let at = 0; at < 5; at += 1) answers.push(await signIn(wrong))
      expect(answers.map((answer) => answer.status)).toEqual([401, 401, 401, 401, 401])
      return answers.at(-1)?.body.data.waitMinutes
    }
    const waits = []
    for (let round = 0; round < 3; round += 1) {
      waits.push(await lockOut())
      const right = await signIn()
      expect(right).toMatchObject({ status: 401, cookie: '' })
      expect(right.body.detail).toContain('分钟后再试')
      minutes(waits.at(-1))
    }
    expect(waits).toEqual([15, 30, 60])
    expect((await signIn()).status).toBe(200)
    expect(await lockOut()).toBe(15)
    minutes(15)
  })

  it('says the same of a login that does not exist, a wrong password and a disabled account', async () => {
    const gone = (await test.account(`${login}gone`, [])).accountId
    await test.run(admin, disableAccount, { recordId: gone, version: 1, input: { reason: '已经调离本单位' } })
    const words = async (who: string, password?: string) => {
      const { status, body } = await signIn(password, who)
      return { status, code: body.code, title: body.title, detail: body.detail, data: body.data }
    }
    const unknown = await words(`${login}nobody`)
    expect(unknown).toMatchObject({ status: 401, code: 'identity.signInFailed' })
    expect(await words(login, wrong)).toEqual(unknown)
    expect(await words(`${login}gone`)).toEqual(unknown)
    const tries = async (who: string) => {
      let last: unknown
      for (let at = 0; at < 5; at += 1) last = await words(who, wrong)
      return last
    }
    expect(await tries(`${login}ghost`)).toEqual(await tries(`${login}gone`))
  })

  it('closes for an address that tries many logins', async () => {
    const answers = []
    for (let at = 0; at < 51; at += 1) answers.push(await signIn(wrong, `${login}x${at}`))
    expect(answers.at(-2)?.body.data).toBeUndefined()
    expect(answers.at(-1)?.body.data.waitMinutes).toBeGreaterThan(0)
    expect((await signIn()).status).toBe(401)
    expect((await web.signIn(login, testPassword, { remoteAddress: '10.2.0.1' })).status).toBe(200)
  })
})

describe('a session', () => {
  it('lives in a cookie no script can read, no other site sends and no database row opens', async () => {
    const answer = await signIn()
    const line = String([answer.headers['set-cookie']].flat()[0])
    expect(line).toMatch(/; HttpOnly/)
    expect(line).toMatch(/; SameSite=Lax/)
    expect(line).toMatch(/; Path=\//)
    const token = answer.cookie.split('=')[1] ?? ''
    const { rows } = await sql<{ token_hash: Buffer }>`
      select token_hash from session where account_id = ${accountId}`.execute(test.database.db)
    expect(rows).toHaveLength(1)
    expect(rows[0]?.token_hash.toString('base64url')).not.toBe(token)
    expect(await session(`zhiben_session=${rows[0]?.token_hash.toString('base64url')}`)).toBe(401)
  })

  it('ends after two idle hours, and not while somebody works', async () => {
    const { cookie } = await signIn()
    minutes(119)
    expect(await session(cookie)).toBe(200)
    minutes(119)
    expect(await session(cookie)).toBe(200)
    minutes(120)
    expect(await session(cookie)).toBe(401)
  })

  it('ends after twelve hours however busy', async () => {
    const { cookie } = await signIn()
    for (let hour = 1; hour < 12; hour += 1) {
      minutes(60)
      expect(await session(cookie)).toBe(200)
    }
    minutes(60)
    expect(await session(cookie)).toBe(401)
  })

  it('is over on the server after signing out, whoever kept the cookie', async () => {
    const { cookie } = await signIn()
    await web.post('/api/identity/signOut', {}, cookie)
    expect(await session(cookie)).toBe(401)
  })

  it('is over elsewhere when the password changes, and everywhere when it is reset or the account disabled', async () => {
    const [here, there] = [await signIn(), await signIn()]
    const next = 'Another#2027'
    const changed = await web.post('/api/identity/changePassword', { current: testPassword, next }, here.cookie)
    expect(changed).toMatchObject({ status: 200, body: { endedSessions: 1 } })
    expect([await session(here.cookie), await session(there.cookie)]).toEqual([200, 401])
    const pair = { password: testPassword, confirmPassword: testPassword }
    await test.run(admin, resetPassword, { recordId: accountId, version: 1, input: pair })
    expect(await session(here.cookie)).toBe(401)
    const again = await signIn()
    expect(again.body.mustChangePassword).toBe(true)
    await test.run(admin, disableAccount, { recordId: accountId, version: 2, input: { reason: '已经调离本单位' } })
    expect(await session(again.cookie)).toBe(401)
    expect((await signIn()).status).toBe(401)
  })

  it('cannot be planted: signing in makes a new one and ends the one that was there', async () => {
    const attacker = await web.signIn('admin', testPassword, from())
    const planted = attacker.cookie
    const victim = await web.signIn(login, testPassword, { ...from(), headers: { cookie: planted } })
    expect(victim.cookie).not.toBe(planted)
    expect(await session(planted)).toBe(401)
    const made = await web.signIn(login, testPassword, {
      ...from(),
      headers: { cookie: 'zhiben_session=chosen-by-me' },
    })
    expect(made.cookie).not.toContain('chosen-by-me')
    expect(await session('zhiben_session=chosen-by-me')).toBe(401)
  })

  it('of a person who must first change the password opens nothing else', async () => {
    const pair = { password: 'Temporary#11', confirmPassword: 'Temporary#11' }
    await test.run(admin, resetPassword, { recordId: accountId, version: 1, input: pair })
    const { cookie } = await signIn('Temporary#11')
    expect((await web.get('/api/hazard/list', cookie, {})).status).toBe(403)
    const change = { current: 'Temporary#11', next: 'Chosen#By2me' }
    expect((await web.post('/api/identity/changePassword', change, cookie)).status).toBe(200)
    expect((await web.get('/api/hazard/list', cookie, {})).status).toBe(200)
  })
})
