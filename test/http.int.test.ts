import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openHttp } from '#apps/server/product.ts'
import { openTestProduct, type TestProduct, testPassword } from './kit/product.ts'
import { openWeb, ownPage, type Web } from './kit/web.ts'

let test: TestProduct
let web: Web
let cookie: string

const warnings: Error[] = []
const listen = (warning: Error) => void warnings.push(warning)

beforeAll(async () => {
  process.on('warning', listen)
  test = await openTestProduct()
  web = await openWeb(test)
  await test.as('anwei')
  cookie = (await web.signIn('anwei')).cookie
})
afterAll(async () => {
  process.off('warning', listen)
  await web?.close()
  await test?.close()
})

const signOut = (headers: Record<string, string>, method: 'POST' | 'PUT' = 'POST') =>
  web.request({
    method,
    url: '/api/identity/signOut',
    headers: { cookie, 'content-type': 'application/json', ...headers },
    payload: '{}',
  })

describe('a page of another site', () => {
  it('cannot make a browser write, whatever header it leaves out or sends', async () => {
    const attempts: Record<string, string>[] = [
      {},
      { 'x-zhiben': '0' },
      { 'sec-fetch-site': 'same-origin' },
      { 'x-zhiben': '1', 'sec-fetch-site': 'cross-site' },
      { 'x-zhiben': '1', 'sec-fetch-site': 'same-site' },
      { 'x-zhiben': '1', origin: 'https://evil.example' },
      { 'x-zhiben': '1', origin: 'null' },
    ]
    for (const headers of attempts) {
      const answer = await signOut(headers)
      expect([headers, answer.status, answer.body.code]).toEqual([headers, 403, 'core.crossSite'])
    }
    expect((await web.get('/api/identity/session', cookie)).status).toBe(200)
  })

  it('is told apart from our own page, and from a program that sends neither header', async () => {
    const own = (await web.signIn('anwei')).cookie
    const answers = [
      await signOut({ cookie: own, 'x-zhiben': '1', origin: 'http://10.1.1.5:8080', host: '10.1.1.5:8080' }),
      await signOut({ cookie: own, 'x-zhiben': '1' }),
    ]
    expect(answers.map((answer) => answer.status)).toEqual([200, 200])
  })

  it('cannot post a form: only JSON is read', async () => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await web.request({
      method: 'POST',
      url: '/api/identity/signIn',
      headers: { ...ownPage, ...type },
      payload: `login=anwei&password=${testPassword}`,
    })
    expect(answer).toMatchObject({ status: 415, body: { code: 'core.unsupportedType' } })
  })
})

describe('every answer', () => {
  it('carries the security headers', async () => {
    for (const url of ['/healthz', '/api/identity/session', '/api/nothing/here']) {
      const { headers } = await web.get(url)
      const policy = String(headers['content-security-policy'])
      expect(policy).toContain("script-src 'self'")
      expect(policy).not.toContain('unsafe-eval')
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toContain("object-src 'none'")
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['x-frame-options']).toBeDefined()
      expect(headers['referrer-policy']).toBe('same-origin')
    }
  })

  it('of the API is never kept by a cache', async () => {
    expect((await web.get('/api/identity/session', cookie)).headers['cache-control']).toBe('no-store')
  })

  it('has a problem in Chinese for what is wrong with the request itself', async () => {
    const raw = (payload: string) =>
      web.request({
        method: 'POST',
        url: '/api/hazard/report',
        headers: { ...ownPage, cookie, 'content-type': 'application/json' },
        payload,
      })
    const cases = [
      [await raw('{"a":'), 422, 'core.invalidInput'],
      [await raw('"\\u0000"'), 422, 'core.invalidInput'],
      [await raw('[]'), 422, 'core.invalidInput'],
      [await raw(`"${'x'.repeat(2 * 1024 * 1024)}"`), 413, 'core.tooLarge'],
      [await web.get('/api/nothing/here', cookie), 404, 'core.unknownOperation'],
      [await web.get('/api/hazard/get', '', {}), 401, 'core.signInFirst'],
      [await web.get('/api/hazard/get', cookie, { id: 'x' }), 422, 'core.invalidInput'],
      [await web.get('/api/hazard/get?input=%7B', cookie), 422, 'core.invalidInput'],
    ] as const
    for (const [answer, status, code] of cases) {
      expect([answer.status, answer.body.code]).toEqual([status, code])
      expect(answer.headers['content-type']).toContain('application/problem+json')
      expect(answer.body.detail).toMatch(/[\u4e00-\u9fff]/)
      expect(answer.body.requestId).toBeTruthy()
    }
  })
})

describe('too many requests', () => {
  it('are told to wait, in Chinese, as a problem', async () => {
    const address = { remoteAddress: '10.9.9.9' }
    let last = await web.request({ method: 'GET', url: '/api/identity/session', ...address })
    for (let at = 0; at < 1200; at += 1)
      last = await web.request({ method: 'GET', url: '/api/identity/session', ...address })
    expect(last).toMatchObject({ status: 429, body: { code: 'core.tooMany', retryable: true } })
    expect(last.body.detail).toContain('频繁')
    expect(last.headers['retry-after']).toBeDefined()
    expect((await web.get('/api/identity/session', cookie)).status).toBe(200)
  })
})

describe('what does not exist', () => {
  it('is counted too, by every method and however its address is written', async () => {
    const ask = (at: number) =>
      web.request({
        method: at % 2 ? 'GET' : 'POST',
        url: at % 3 ? `/api/nothing/${at}` : `/%61pi/nothing/${at}`,
        headers: ownPage,
        remoteAddress: '10.9.9.8',
      })
    expect(await ask(0)).toMatchObject({ status: 404, body: { code: 'core.unknownOperation' } })
    for (let at = 1; at < 1200; at += 1) await ask(at)
    for (const at of [1200, 1201, 1202, 1203]) expect((await ask(at)).status).toBe(429)
    const spelt = { method: 'GET', url: '/%61pi/identity/session', remoteAddress: '10.9.9.8' } as const
    expect((await web.request(spelt)).status).toBe(429)
    expect((await web.request({ ...spelt, url: '/healthz' })).status).toBe(200)
  })
})

it('starts without asking the HTTP framework for anything it is about to drop', () => {
  expect(warnings.filter(({ name }) => /Deprecation/i.test(name))).toEqual([])
})

describe('a refused read', () => {
  it('stands in the book of refusals with the record that was asked for', async () => {
    const id = '01930000-0000-7000-8000-0000000000aa'
    expect((await web.get('/api/hazard/get', cookie, { id })).status).toBe(404)
    expect((await web.get(`/api/attachments/${id}`, cookie)).status).toBe(404)
    const rows = await test.database.db.selectFrom('refusal').select(['operation', 'record_id', 'code']).execute()
    expect(rows).toContainEqual({ operation: 'hazard.get', record_id: id, code: 'core.notFound' })
    expect(rows.map((row) => row.operation)).toContain('attachment.open')
  })

  it('is told as what it is even when it cannot be written down', async () => {
    await test.database.pool.query('alter table refusal rename to refusal_away')
    try {
      const answer = await web.get('/api/hazard/get', cookie, { id: '01930000-0000-7000-8000-0000000000ab' })
      expect(answer).toMatchObject({ status: 404, body: { code: 'core.notFound' } })
    } finally {
      await test.database.pool.query('alter table refusal_away rename to refusal')
    }
  })
})

describe('over https', () => {
  let secure: FastifyInstance
  beforeAll(async () => {
    const { product } = test
    const config = { ...product.options.config, cookieSecure: true, metricsToken: 'scrape-me' }
    secure = await openHttp({ ...product, options: { ...product.options, config } }, undefined)
  })
  afterAll(() => secure?.close())

  it('the cookie is Secure and browsers are told to stay on https', async () => {
    const reply = await secure.inject({
      method: 'POST',
      url: '/api/identity/signIn',
      headers: ownPage,
      payload: { login: 'anwei', password: testPassword },
    })
    expect(String(reply.headers['set-cookie'])).toMatch(/; Secure/)
    expect(reply.headers['strict-transport-security']).toMatch(/max-age=\d+/)
  })

  it('/metrics asks for its token', async () => {
    const scrape = (authorization?: string) =>
      secure.inject({ url: '/metrics', headers: authorization ? { authorization } : {} })
    expect((await scrape()).statusCode).toBe(404)
    expect((await scrape('Bearer scrape-us')).statusCode).toBe(404)
    expect((await scrape('Bearer scrape-me')).statusCode).toBe(200)
  })
})

describe('/metrics', () => {
  it('tells this machine how busy the product is', async () => {
    const { status, body } = await web.request({ method: 'GET', url: '/metrics' })
    const text = String(body)
    expect(status).toBe(200)
    expect(text).toMatch(/zhiben_http_request_seconds_count\{route="\/api\/hazard\/get",status="404"\} [1-9]/)
    expect(text).toMatch(/zhiben_actions_total\{action="identity.createAccount"\} [1-9]/)
    expect(text).toMatch(/zhiben_db_connections\{state="open"\} [1-9]/)
    expect(text).toMatch(/zhiben_deadlines\{state="late"\} 0/)
  })

  it('tells nobody else', async () => {
    expect((await web.request({ method: 'GET', url: '/metrics', remoteAddress: '10.0.0.7' })).status).toBe(404)
    const proxied = { 'x-forwarded-for': '203.0.113.9' }
    expect((await web.request({ method: 'GET', url: '/metrics', headers: proxied })).status).toBe(404)
  })
})
