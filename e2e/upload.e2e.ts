import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { photo, program } from '#test/kit/upload/pictures.ts'
import { openBrowser, phone, signIn } from './kit/browser.ts'
import { freePort, type ProductProcess, removeProduct, spawnProduct } from './kit/product-process.ts'

/** A product of this file's own: it is killed on the way. */
let home = ''
let port = 0
let product: ProductProcess
let browser: Browser

async function start(): Promise<void> {
  product = spawnProduct(home, port)
  await product.until('it serves', () =>
    fetch(`${product.address}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    ),
  )
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'zhiben-upload-'))
  port = await freePort()
  browser = await openBrowser()
  await start()
})
afterAll(async () => {
  await browser?.close()
  await removeProduct(product, home)
})

const MiB = 1024 * 1024

/** A paper of this size in a file of its own: handing megabytes to the browser through the test takes longer than sending. */
async function paper(name: string, size: number): Promise<string> {
  const path = join(home, name)
  const body = Buffer.alloc(size, name)
  await writeFile(path, Buffer.concat([Buffer.from('%PDF-1.4\n'), body, Buffer.from('\nstartxref\n0\n%%EOF\n')]))
  return path
}

/** Slows the parts down, so that there is a middle to kill the server in, and writes down where each begins. */
async function slowly(page: Page): Promise<number[]> {
  const offsets: number[] = []
  await page.route(/\/api\/uploads\/[^/]+\?offset=/, async (route) => {
    offsets.push(Number(new URL(route.request().url()).searchParams.get('offset')))
    await sleep(250)
    await route.continue().catch(() => undefined)
  })
  return offsets
}

const sent = (offsets: readonly number[], parts: number) => async () => {
  while (offsets.filter((at) => at > 0).length < parts) await sleep(50)
}

it('a photo goes on by itself after the server was killed and after the page was reloaded', async () => {
  const { page, faults } = await signIn(browser, 'unit001', phone, product.address)
  const offsets = await slowly(page)
  await page.goto('/m/hazards/new')
  await page
    .locator('input[type=file]')
    .last()
    .setInputFiles(await paper('整改方案.pdf', 8 * MiB))
  await sent(offsets, 3)()
  product.server.kill('SIGKILL')
  await product.ended
  await page.getByText('网络不通，恢复后自动继续上传').waitFor()
  const before = Math.max(...offsets)
  const made = offsets.length
  await start()
  // Nobody touches anything: the next part begins where the server has it.
  await page.getByLabel('整改方案.pdf的用途').waitFor({ timeout: 120_000 })
  const after = offsets.slice(made)
  expect(after[0]).toBeGreaterThanOrEqual(before - MiB)
  expect(after[0]).toBeGreaterThan(0)
  expect(Math.max(...after)).toBe(8 * MiB)

  offsets.length = 0
  await page
    .locator('input[type=file]')
    .last()
    .setInputFiles(await paper('现场录像说明.pdf', 8 * MiB))
  await sent(offsets, 3)()
  const reached = Math.max(...offsets)
  await page.reload()
  const resumed = offsets.length
  await page.getByText('现场录像说明.pdf').waitFor()
  await page.getByLabel('现场录像说明.pdf的用途').waitFor({ timeout: 120_000 })
  expect(offsets[resumed]).toBeGreaterThanOrEqual(reached - MiB)
  expect(offsets[resumed]).toBeGreaterThan(0)
  // The first one came back with the draft, by the name the server knows.
  await page.getByLabel('整改方案.pdf的用途').waitFor()
  expect(faults.filter((fault) => !/^5/.test(fault))).toEqual([])
})

it('several files dropped at once each tell what became of them, by name', async () => {
  const { page, faults } = await signIn(browser, 'anwei', undefined, product.address)
  await page.goto('/hazards/new')
  const drop = page.getByRole('group', { name: '上传文件' })
  await drop.waitFor()
  const good = await photo(7)
  const files = [
    { name: '现场.jpg', type: 'image/jpeg', bytes: good.toString('base64') },
    { name: '说明.jpg', type: 'image/jpeg', bytes: program.toString('base64') },
    { name: '空.pdf', type: 'application/pdf', bytes: '' },
  ]
  const transfer = await page.evaluateHandle((all) => {
    const data = new DataTransfer()
    for (const { name, type, bytes } of all) {
      const content = Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0))
      data.items.add(new File([content], name, { type }))
    }
    return data
  }, files)
  await drop.dispatchEvent('drop', { dataTransfer: transfer })
  const list = page.getByRole('list', { name: '已选文件' })
  await list.getByText(/“说明\.jpg”实际上是可执行程序，只是改名成了 \.jpg，不能上传/).waitFor()
  await list.getByText('“空.pdf”是空文件或文件夹，请重新选择').waitFor()
  await list.getByRole('textbox', { name: '现场.jpg的说明' }).waitFor()
  await list.getByRole('button', { name: '移除说明.jpg' }).click()
  await list.getByRole('button', { name: '移除空.pdf' }).click()
  expect(await list.getByRole('listitem').count()).toBe(1)
  expect(faults).toEqual([])
})
