import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import {
  applyAcceptance,
  assignHazard,
  closeGeneral,
  fixAtOnce,
  getHazard,
  reportHazard,
  startRectifying,
} from '#capabilities/hazard/model/index.ts'
import type { AttachmentPurpose } from '#kernel/attachment.ts'
import type { ActionContract } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'
import { photo } from '#test/kit/upload/pictures.ts'
import { sha256, type Uploader, uploader } from '#test/kit/upload/uploads.ts'
import { openWeb, type Web } from '#test/kit/web.ts'

let test: TestProduct
let web: Web
let unitId: string
let actor: Actor
let mine: Uploader
let serial = 500

beforeAll(async () => {
  test = await openTestProduct()
  web = await openWeb(test)
  unitId = await test.unit('青山机械厂', '341723101', 'industryTrade')
  actor = await test.as('anwei')
  mine = uploader(test, web, (await web.signIn('anwei')).cookie)
})
afterAll(async () => {
  await web?.close()
  await test?.close()
})

function fresh(): Promise<Buffer> {
  serial += 1
  return photo(serial)
}
const again = (picture: Buffer) => sharp(picture).resize(500).jpeg({ quality: 40 }).toBuffer()

interface Shown {
  readonly bytes: Buffer
  readonly purpose?: AttachmentPurpose
}

async function hang(files: readonly Shown[]) {
  const attachments = []
  for (const { bytes, purpose = 'before' } of files) {
    const sent = await mine.send(bytes, '照片.jpg', purpose)
    expect(sent.body).toEqual({ finished: true })
    attachments.push({ uploadId: sent.id, purpose })
  }
  return attachments
}

async function hazard(...files: Shown[]): Promise<string> {
  serial += 1
  const { recordId } = await test.run(actor, reportHazard, {
    input: {
      channel: 'inspection',
      unitId,
      sector: 'industryTrade',
      description: `第${serial}处配电箱没有防护门`,
      foundOn: '2026-11-20',
      judgement: { level: 'general' },
      attachments: await hang(files),
    },
  })
  return recordId
}

const view = (id: string) => test.ask(actor, getHazard, { id })
const only = async (id: string) => (await view(id)).attachments[0]

describe('a photo used for another hazard', () => {
  it('is told on both, with the number of the other', async () => {
    const picture = await fresh()
    const first = await hazard({ bytes: picture })
    const second = await hazard({ bytes: await again(picture) })
    const [one, two] = [await view(first), await view(second)]
    expect(one.attachments[0]?.reusedIn).toEqual([
      { recordId: second, recordLabel: two.number, likeness: expect.closeTo(1, 1) },
    ])
    expect(two.attachments[0]?.reusedIn).toMatchObject([{ recordId: first, recordLabel: one.number }])
  })

  it('is known by its very bytes too, which are stored once', async () => {
    const picture = await fresh()
    const first = await hazard({ bytes: picture })
    const second = await hazard({ bytes: picture }, { bytes: await fresh() })
    expect(await only(first)).toMatchObject({ reusedIn: [{ recordId: second, likeness: 1 }] })
    expect((await view(second)).attachments.map((file) => file.reusedIn.length).sort()).toEqual([0, 1])
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from stored_file where sha256 = ${sha256(picture)}`.execute(test.database.db)
    expect(rows[0]?.n).toBe(1)
  })

  it('is known turned, mirrored and cut, in whichever order they come', async () => {
    const picture = await fresh()
    const { width = 0, height = 0 } = await sharp(picture).metadata()
    const ids = [
      await hazard({ bytes: await sharp(picture).rotate(90).jpeg().toBuffer() }),
      await hazard({
        bytes: await sharp(picture)
          .extract({ left: 0, top: 10, width: width - 15, height: height - 10 })
          .jpeg()
          .toBuffer(),
      }),
      await hazard({ bytes: picture }),
      await hazard({ bytes: await sharp(picture).flop().jpeg().toBuffer() }),
    ]
    const whole = ids[2] ?? ''
    expect((await only(whole))?.reusedIn.map(({ recordId }) => recordId).sort()).toEqual(
      ids.filter((id) => id !== whole).sort(),
    )
    for (const id of ids.filter((one) => one !== whole)) {
      expect((await only(id))?.reusedIn.map(({ recordId }) => recordId)).toContain(whole)
    }
  })

  it('is no photo when it is a paper, a flat picture, or another photo', async () => {
    const form = await fresh()
    const black = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#000' } })
      .jpeg()
      .toBuffer()
    const grey = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#111' } })
      .jpeg()
      .toBuffer()
    await hazard({ bytes: form, purpose: 'other' })
    const plain = await hazard(
      { bytes: await again(form), purpose: 'before' },
      { bytes: black },
      { bytes: await fresh() },
    )
    await hazard({ bytes: grey }, { bytes: await fresh() })
    for (const file of (await view(plain)).attachments) expect([file.reusedIn, file.sameAs]).toEqual([[], []])
  })
})

describe('a photo used twice for one hazard', () => {
  it('is told: the one before shown as the one after', async () => {
    const picture = await fresh()
    const id = await hazard({ bytes: picture }, { bytes: await fresh() })
    test.clock.advance(60_000)
    const attachments = await hang([
      { bytes: await again(picture), purpose: 'after' },
      { bytes: await fresh(), purpose: 'after' },
    ])
    const { version } = await view(id)
    await test.run(actor, fixAtOnce, { recordId: id, version, input: { note: '当场改好', attachments } })
    const files = (await view(id)).attachments
    const [before, after] = files.filter((file) => file.sameAs.length > 0)
    expect([before?.purpose, after?.purpose]).toEqual(['before', 'after'])
    expect(before?.sameAs).toEqual([{ id: after?.id, likeness: expect.closeTo(1, 1) }])
    expect(after?.sameAs).toEqual([{ id: before?.id, likeness: expect.closeTo(1, 1) }])
    expect(files.flatMap((file) => file.reusedIn)).toEqual([])
  })
})

describe('whoever accepts the work', () => {
  it('has to say that doubtful photos were looked into, and the audit keeps it', async () => {
    const picture = await fresh()
    const id = await hazard({ bytes: picture })
    const rectifier = await test.account('rectifier', [{ role: 'unitPrincipal', area: '341723101', unitId }])
    const theirs = uploader(test, web, (await web.signIn('rectifier')).cookie)
    const step = async <I extends z.ZodType>(who: Actor, contract: ActionContract<I>, input: z.input<I>) => {
      const { version } = await view(id)
      return test.run(who, contract, { recordId: id, version, input })
    }
    await step(actor, assignHazard, { bodyId: 'emergency-management', dueOn: '2026-12-20', demand: '限期整改到位' })
    await step(rectifier, startRectifying, {})
    const sent = await theirs.send(await again(picture), '整改后.jpg', 'after')
    const attachments = [{ uploadId: sent.id, purpose: 'after' as const }]
    await step(rectifier, applyAcceptance, { statement: '已经整改完成', attachments })
    const office = await test.as('emergency-management')
    await expect(step(office, closeGeneral, { opinion: '整改到位同意销号' })).rejects.toMatchObject({
      def: { code: 'hazard.photosDoubtful' },
      fields: [{ path: 'photosChecked' }],
    })
    await step(office, closeGeneral, { opinion: '整改到位同意销号', photosChecked: true })
    const { rows } = await sql<{ input: { photosChecked: boolean } }>`
      select input from action where record_id = ${id} order by seq desc limit 1`.execute(test.database.db)
    expect(rows[0]?.input.photosChecked).toBe(true)
  })
})

describe('the comparison', () => {
  it('sees two copies that arrive at the same moment', async () => {
    const picture = await fresh()
    const [one, two] = await Promise.all([
      mine.send(picture, 'a.jpg'),
      again(picture).then((copy) => mine.send(copy, 'b.jpg')),
    ])
    expect([one.status, two.status]).toEqual([200, 200])
    const pairs = await sql`select from picture_pair where sha256 = ${sha256(picture)}`.execute(test.database.db)
    expect(pairs.rows.length).toBe(1)
  })

  it('that a stopped server left undone is done at night', async () => {
    const picture = await fresh()
    await mine.send(picture, 'a.jpg')
    await mine.send(await again(picture), 'b.jpg')
    await sql`delete from picture_pair`.execute(test.database.db)
    await sql`update picture_look set compared = false where sha256 = ${sha256(picture)}`.execute(test.database.db)
    test.clock.advance(2 * 86_400_000)
    await test.product.files.sweep(test.database.db, test.clock.now())
    const pairs = await sql`select from picture_pair where sha256 = ${sha256(picture)}`.execute(test.database.db)
    expect(pairs.rows.length).toBe(1)
  })
})
