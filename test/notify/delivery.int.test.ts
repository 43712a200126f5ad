import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listDeliveries, requeueDeliveries } from '#capabilities/system/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { type Channel, smsChannel, Unreachable, webhookChannel } from '#platform/notify/channel.ts'
import { deliverDue } from '#platform/notify/delivery.ts'
import { assigned, town } from '../kit/hazards.ts'
import { openTestProduct, type TestProduct } from '../kit/product.ts'

const secret = 'agreed with the receiver'

interface Call {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

let test: TestProduct
let office: Actor
let unit = ''
let receiver: Server
let url = ''
let answer = 200
let calls: Call[] = []

beforeAll(async () => {
  test = await openTestProduct()
  office = await test.as('anwei')
  unit = await test.unit('通知测试五金厂', town, 'industryTrade')
  receiver = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    calls.push({ headers: request.headers, body })
    response.writeHead(answer).end()
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/notices`
})

afterAll(async () => {
  receiver.closeAllConnections()
  await new Promise((resolve) => receiver.close(resolve))
  await test.close()
})

const webhook = () => webhookChannel({ url, secret, now: test.clock.now })
const pass = (channel: Channel | undefined, phones: string[] = [], signal?: AbortSignal) =>
  deliverDue(
    {
      db: test.product.database.db,
      county: test.product.county,
      channel,
      signal,
      recipient: async () => ({ name: '接收人', phones }),
    },
    test.clock.now(),
  )
const listed = (state: 'queued' | 'sent' | 'failed' | 'undeliverable' | 'inboxOnly') =>
  test.ask(office, listDeliveries, { state })
const later = (minutes: number) => test.clock.advance(minutes * 60_000)

/** What the receiver does: its own sum over what came, and nothing older than five minutes. */
function accepts({ headers, body }: Call, key = secret): boolean {
  const time = String(headers['x-zhiben-time'])
  const sum = createHmac('sha256', key).update(`${time}.${body}`).digest('hex')
  const age = Math.abs(test.clock.now().getTime() / 1000 - Number(time))
  return headers['x-zhiben-signature'] === sum && age < 300
}

it('without a channel shelves every notice where it can be seen, and sends them when one has appeared', async () => {
  await assigned(test, office, unit)
  expect(await pass(undefined)).toBeGreaterThan(0)
  const shelved = (await listed('inboxOnly')).rows
  expect(shelved.length).toBeGreaterThan(0)
  for (const row of shelved) expect(row.error).toMatch(/没有配置短信或消息平台/)

  // A channel alone does not move what was shelved; a person decides.
  expect(await pass(webhook())).toBe(0)
  const ids = shelved.map((row) => row.id)
  const done = await test.run(office, requeueDeliveries, { input: { ids } })
  expect(done.output.queued).toBe(ids.length)
  expect(await pass(webhook())).toBe(ids.length)
  expect((await listed('inboxOnly')).rows).toEqual([])
  expect(calls.map(({ headers }) => headers['x-zhiben-id']).sort()).toEqual([...ids].sort())
})

it('signs what it sends, waits after a 500, and repeats it under the same id', async () => {
  calls = []
  answer = 500
  await assigned(test, office, unit)
  const due = (await listed('queued')).rows.length
  expect(due).toBeGreaterThan(0)
  await pass(webhook())
  const first = calls[0]
  if (!first) throw new Error('nothing was sent')
  expect(accepts(first)).toBe(true)
  expect(accepts(first, 'another secret')).toBe(false)
  expect(accepts({ ...first, body: first.body.replace('接收人', '别的人') })).toBe(false)
  expect(JSON.parse(first.body)).toMatchObject({ id: first.headers['x-zhiben-id'], recipient: { name: '接收人' } })
  const refused = (await listed('queued')).rows.find((row) => row.id === first.headers['x-zhiben-id'])
  expect(refused?.error).toBe('接收方返回 500')

  const tried = calls.length
  answer = 200
  await pass(webhook())
  const repeated = () => calls.filter(({ headers }) => headers['x-zhiben-id'] === first.headers['x-zhiben-id'])
  expect(repeated()).toHaveLength(1)
  later(2)
  await pass(webhook())
  expect(calls.length).toBeGreaterThan(tried)
  expect(repeated()).toHaveLength(2)
  for (const call of repeated()) expect(call.body).toBe(first.body)
  expect((await listed('queued')).rows).toEqual([])
})

it('leaves a receiver that is down alone after three tries, and keeps what the stop interrupted', async () => {
  for (let at = 0; at < 5; at += 1) await assigned(test, office, unit)
  const due = (await listed('queued')).rows.length
  expect(due).toBeGreaterThan(3)
  const down: Channel = { id: 'down', send: () => Promise.reject(new Error('没有应答')) }
  expect(await pass(down)).toBe(3)
  later(2)
  const abort = new AbortController()
  const interrupted: Channel = {
    id: 'slow',
    send: (_, signal) => {
      abort.abort()
      return Promise.reject(signal?.reason)
    },
  }
  const before = (await listed('queued')).rows
  expect(await pass(interrupted, [], abort.signal)).toBe(0)
  expect((await listed('queued')).rows).toEqual(before)
  await pass(webhook())
  expect((await listed('queued')).rows).toEqual([])
})

it('sends by SMS to every phone under an id of its own, and says when there is none', async () => {
  const sent: { phone: string; text: string; id: string }[] = []
  const channel = smsChannel({ send: async (phone, text, id) => void sent.push({ phone, text, id }) })
  await assigned(test, office, unit)
  const queued = (await listed('queued')).rows
  await pass(channel, ['13800000001', '13900000002'])
  expect(sent).toHaveLength(queued.length * 2)
  expect(new Set(sent.map(({ id }) => id)).size).toBe(sent.length)
  const titles = queued.map(({ title }) => title)
  for (const { text } of sent) expect(titles).toContain(text.split('：')[0])

  await assigned(test, office, unit)
  await pass(channel, [])
  const [row] = (await listed('undeliverable')).rows
  expect(row?.error).toMatch(/没有接收人的手机号/)
  await expect(channel.send({ recipient: { phones: [] } } as never)).rejects.toBeInstanceOf(Unreachable)
})
