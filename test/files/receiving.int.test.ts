import { appendFile, readdir, readFile, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openHttp, openProduct, type Product } from '#apps/server/product.ts'
import { reportHazard } from '#capabilities/hazard/model/index.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'
import { blankPng, pdf, photo } from '#test/kit/upload/pictures.ts'
import { MiB, sha256, type Uploader, uploader } from '#test/kit/upload/uploads.ts'
import { openWeb, ownPage, type Web } from '#test/kit/web.ts'

let test: TestProduct
let web: Web
let cookie: string
let mine: Uploader

beforeAll(async () => {
  test = await openTestProduct()
  web = await openWeb(test)
  await test.as('anwei')
  cookie = (await web.signIn('anwei')).cookie
  mine = uploader(test, web, cookie)
})
afterAll(async () => {
  await web?.close()
  await test?.close()
})

/** Bytes of no type anybody takes, different for every seed. */
const noise = (size: number, seed: number) => {
  const bytes = Buffer.alloc(size)
  for (let at = 0; at < size; at += 1) bytes[at] = (at * 31 + seed * 17 + (at >> 8)) & 0xff
  return bytes
}
const folder = () => join(test.home, 'files')
const part = (id: string) => join(folder(), 'incoming', `${id}.part`)
const stored = (bytes: Buffer) => join(folder(), sha256(bytes).slice(0, 2), sha256(bytes).slice(2))
const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

/** A PDF of about this many bytes. */
const longPdf = (size: number, seed = 0) =>
  Buffer.concat([Buffer.from('%PDF-1.4\n'), noise(size, seed), Buffer.from('\nstartxref\n0\n%%EOF\n')])

describe('a file sent in parts', () => {
  it('lies under its hash with its cleaned name, and can be asked for meanwhile', async () => {
    const bytes = longPdf(2.5 * MiB)
    const id = mine.mint()
    expect((await mine.begin({ id, name: '..\\..\\整改\u202e方案.PDF', size: bytes.length })).body).toEqual({
      received: 0,
    })
    expect((await mine.put(id, 0, bytes.subarray(0, MiB))).body).toEqual({ received: MiB })
    expect((await mine.status(id)).body).toMatchObject({ received: MiB, finished: false, name: '整改方案.PDF' })
    // The page was closed and opened again: it begins again and is told where to go on.
    expect((await mine.begin({ id, name: '整改方案.PDF', size: bytes.length })).body).toEqual({ received: MiB })
    expect((await mine.finish(id)).body).toMatchObject({
      status: 409,
      code: 'upload.incomplete',
      data: { received: MiB },
    })
    expect((await mine.put(id, MiB, bytes.subarray(MiB, 2 * MiB))).status).toBe(200)
    expect((await mine.put(id, 2 * MiB, bytes.subarray(2 * MiB))).body).toEqual({ received: bytes.length })
    expect((await mine.finish(id, sha256(bytes))).body).toEqual({ finished: true })
    expect(await readFile(stored(bytes))).toEqual(bytes)
    expect(await exists(part(id))).toBe(false)
    expect((await mine.status(id)).body).toEqual({
      received: bytes.length,
      size: bytes.length,
      name: '整改方案.PDF',
      finished: true,
      image: false,
    })
  })

  it('is told where to go on when a part comes twice, early or to a place in between', async () => {
    const bytes = noise(3000, 1)
    const id = mine.mint()
    await mine.begin({ id, name: 'a.pdf', size: bytes.length })
    await mine.put(id, 0, bytes.subarray(0, 1000))
    for (const offset of [0, 500, 1500, 2000]) {
      const answer = await mine.put(id, offset, bytes.subarray(offset, offset + 500))
      expect(answer.body).toMatchObject({ status: 409, code: 'upload.offset', data: { received: 1000 } })
    }
    expect((await mine.put(id, 1000, bytes.subarray(1000))).body).toEqual({ received: 3000 })
  })

  it('whose hash is not what was sent is refused and sent again from the start', async () => {
    const bytes = longPdf(1000, 2)
    const bent = Buffer.from(bytes)
    bent[500] = (bent[500] ?? 0) ^ 1
    const id = mine.mint()
    await mine.begin({ id, name: '方案.pdf', size: bytes.length })
    await mine.put(id, 0, bent)
    expect((await mine.finish(id, sha256(bytes))).body).toMatchObject({
      status: 409,
      code: 'upload.altered',
      detail: '“方案.pdf”收到的内容与所选文件不一致，请重新上传',
      retryable: true,
      data: { received: 0 },
    })
    expect((await mine.put(id, 0, bytes)).body).toEqual({ received: bytes.length })
    expect((await mine.finish(id, sha256(bytes))).status).toBe(200)
    expect((await mine.finish(id, 'not a hash')).status).toBe(422)
  })

  it('keeps its id to itself', async () => {
    const id = mine.mint()
    await mine.begin({ id, name: 'a.pdf', size: 10 })
    expect((await mine.begin({ id, name: 'a.pdf', size: 11 })).body.code).toBe('upload.otherFile')
    await test.as('anwei2')
    const other = uploader(test, web, (await web.signIn('anwei2')).cookie)
    expect((await other.begin({ id, name: 'a.pdf', size: 10 })).body.code).toBe('upload.unknown')
    expect((await other.put(id, 0, Buffer.alloc(10))).body.code).toBe('upload.unknown')
    expect((await other.status(id)).body.code).toBe('upload.unknown')
    expect((await other.finish(id)).body.code).toBe('upload.unknown')
    await other.drop(id)
    expect((await mine.status(id)).body).toMatchObject({ received: 0 })
    expect((await mine.begin({ id: 'x', name: 'a.pdf', size: 10 })).status).toBe(422)
    expect((await web.post('/api/uploads', { id, name: 'a.pdf', size: 10, purpose: 'before' })).status).toBe(401)
  })

  it('can be given up while it is on its way', async () => {
    const id = mine.mint()
    await mine.begin({ id, name: 'a.pdf', size: 10 })
    await mine.put(id, 0, Buffer.alloc(5))
    expect(await exists(part(id))).toBe(true)
    expect((await mine.drop(id)).body).toEqual({ dropped: true })
    expect(await exists(part(id))).toBe(false)
    expect((await mine.status(id)).status).toBe(404)
    const kept = await mine.send(pdf('kept'), 'a.pdf')
    await mine.drop(kept.id)
    expect((await mine.status(kept.id)).body).toMatchObject({ finished: true })
  })
})

describe('a file that is too large', () => {
  it('is refused by its declared size before a byte comes, naming the file and the limit', async () => {
    const answer = await mine.begin({ id: mine.mint(), name: '航拍.mp4', size: 2 * 1024 * MiB })
    expect(answer.body).toMatchObject({
      status: 413,
      code: 'upload.tooLarge',
      detail: '“航拍.mp4”有2048兆字节，超过单个文件50兆字节的上限，请压缩后再上传',
    })
    expect((await mine.begin({ id: mine.mint(), name: 'a.pdf', size: 50 * MiB })).status).toBe(200)
    expect((await mine.begin({ id: mine.mint(), name: 'a.pdf', size: 50 * MiB + 1 })).status).toBe(413)
    expect((await mine.begin({ id: mine.mint(), name: 'a.pdf', size: 0 })).body.detail).toBe(
      '“a.pdf”是空文件，请重新选择',
    )
  })

  it('is refused while it comes when it is longer than it said', async () => {
    const id = mine.mint()
    await mine.begin({ id, name: 'a.pdf', size: 1000 })
    expect((await mine.put(id, 0, Buffer.alloc(1001))).body.code).toBe('upload.tooLarge')
    expect(await exists(part(id))).toBe(false)
    await mine.put(id, 0, Buffer.alloc(900))
    expect((await mine.put(id, 900, Buffer.alloc(101))).body.code).toBe('upload.tooLarge')
    expect((await stat(part(id))).size).toBe(900)
  })

  it('cannot come as one part of gigabytes: the announced length is enough to refuse it', async () => {
    const id = mine.mint()
    await mine.begin({ id, name: 'a.pdf', size: 50 * MiB })
    const answer = await web.request({
      method: 'PUT',
      url: `/api/uploads/${id}?offset=0`,
      headers: { cookie, 'content-type': 'application/octet-stream', 'content-length': String(2 ** 31), ...ownPage },
      payload: Buffer.alloc(16),
    })
    expect(answer.body).toMatchObject({ status: 413, code: 'core.tooLarge' })
    expect((await mine.put(id, 0, Buffer.alloc(MiB + 1))).status).toBe(413)
  })

  it('is what the county says it is, up to a ceiling no county can lift', async () => {
    const set = async (value: number) => {
      await sql`update parameter set value = ${String(value)}::jsonb where id = 'upload.maxBytes'`.execute(
        test.database.db,
      )
      await test.product.environment.reload()
    }
    const sized = async (size: number) => (await mine.begin({ id: mine.mint(), name: 'a.pdf', size })).status
    const told = async () => (await web.get('/api/identity/session', cookie)).body.uploadMaxBytes
    await set(2 * MiB)
    expect([await sized(2 * MiB), await sized(2 * MiB + 1), await told()]).toEqual([200, 413, 2 * MiB])
    // Nobody can set this on the screen; a pack that nobody checked must not lift the ceiling either.
    await set(1e12)
    expect([await sized(200 * MiB), await sized(200 * MiB + 1), await told()]).toEqual([200, 413, 200 * MiB])
    await set(50 * MiB)
  })
})

/** A second server on the same database and folder, as two processes of one county are. */
async function secondServer(): Promise<{ product: Product; web: Web; close(): Promise<void> }> {
  const product = await openProduct({ ...test.product.options })
  const app = await openHttp(product, undefined)
  const request: Web['request'] = async (options) => {
    const reply = await app.inject(options)
    return { status: reply.statusCode, body: reply.json(), headers: reply.headers }
  }
  const post: Web['post'] = (path, body, own = '') =>
    request({
      method: 'POST',
      url: path,
      headers: { 'content-type': 'application/json', cookie: own, ...ownPage },
      payload: JSON.stringify(body),
    })
  return {
    product,
    web: { ...web, app, request, post },
    async close() {
      await app.close()
      await product.close()
    },
  }
}

describe('two servers of one county', () => {
  let second: Awaited<ReturnType<typeof secondServer>>
  let there: Uploader
  beforeAll(async () => {
    second = await secondServer()
    there = uploader(test, second.web, cookie)
  })
  afterAll(() => second?.close())

  it('take one of two parts for the same place, and never mix their bytes', async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = mine.mint()
      const size = 4 * MiB
      await mine.begin({ id, name: 'a.pdf', size })
      const whole: Buffer[] = []
      for (let at = 0; at < size; at += MiB) {
        const candidates = Array.from({ length: 4 }, (_, n) => noise(MiB, round * 100 + at / MiB + n * 7 + 1))
        const answers = await Promise.all(candidates.map((bytes, n) => (n % 2 ? mine : there).put(id, at, bytes)))
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
        for (const answer of answers.filter(({ status }) => status === 409)) {
          expect(answer.body.data).toEqual({ received: at + MiB })
        }
        whole.push(candidates[answers.findIndex(({ status }) => status === 200)] ?? Buffer.alloc(0))
      }
      expect(sha256(await readFile(part(id)))).toBe(sha256(Buffer.concat(whole)))
      await mine.drop(id)
    }
  })

  it('take the parts of one file in turn', async () => {
    const bytes = longPdf(4 * MiB - 40, 9)
    const id = mine.mint()
    await there.begin({ id, name: 'a.pdf', size: bytes.length })
    for (let at = 0; at < bytes.length; at += MiB) {
      const server = (at / MiB) % 2 ? there : mine
      expect((await server.put(id, at, bytes.subarray(at, at + MiB))).status).toBe(200)
    }
    expect((await there.finish(id, sha256(bytes))).status).toBe(200)
  })

  it('finish a file once, however often they are asked', async () => {
    const bytes = await photo(77)
    const id = mine.mint()
    await mine.begin({ id, name: 'a.jpg', size: bytes.length })
    await mine.put(id, 0, bytes)
    const answers = await Promise.all([1, 2, 3, 4].map((n) => (n % 2 ? mine : there).finish(id, sha256(bytes))))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(await readFile(stored(bytes))).toEqual(bytes)
  })

  it('begin a file once when both are asked at the same moment', async () => {
    const id = mine.mint()
    const answers = await Promise.all(
      [mine, there, mine, there].map((one) => one.begin({ id, name: 'a.pdf', size: 10 })),
    )
    expect(answers.map(({ status, body }) => [status, body.received])).toEqual(Array(4).fill([200, 0]))
  })
})

describe('after a kill', () => {
  it('what was written but not counted is written over', async () => {
    const bytes = longPdf(3000, 5)
    const id = mine.mint()
    await mine.begin({ id, name: 'a.pdf', size: bytes.length })
    await mine.put(id, 0, bytes.subarray(0, 1000))
    await appendFile(part(id), noise(700, 99))
    expect((await mine.begin({ id, name: 'a.pdf', size: bytes.length })).body).toEqual({ received: 1000 })
    await mine.put(id, 1000, bytes.subarray(1000))
    expect((await mine.finish(id, sha256(bytes))).status).toBe(200)
    expect(await readFile(stored(bytes))).toEqual(bytes)
  })

  it('what was counted but is no longer there is asked for again', async () => {
    const bytes = longPdf(3000, 6)
    const id = mine.mint()
    await mine.begin({ id, name: 'a.pdf', size: bytes.length })
    await mine.put(id, 0, bytes.subarray(0, 2000))
    await truncate(part(id), 500)
    expect((await mine.put(id, 2000, bytes.subarray(2000))).body).toMatchObject({
      status: 409,
      data: { received: 500 },
    })
    await mine.put(id, 500, bytes.subarray(500))
    await truncate(part(id), 0)
    expect((await mine.finish(id)).body).toMatchObject({ code: 'upload.incomplete', data: { received: 0 } })
    await mine.put(id, 0, bytes)
    expect((await mine.finish(id, sha256(bytes))).status).toBe(200)
  })

  it('a file whose bytes were moved but not written down comes in again', async () => {
    const bytes = longPdf(3000, 7)
    const first = await mine.send(bytes, 'a.pdf')
    await sql`update upload set state = 'receiving', sha256 = null where id = ${first.id}`.execute(test.database.db)
    await sql`delete from stored_file where sha256 = ${sha256(bytes)}`.execute(test.database.db)
    expect((await mine.finish(first.id)).body).toMatchObject({ code: 'upload.incomplete', data: { received: 0 } })
    await mine.put(first.id, 0, bytes)
    expect((await mine.finish(first.id, sha256(bytes))).status).toBe(200)
  })
})

describe('a refused file', () => {
  it('leaves nothing behind, is refused again, and stands in the book of refusals', async () => {
    const { id, ...answer } = await mine.send(Buffer.from('MZ\x90\0 a program'), '现场照片.jpg')
    expect(answer.body).toMatchObject({ status: 422, code: 'upload.notAllowed' })
    expect(answer.body.detail).toMatch(/“现场照片\.jpg”实际上是可执行程序，只是改名成了 \.jpg/)
    expect(answer.body.fields).toEqual([{ path: 'file', message: answer.body.detail }])
    expect(await exists(part(id))).toBe(false)
    expect((await mine.finish(id)).body.detail).toBe('“现场照片.jpg”已被拒绝，请重新选择文件')
    const rows = await test.database.db.selectFrom('refusal').select(['record_id', 'code', 'detail']).execute()
    expect(rows).toContainEqual({ record_id: id, code: 'upload.notAllowed', detail: answer.body.detail })
  })

  it('is a picture of too many pixels, or one that cannot be decoded', async () => {
    const bomb = blankPng(20_000, 20_000)
    expect(bomb.length).toBeLessThan(MiB / 4)
    const { id, ...answer } = await mine.send(bomb, '大图.png')
    expect(answer.body.detail).toBe('图片“大图.png”有20000×20000个像素，超过12000万的上限，请缩小后上传')
    expect(
      await readdir(join(folder(), 'incoming')).then((names) => names.filter((name) => name.startsWith(id))),
    ).toEqual([])
    const broken = blankPng(900, 900)
    broken.fill(0x55, 50, 60)
    expect((await mine.send(broken, '坏.png')).body).toMatchObject({
      status: 422,
      code: 'upload.damaged',
      detail: '图片“坏.png”已损坏或不完整，无法打开，请重新拍摄或选择',
    })
  })
})

describe('the sweep', () => {
  const days = (count: number) => test.clock.advance(count * 86_400_000)
  const sweep = () => test.product.files.sweep(test.database.db, test.clock.now())

  it('removes what was given up, keeps what records, imports and people still use', async () => {
    const actor = await test.as('anwei')
    const unitId = await test.unit('青山石料厂', '341723101', 'industryTrade')
    const bound = await test.paper(actor, 'before', 'bound')
    await test.run(actor, reportHazard, {
      input: {
        channel: 'inspection',
        unitId,
        sector: 'industryTrade',
        description: '皮带机没有防护罩',
        foundOn: '2026-11-20',
        judgement: { level: 'general' },
        attachments: [bound],
      },
    })
    const unused = pdf('unused')
    const twice = pdf('bound and unused')
    await mine.send(unused, 'a.pdf')
    await mine.send(twice, 'a.pdf')
    const slow = mine.mint()
    const gone = mine.mint()
    for (const id of [slow, gone]) {
      await mine.begin({ id, name: 'a.pdf', size: 1000 })
      await mine.put(id, 0, Buffer.alloc(100))
    }
    const stray = part('0190a000-0000-7000-8000-00000000abcd')
    await writeFile(stray, 'left by a server that was killed')
    const old = new Date(test.clock.now().getTime() - 30 * 86_400_000)
    await utimes(stray, old, old)
    days(5)
    cookie = (await web.signIn('anwei')).cookie
    mine = uploader(test, web, cookie)
    await mine.put(slow, 100, Buffer.alloc(100))
    days(3)
    await sweep()
    expect([await exists(part(gone)), await exists(part(slow)), await exists(stray)]).toEqual([false, true, false])
    expect(await exists(stored(unused))).toBe(true)
    days(10)
    cookie = (await web.signIn('anwei')).cookie
    mine = uploader(test, web, cookie)
    // The same bytes come in again: the file must not go with its first upload.
    await mine.send(twice, 'b.pdf')
    days(20)
    const swept = await sweep()
    expect(swept.uploads).toBeGreaterThan(0)
    expect(swept.files).toBeGreaterThan(0)
    expect([await exists(stored(unused)), await exists(stored(twice))]).toEqual([false, true])
    const { rows } = await sql<{ sha256: string }>`
      select sha256 from attachment where id = ${bound.uploadId}`.execute(test.database.db)
    const hash = rows[0]?.sha256 ?? ''
    expect(await exists(join(folder(), hash.slice(0, 2), hash.slice(2)))).toBe(true)
    expect(await sweep()).toEqual({ uploads: 0, files: 0 })
  })
})
