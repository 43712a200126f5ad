import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getHazard, reportHazard } from '#capabilities/hazard/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'
import { film, pdf, photo, taken } from '#test/kit/upload/pictures.ts'
import { sha256, uploader } from '#test/kit/upload/uploads.ts'
import { openWeb, type Web } from '#test/kit/web.ts'

const town = '341723101'
/** As a phone in 青阳 writes it: turned by 90°, with its place. */
const said = { at: '2026:11:20 08:30:00', lng: 117.8475, lat: 30.6386, orientation: 6 }

let test: TestProduct
let web: Web
let unitId: string
let officer: Actor
let worker: Actor
let original: Buffer

beforeAll(async () => {
  test = await openTestProduct('2026-11-24T09:00:00')
  web = await openWeb(test)
  unitId = await test.unit('青山机械厂', town, 'industryTrade')
  officer = await test.as('anwei')
  const at = { area: town, sectors: null, unitId, bodyId: null }
  worker = await test.account('worker', [{ ...at, role: 'unitWorker' }])
  original = await taken(await photo(1, { width: 800, height: 600 }), said)
})
afterAll(async () => {
  await web?.close()
  await test?.close()
})

/** A hazard with these files, registered by whoever sent them. */
async function hazardWith(actor: Actor, login: string, files: readonly (readonly [Buffer, string])[]) {
  const sender = uploader(test, web, (await web.signIn(login)).cookie)
  const ids: string[] = []
  for (const [bytes, name] of files) {
    const sent = await sender.send(bytes, name)
    expect(sent.body).toEqual({ finished: true })
    ids.push(sent.id)
  }
  const { recordId } = await test.run(actor, reportHazard, {
    input: {
      channel: 'selfCheck',
      unitId,
      sector: 'industryTrade',
      description: '皮带机没有防护罩',
      foundOn: '2026-11-20',
      judgement: { level: 'general' },
      attachments: ids.map((uploadId) => ({ uploadId, purpose: 'before' as const })),
    },
  })
  const filesFor = async (viewer: Actor) => (await test.ask(viewer, getHazard, { id: recordId })).attachments
  return { ids, filesFor }
}

const bytesOf = async (login: string, url: string) =>
  Buffer.from((await web.get(url, (await web.signIn(login)).cookie)).body)

describe('what a camera wrote into a picture', () => {
  it('is kept with the evidence: its time beside ours, its place, its very bytes', async () => {
    const { filesFor } = await hazardWith(officer, 'anwei', [[original, '现场.jpg']])
    const [file] = await filesFor(officer)
    expect(file).toMatchObject({
      name: '现场.jpg',
      sha256: sha256(original),
      size: original.length,
      capturedAt: '2026-11-20T00:30:00.000Z',
      receivedAt: '2026-11-24T01:00:00.000Z',
    })
    expect(file?.position?.lng).toBeCloseTo(said.lng, 4)
    expect(file?.position?.lat).toBeCloseTo(said.lat, 4)
    expect(await bytesOf('anwei', file?.originalUrl ?? '')).toEqual(original)
  })

  it('is kept from those who only look: they get an upright copy that tells nothing', async () => {
    const { filesFor } = await hazardWith(officer, 'anwei', [[await taken(await photo(11), said), '现场.jpg']])
    const [file] = await filesFor(worker)
    expect(file).toMatchObject({ position: null, originalUrl: null, capturedAt: '2026-11-20T00:30:00.000Z' })
    for (const url of [file?.url ?? '', file?.thumbUrl ?? '']) await bare(await bytesOf('worker', url), 480 / 640)
  })

  it('is the sender’s own', async () => {
    const own = await taken(await photo(12), said)
    const { filesFor } = await hazardWith(worker, 'worker', [[own, '现场.jpg']])
    const [file] = await filesFor(worker)
    expect(file?.position).not.toBeNull()
    expect(await bytesOf('worker', file?.originalUrl ?? '')).toEqual(own)
  })

  it('may be missing, wrong or without a zone', async () => {
    const { filesFor } = await hazardWith(officer, 'anwei', [
      [await photo(13), '微信图片.jpg'],
      [await taken(await photo(14), { at: '0000:00:00 00:00:00', lng: 0, lat: 0 }), '坏时钟.jpg'],
      [await taken(await photo(15), { at: '2026:11:20 08:30:00', zone: '+09:00' }), '出差.jpg'],
      [
        await sharp(await taken(await photo(16), said))
          .keepExif()
          .png()
          .toBuffer(),
        '截图.png',
      ],
      [
        await sharp(await taken(await photo(17), said))
          .keepExif()
          .webp()
          .toBuffer(),
        '照片.webp',
      ],
    ])
    const files = new Map((await filesFor(officer)).map((file) => [file.name, file]))
    expect(files.get('微信图片.jpg')).toMatchObject({ capturedAt: null, position: null })
    expect(files.get('坏时钟.jpg')).toMatchObject({ capturedAt: null, position: null })
    expect(files.get('出差.jpg')?.capturedAt).toBe('2026-11-19T23:30:00.000Z')
    for (const name of ['截图.png', '照片.webp']) {
      expect(files.get(name)).toMatchObject({ capturedAt: '2026-11-20T00:30:00.000Z' })
      expect(files.get(name)?.position?.lat).toBeCloseTo(said.lat, 4)
    }
  })
})

/** Whether a copy holds pixels only, and stands upright. */
async function bare(copy: Buffer, ratio: number): Promise<void> {
  const { exif, xmp, iptc, icc, orientation, width, height } = await sharp(copy).metadata()
  expect({ exif, xmp, iptc, icc, orientation }).toEqual({})
  expect(width / height).toBeCloseTo(ratio, 1)
  for (const word of ['Exif', 'Huawei', 'GPS', '2026:11:20']) expect(copy.includes(word)).toBe(false)
}

describe('the copy for everybody', () => {
  it('of a picture holds pixels only and has a name that says nothing', async () => {
    const { ids } = await hazardWith(officer, 'anwei', [[await taken(await photo(21), said), '张三家配电箱.jpg']])
    const copy = await test.product.files.publicCopy(test.database.db, ids[0] ?? '')
    expect(copy).toMatchObject({ type: 'image/webp', name: '照片.webp' })
    const bytes = await readFile(copy?.path ?? '')
    expect(bytes.length).toBe(copy?.size)
    await bare(bytes, 480 / 640)
  })

  it('is not made of anything else, nor of what hangs on no record', async () => {
    const { ids } = await hazardWith(officer, 'anwei', [
      [pdf('public?'), 'a.pdf'],
      [film(), 'a.mp4'],
    ])
    const loose = await uploader(test, web, (await web.signIn('anwei')).cookie).send(await photo(22), 'a.jpg')
    for (const id of [...ids, loose.id, '01930000-0000-7000-8000-0000000000aa']) {
      expect(await test.product.files.publicCopy(test.database.db, id)).toBeUndefined()
    }
  })
})

describe('what lies on the disk', () => {
  const place = (bytes: Buffer, more = '') =>
    join(test.home, 'files', sha256(bytes).slice(0, 2), `${sha256(bytes).slice(2)}${more}`)

  it('may lose its copies: they are made anew', async () => {
    const picture = await taken(await photo(31), said)
    const { filesFor } = await hazardWith(officer, 'anwei', [[picture, 'a.jpg']])
    const [file] = await filesFor(officer)
    await rm(place(picture, '.view.webp'))
    await rm(place(picture, '.thumb.webp'))
    for (const url of [file?.thumbUrl ?? '', file?.url ?? '']) await bare(await bytesOf('anwei', url), 480 / 640)
  })

  it('may not lose the original: the answer says so instead of showing nothing', async () => {
    const paper = pdf('lost')
    const { filesFor } = await hazardWith(officer, 'anwei', [[paper, 'a.pdf']])
    const [file] = await filesFor(officer)
    await rm(place(paper))
    const answer = await web.get(file?.url ?? '', (await web.signIn('anwei')).cookie)
    expect(answer.body).toMatchObject({ status: 500, code: 'upload.lost' })
    expect(answer.body.detail).toContain('没有随数据库一起恢复')
  })
})
