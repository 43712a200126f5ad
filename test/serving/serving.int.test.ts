import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { row, workbook } from '#capabilities/ledgerimport/server/ledger.rig.ts'
import { newId } from '#kernel/ids.ts'
import { partBytes } from '#platform/files/files.ts'
import { registered, town } from '#test/kit/hazards.ts'
import { openTestProduct, type TestProduct, testPassword } from '#test/kit/product.ts'
import { client, ownPage, type Reply, signIn, startServer } from '#test/kit/served.ts'
import { photo } from '#test/kit/upload/pictures.ts'

/* Two processes of `zhiben serve` on one database and one folder of attachments, as a county behind a load balancer. */

type Server = Awaited<ReturnType<typeof startServer>>

let test: TestProduct
let shelf: string
let servers: Server[] = []
const [first, second] = [() => servers[0] as Server, () => servers[1] as Server]

/** What the clock on the wall in the county shows. */
const wall = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 19)

beforeAll(async () => {
  test = await openTestProduct(wall())
  shelf = await mkdtemp(join(tmpdir(), 'zhiben-serving-'))
  const office = await test.as('anwei')
  await test.as('admin')
  const unitId = await test.unit('青山机械厂', town, 'industryTrade')
  for (let n = 0; n < 12; n += 1) await registered(test, office, unitId, `配电箱缺少防护门，第${n}处`)
  await test.database.db
    .updateTable('deadline')
    .set({ fire_at: new Date(Date.now() - 60_000) })
    .execute()
  servers = await Promise.all(
    ['a', 'b'].map((name) =>
      startServer(
        join(shelf, name),
        test.database.url,
        { ZHIBEN_FILES: join(shelf, 'files'), COOKIE_SECURE: 'true' },
        { command: ['src/apps/cli/main.ts', 'serve'] },
      ),
    ),
  )
}, 120_000)

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()))
  await test?.close()
  await rm(shelf, { recursive: true, force: true })
})

const json = (reply: Reply) => JSON.parse(reply.text)

/** The first true answer, or a failure that says what it was at last. */
async function eventually<T>(ask: () => Promise<T>, good: (answer: T) => boolean, seconds = 60): Promise<T> {
  const until = Date.now() + seconds * 1000
  for (;;) {
    const answer = await ask()
    if (good(answer)) return answer
    if (Date.now() > until) throw new Error(`not in ${seconds} s: ${JSON.stringify(answer)}`)
    await sleep(100)
  }
}

/** A session opened at the first server, used at both. */
async function everywhere(login: string) {
  const at = servers.map(({ base }) => client(base, 4))
  const [here, there] = at
  if (!here || !there) throw new Error('two servers are needed')
  const reply = await here.send(
    'POST',
    '/api/identity/signIn',
    ownPage,
    JSON.stringify({ login, password: testPassword }),
  )
  expect(reply.status, reply.text).toBe(200)
  const headers = { ...ownPage, cookie: reply.cookies }
  return { here, there, headers, close: () => [here, there].map((one) => one.close()) }
}

describe('two servers of one county', () => {
  it('know each other’s sessions, and that one has ended', async () => {
    const { here, there, headers, close } = await everywhere('anwei')
    const session = () => there.send('GET', '/api/identity/ownAccount?input=%7B%7D', headers)
    expect(json(await session())).toMatchObject({ login: 'anwei' })
    expect((await here.send('POST', '/api/identity/signOut', headers, '{}')).status).toBe(200)
    expect((await session()).status).toBe(401)
    close()
  })

  it('take the parts of one file in turn and both show it', async () => {
    const { here, there, headers, close } = await everywhere('anwei')
    const id = newId(Date.now())
    const bytes = await photo(7, { width: 1600, height: 1200 })
    const body = JSON.stringify({ id, name: '现场.jpg', size: bytes.length, purpose: 'before' })
    expect((await here.send('POST', '/api/uploads', headers, body)).status).toBe(200)
    const raw = { ...headers, 'content-type': 'application/octet-stream' }
    const step = Math.min(partBytes, Math.ceil(bytes.length / 4))
    for (let at = 0, n = 0; at < bytes.length; at += step, n += 1) {
      const server = n % 2 === 0 ? here : there
      const reply = await server.send('PUT', `/api/uploads/${id}?offset=${at}`, raw, bytes.subarray(at, at + step))
      expect(reply.status, reply.text).toBe(200)
    }
    const finished = await there.send('POST', `/api/uploads/${id}/finish`, headers, '{}')
    expect(finished.status, finished.text).toBe(200)
    const report = {
      actionId: newId(Date.now()),
      recordId: newId(Date.now()),
      input: {
        channel: 'inspection',
        placeName: '城东仓库',
        area: town,
        sector: 'industryTrade',
        description: '消防通道被杂物占用',
        foundOn: wall().slice(0, 10),
        judgement: { level: 'general' },
        attachments: [{ uploadId: id, purpose: 'before' }],
      },
    }
    expect((await here.send('POST', '/api/hazard/report', headers, JSON.stringify(report))).status).toBe(200)
    const input = encodeURIComponent(JSON.stringify({ id: report.recordId }))
    const seen = json(await there.send('GET', `/api/hazard/get?input=${input}`, headers))
    expect(seen.attachments).toHaveLength(1)
    for (const server of [here, there]) {
      expect((await server.send('GET', seen.attachments[0].url, headers)).status).toBe(200)
    }
    // Sent again to the other server, as a phone does when the answer was lost, it is the same registration.
    const again = await there.send('POST', '/api/hazard/report', headers, JSON.stringify(report))
    expect(json(again)).toMatchObject({ replayed: true, recordId: report.recordId })
    close()
  })

  it('do a job once, whichever of them takes it', async () => {
    const visitor = await signIn(second().base, 'anwei', testPassword)
    const rows = Array.from({ length: 60 }, (_, at) => row(`第${at}处平台护栏缺失`, { 1: `单位${at}厂` }))
    const uploadId = await visitor.upload('台账.xlsx', 'other', await workbook(rows))
    const importId = newId(Date.now())
    const call = (more: object) => ({ actionId: newId(Date.now()), recordId: importId, ...more })
    await visitor.act('/api/ledgerimport/start', call({ input: { uploadId } }))
    const view = async () => json(await visitor.ask('/api/ledgerimport/get', { id: importId }))
    await visitor.act('/api/ledgerimport/run', call({ version: (await view()).version, input: {} }))
    const done = await eventually(view, ({ state }) => state === 'done')
    expect(done.counts).toEqual({ imported: 60 })
    visitor.close()
  })

  it('fire each armed clock once', async () => {
    const { pool } = test.database
    const waiting = async () =>
      (await pool.query('select count(*) as n from deadline where fired_at is null and fire_at <= now()')).rows[0]?.n
    await eventually(waiting, (n) => n === 0)
    const fired = await pool.query('select count(*) as n from deadline where fired_at is not null')
    expect(fired.rows[0]?.n).toBeGreaterThanOrEqual(12)
    const twice = await pool.query(
      `select record_id, recipient_id, title, count(*) as n from notice group by 1, 2, 3 having count(*) > 1`,
    )
    expect(twice.rows).toEqual([])
  })

  it('follow a setting that was changed at the other', async () => {
    const admin = await signIn(first().base, 'admin', testPassword)
    const there = await signIn(second().base, 'admin', testPassword)
    // What a process goes by, and not what the table of parameters says, which all of them read.
    const goneBy = async (visitor: typeof admin) =>
      json(await visitor.ask('/api/identity/session', {})).idleMinutes as number
    const before = await goneBy(there)
    await admin.act('/api/system/setParameter', {
      actionId: newId(Date.now()),
      recordId: newId(Date.now()),
      input: {
        id: 'session.idleMinutes',
        value: before - 1,
        instead: before,
        effectiveFrom: wall().slice(0, 10),
        confidence: 'high',
        reason: '县安委会2026年第2次会议纪要',
      },
    })
    await eventually(
      () => goneBy(there),
      (minutes) => minutes === before - 1,
      90,
    )
    admin.close()
    there.close()
  }, 120_000)

  it('leaves the other serving when one is stopped in the middle of its work', async () => {
    const { there, headers, close } = await everywhere('anwei')
    await first().stop()
    expect(first().child.exitCode).toBe(0)
    expect((await there.send('GET', '/api/identity/ownAccount?input=%7B%7D', headers)).status).toBe(200)
    expect((await fetch(`${second().base}/readyz`)).ok).toBe(true)
    close()
  })
})
