import { mkdir, rm, symlink, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#kernel/ids.ts'
import { dayOf } from '#kernel/time.ts'
import { arriving } from '#platform/files/places.ts'
import { openTestProduct, type TestProduct, testPassword } from '#test/kit/product.ts'
import { signIn, startServer, type Visitor } from '#test/kit/served.ts'
import { uploader } from '#test/kit/upload/uploads.ts'
import { openWeb } from '#test/kit/web.ts'
import { faultsOf } from './inspect.ts'
import { canMount, openScarceDisk, type ScarceDisk } from './scarce.ts'
import { newBook } from './writers.ts'

const paper = Buffer.from('%PDF-1.4\n一页\nstartxref\n0\n%%EOF')

/** The kernel's own "no space left" for everybody: whatever is written to this device does not fit. */
describe('a file that no longer fits on the disk', () => {
  it('is refused with a clear word, and taken from where it stood when there is room again', async () => {
    const test = await openTestProduct()
    await test.as('anwei')
    const web = await openWeb(test)
    const { cookie } = await web.signIn('anwei')
    const { begin, put, finish, mint } = uploader(test, web, cookie)
    const id = mint()
    const place = arriving(join(test.home, 'files'), id)
    await begin({ id, name: '一页.pdf', size: paper.length, purpose: 'other' })
    await mkdir(dirname(place), { recursive: true })
    await symlink('/dev/full', place)
    expect(await put(id, 0, paper)).toMatchObject({ status: 507, body: { code: 'core.diskFull', retryable: true } })
    await unlink(place)
    expect((await put(id, 0, paper)).status).toBe(200)
    expect((await finish(id)).status).toBe(200)
    await web.close()
    await test.close()
  })
})

/**
 * Everything on one disk, as in most counties, filled for real. It takes a disk that may be filled, and so the right to
 * mount one; where the tests do not run as root the case above and the table of errors stand for it.
 */
describe.runIf(canMount)('a product whose disk is full', { timeout: 120_000 }, () => {
  let test: TestProduct
  let disk: ScarceDisk
  let server: Awaited<ReturnType<typeof startServer>>
  let visitor: Visitor

  beforeAll(async () => {
    test = await openTestProduct()
    await test.as('anwei')
    await test.product.close()
    disk = await openScarceDisk(new URL(test.database.url).pathname.slice(1))
    server = await startServer(disk.home, disk.databaseUrl, { ZHIBEN_MODE: 'production', LOG_LEVEL: 'info' })
    visitor = await signIn(server.base, 'anwei', testPassword)
  }, 180_000)
  afterAll(async () => {
    visitor?.close()
    await disk?.free()
    await server?.stop()
    await disk?.close()
    await test?.database.drop()
    if (test) await rm(test.home, { recursive: true, force: true })
  })

  const book = newBook()

  async function report() {
    const actionId = newId(Date.now())
    const place = { placeName: '试验场所', area: '341723104', sector: 'industryTrade' }
    const found = { channel: 'inspection', description: '配电箱前堆放杂物', foundOn: dayOf(new Date()) }
    const input = { ...place, ...found, judgement: { level: 'general' } }
    const answer = await visitor.try('/api/hazard/report', { actionId, recordId: newId(Date.now()), input })
    if (answer.status === 200) book.acknowledged.add(actionId)
    return answer
  }
  const readyz = async () => {
    const answer = await fetch(`${server.base}/readyz`)
    return { ...((await answer.json()) as { reason?: string }), status: answer.status }
  }
  /** What still fits into pages that are there already is taken; then comes the word. */
  async function untilRefused() {
    for (let tries = 0; tries < 500; tries += 1) {
      const answer = await report()
      if (answer.status !== 200) return answer
    }
    throw new Error('the disk is full and everything still fits')
  }

  it('says so to people and to monitoring, lets everybody read, and goes on by itself when there is room', async () => {
    expect((await report()).status).toBe(200)
    expect(await readyz()).toEqual({ status: 200 })
    await disk.fill()
    const refused = await untilRefused()
    expect([refused.status, JSON.parse(refused.text)]).toMatchObject([507, { code: 'core.diskFull', retryable: true }])
    expect(JSON.parse(refused.text).detail).toContain('磁盘空间已满')
    await expect(visitor.upload('一页.pdf', 'other', paper)).rejects.toThrow(/^507 .*磁盘空间已满/)
    expect(await readyz()).toMatchObject({ status: 503, reason: expect.stringContaining('磁盘空间不足') })
    expect((await visitor.ask('/api/hazard/list', {})).status).toBe(200)
    // Long enough for everything that runs beside requests to meet the full disk, the log too.
    await sleep(6_000)
    expect([server.child.exitCode, (await fetch(`${server.base}/healthz`)).status]).toEqual([null, 200])
    await disk.free()
    for (let waited = 0; waited < 10_000 && (await readyz()).status !== 200; waited += 100) await sleep(100)
    expect(await readyz()).toEqual({ status: 200 })
    expect((await report()).status).toBe(200)
    await visitor.upload('一页.pdf', 'other', paper)
    expect(await faultsOf({ home: disk.home, url: disk.databaseUrl }, book)).toEqual([])
  })

  it('can be stopped also while the disk is full', async () => {
    await disk.fill()
    await untilRefused()
    const begun = performance.now()
    await server.stop()
    expect(performance.now() - begun).toBeLessThan(15_000)
    await disk.free()
  })
})
