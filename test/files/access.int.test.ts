import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reportHazard } from '#capabilities/hazard/model/index.ts'
import { disableAccount } from '#capabilities/identity/model/index.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'
import { film, office, pdf, photo, taken } from '#test/kit/upload/pictures.ts'
import { type Uploader, uploader } from '#test/kit/upload/uploads.ts'
import { openWeb, type Web } from '#test/kit/web.ts'

const town = '341723101'

let test: TestProduct
let web: Web
let unitId: string
const cookies = new Map<string, string>()
let mine: Uploader
let picture: string
let paper: string

async function signIn(login: string): Promise<string> {
  const { cookie } = await web.signIn(login, undefined, { remoteAddress: `10.9.0.${cookies.size}` })
  cookies.set(login, cookie)
  return cookie
}

/** One of every role who sees the unit's hazards, and one of every role who sees others. */
const cast = [
  'anwei',
  'leader',
  'emergency-management',
  'emergency-management-jc',
  'town-muzhen',
  'auditor',
  'admin',
  'education-sports',
  'education-sports-jc',
  'town-miaoqian',
]

beforeAll(async () => {
  test = await openTestProduct()
  web = await openWeb(test)
  unitId = await test.unit('青山机械厂', town, 'industryTrade')
  const otherUnit = await test.unit('蓉城机械厂', town, 'industryTrade')
  for (const login of cast) await test.as(login)
  for (const [login, role, unit] of [
    ['principal', 'unitPrincipal', unitId],
    ['worker', 'unitWorker', unitId],
    ['otherPrincipal', 'unitPrincipal', otherUnit],
    ['otherWorker', 'unitWorker', otherUnit],
  ] as const) {
    await test.account(login, [{ role, area: town, unitId: unit }])
    await signIn(login)
  }
  for (const login of cast) await signIn(login)
  mine = uploader(test, web, cookies.get('emergency-management') ?? '')
  const said = { at: '2026:11:20 08:30:00', lng: 117.85, lat: 30.63 }
  picture = (await mine.send(await taken(await photo(1), said), '现场 (1).jpg')).id
  paper = (await mine.send(pdf(), "方案'1'.pdf", 'other')).id
  await registered([picture, paper])
})
afterAll(async () => {
  await web?.close()
  await test?.close()
})

async function registered(uploads: readonly string[]): Promise<string> {
  const actor = await test.as('emergency-management')
  const { recordId } = await test.run(actor, reportHazard, {
    input: {
      channel: 'inspection',
      unitId,
      sector: 'industryTrade',
      description: '皮带机没有防护罩',
      foundOn: '2026-11-20',
      judgement: { level: 'general' },
      attachments: uploads.map((uploadId) => ({ uploadId, purpose: 'before' as const })),
    },
  })
  return recordId
}

const open = (login: string, id: string, variant?: string) =>
  web.get(`/api/attachments/${id}${variant ? `?variant=${variant}` : ''}`, cookies.get(login))

describe('a file of a record', () => {
  it.each([
    ['anwei', 200, 200],
    ['leader', 200, 200],
    ['emergency-management', 200, 200],
    ['emergency-management-jc', 200, 200],
    ['town-muzhen', 200, 200],
    ['principal', 200, 200],
    ['auditor', 200, 200],
    ['worker', 200, 403],
    ['admin', 200, 403],
    ['education-sports', 404, 404],
    ['education-sports-jc', 404, 404],
    ['town-miaoqian', 404, 404],
    ['otherPrincipal', 404, 404],
    ['otherWorker', 404, 404],
  ])('answers %s with %i, and its original with %i', async (login, seen, original) => {
    expect((await open(login, picture, 'thumb')).status).toBe(seen)
    expect((await open(login, picture, 'view')).status).toBe(seen)
    expect((await open(login, picture)).status).toBe(original)
    // A paper has no other form than its own.
    expect((await open(login, paper)).status).toBe(seen)
  })

  it('is not told apart from one that does not exist, and the attempt is booked', async () => {
    const unknown = '01930000-0000-7000-8000-0000000000aa'
    const answers = [
      await open('town-miaoqian', picture),
      await open('town-miaoqian', unknown),
      await open('anwei', unknown),
    ]
    const told = answers.map(({ status, body }) => ({ status, ...body, requestId: '' }))
    expect(told[1]).toEqual(told[0])
    expect(told[2]).toEqual(told[0])
    expect((await open('anwei', 'x')).status).toBe(404)
    expect((await open('anwei', `${picture}/../x`)).status).toBe(404)
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from refusal where operation = 'attachment.open' and actor_name = 'town-miaoqian同志'`.execute(
      test.database.db,
    )
    expect(rows[0]?.n).toBeGreaterThan(2)
  })

  it('is closed to whoever is not signed in, signed out or shut out', async () => {
    expect((await web.get(`/api/attachments/${picture}`)).status).toBe(401)
    const leaving = await test.account('leaving', [
      { role: 'inspector', area: '341723', sectors: ['industryTrade'], bodyId: 'emergency-management' },
    ])
    const cookie = await signIn('leaving')
    expect((await web.get(`/api/attachments/${picture}`, cookie)).status).toBe(200)
    await web.post('/api/identity/signOut', {}, cookie)
    expect((await web.get(`/api/attachments/${picture}`, cookie)).status).toBe(401)
    const again = (await web.signIn('leaving')).cookie
    expect((await web.get(`/api/attachments/${picture}`, again)).status).toBe(200)
    const admin = await test.as('admin')
    const { rows } = await sql<{
      version: number
    }>`select version from account where id = ${leaving.accountId}`.execute(test.database.db)
    await test.run(admin, disableAccount, {
      recordId: leaving.accountId,
      version: rows[0]?.version ?? 0,
      input: { reason: '已调离岗位' },
    })
    expect((await web.get(`/api/attachments/${picture}`, again)).status).toBe(401)
  })

  it('is asked for anew each time, so that a shared browser shows nobody what the last one saw', async () => {
    const first = await open('anwei', picture, 'thumb')
    expect(first.headers['cache-control']).toBe('private, no-cache')
    const etag = String(first.headers.etag)
    const repeat = (login: string) =>
      web.request({
        method: 'GET',
        url: `/api/attachments/${picture}?variant=thumb`,
        headers: { cookie: cookies.get(login) ?? '', 'if-none-match': etag },
      })
    expect((await repeat('anwei')).status).toBe(304)
    expect((await repeat('town-miaoqian')).status).toBe(404)
  })
})

describe('a file on no record yet', () => {
  it('is its uploader’s alone', async () => {
    const { id } = await mine.send(await photo(2), 'b.jpg')
    const path = `/api/uploads/${id}/file?variant=thumb`
    const own = await web.get(path, cookies.get('emergency-management'))
    expect(own).toMatchObject({ status: 200, headers: { 'content-type': 'image/webp' } })
    for (const login of ['anwei', 'auditor', 'admin', 'emergency-management-jc', 'worker']) {
      expect((await web.get(path, cookies.get(login))).status).toBe(404)
      expect((await open(login, id)).status).toBe(404)
    }
    expect((await web.get(path)).status).toBe(401)
    expect((await open('emergency-management', id)).status).toBe(404)
    expect((await web.get(`/api/uploads/${mine.mint()}/file`, cookies.get('emergency-management'))).status).toBe(404)
  })

  it('that is still on its way shows nothing', async () => {
    const id = mine.mint()
    await mine.begin({ id, name: 'b.jpg', size: 100 })
    expect((await web.get(`/api/uploads/${id}/file`, cookies.get('emergency-management'))).status).toBe(404)
  })

  it('can be hung on one record only, and only by its uploader', async () => {
    const { id } = await mine.send(await photo(3), 'c.jpg')
    await registered([id])
    await expect(registered([id])).rejects.toMatchObject({ def: { code: 'upload.used' } })
    const foreign = await uploader(test, web, cookies.get('anwei') ?? '').send(await photo(4), 'd.jpg')
    await expect(registered([foreign.id])).rejects.toMatchObject({ def: { code: 'upload.notYours' } })
    const half = mine.mint()
    await mine.begin({ id: half, name: 'e.jpg', size: 100 })
    await expect(registered([half])).rejects.toMatchObject({
      def: { code: 'upload.notFinished' },
      fields: [{ path: 'attachments.0.uploadId', message: '附件还没有上传完成，请等上传完成后再提交' }],
    })
  })
})

describe('the answer', () => {
  const sandbox = /^default-src 'none'; .*frame-ancestors 'none'; sandbox$/

  it('shows our own copy of a picture and saves the original', async () => {
    const copy = await open('anwei', picture, 'view')
    expect(copy.headers).toMatchObject({
      'content-type': 'image/webp',
      'content-disposition': `inline; filename="__ (1).jpg.webp"; filename*=UTF-8''%E7%8E%B0%E5%9C%BA%20%281%29.jpg.webp`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(sandbox),
      'cross-origin-resource-policy': 'same-origin',
    })
    const original = await open('anwei', picture)
    expect(original.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': `attachment; filename="__ (1).jpg"; filename*=UTF-8''%E7%8E%B0%E5%9C%BA%20%281%29.jpg`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(sandbox),
    })
  })

  it('saves what a browser might run or misread', async () => {
    const sent = [
      await mine.send(await office('docx'), 'a.html', 'other'),
      await mine.send(Buffer.from('a,b\n=cmd|calc,2\n'), 'a.csv', 'other'),
      await mine.send(pdf('saved'), 'a.pdf', 'other'),
      await mine.send(film(), 'a.mp4', 'other'),
    ].map(({ id }) => id)
    await registered(sent)
    const told = []
    for (const id of sent) {
      const { headers } = await open('anwei', id)
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['content-security-policy']).toMatch(sandbox)
      told.push(String(headers['content-disposition']))
    }
    expect(told[0]).toMatch(/^attachment; filename="a\.html\.docx"/)
    expect(told[1]).toMatch(/^attachment; /)
    expect(told[2]).toMatch(/^attachment; /)
    expect(told[3]).toMatch(/^inline; /)
  })

  it('gives a range of a film to the player', async () => {
    const { id } = await mine.send(film(), 'b.mp4', 'other')
    await registered([id])
    const part = await web.request({
      method: 'GET',
      url: `/api/attachments/${id}`,
      headers: { cookie: cookies.get('anwei') ?? '', range: 'bytes=4-7' },
    })
    expect(part).toMatchObject({ status: 206, headers: { 'content-length': '4' } })
    expect(String(part.body)).toBe('ftyp')
    const beyond = await web.request({
      method: 'GET',
      url: `/api/attachments/${id}`,
      headers: { cookie: cookies.get('anwei') ?? '', range: 'bytes=99999999-' },
    })
    expect(beyond.status).toBe(416)
  })
})
