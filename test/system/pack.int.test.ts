import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProduct, type Product } from '#apps/server/product.ts'
import { getPack } from '#capabilities/system/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { projectRoot } from '#platform/config/config.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'
import { openWeb } from '#test/kit/web.ts'

let test: TestProduct
let admin: Actor
let folder: string
const opened: Product[] = []

beforeAll(async () => {
  test = await openTestProduct('2026-11-25T09:00:00')
  admin = await test.as('admin')
  folder = join(test.home, 'packs')
  await cp(join(projectRoot, 'packs'), folder, { recursive: true })
})
afterAll(async () => {
  for (const product of opened) await product.close()
  await test?.close()
})

/** Another process on the same database, with the pack's files in a folder that can be changed. */
async function another(): Promise<Product> {
  const { options } = test.product
  const config = { ...options.config, packDir: join(folder, 'qingyang-2024-2026') }
  const product = await openProduct({ ...options, config })
  opened.push(product)
  return product
}

async function packOf(product: Product) {
  const query = product.modules.all
    .flatMap(({ queries }) => queries ?? [])
    .find((one) => one.contract.id === getPack.id)
  return getPack.output.parse(await query?.run({ ...test.context(admin), db: product.database.db }, {}))
}

const change = async (path: string, from: string | RegExp, to: string) => {
  const file = join(folder, path)
  const text = await readFile(file, 'utf8')
  expect(text).toMatch(from)
  await writeFile(file, text.replace(from, to))
}

describe('the data pack', () => {
  it('is shown as it is loaded: what it consists of, its version, its gaps', async () => {
    const pack = await test.ask(admin, getPack, {})
    const { manifest, areas, standards, parameters } = test.product.pack
    expect(pack).toMatchObject({ title: manifest.title, version: manifest.version, current: true })
    expect(pack.loadedAt).toBe(test.clock.now().toISOString())
    const count = new Map(pack.parts.map(({ part, entries }) => [part, entries]))
    expect(count.get('areas')).toBe(areas.length)
    expect(count.get('standards')).toBe(standards.length)
    expect(count.get('parameters')).toBe(parameters.length)
    expect(count.get('plan')).toBe(1 + manifest.stages.length)
    expect([...count.values()].every((entries) => entries > 0)).toBe(true)
    expect(new Set(pack.parts.map(({ checksum }) => checksum)).size).toBe(pack.parts.length)
    expect(pack.gaps.map(({ part }) => part)).toEqual(expect.arrayContaining(['gaps', 'standards', 'parameters']))
    expect(pack.disk).toMatchObject({ newer: false, checksum: pack.checksum, problems: [], differences: [] })
  })

  it('is shown to administrators, the committee office and auditors, and to nobody else', async () => {
    const web = await openWeb(test)
    try {
      const unitId = await test.unit('某某机械厂', '341723101', 'industryTrade')
      await test.account('boss', [{ role: 'unitPrincipal', area: '341723101', unitId }])
      const asked = async (login: string) => {
        await test.as(login)
        const { cookie } = await web.signIn(login)
        return (await web.get('/api/system/pack', cookie, {})).status
      }
      expect([await asked('auditor'), await asked('anwei'), await asked('admin')]).toEqual([200, 200, 200])
      expect(await asked('town-muzhen')).toBe(403)
      const { cookie } = await web.signIn('boss')
      expect((await web.get('/api/system/pack', cookie, {})).status).toBe(403)
      expect((await web.get('/api/system/pack', '', {})).status).toBe(401)
    } finally {
      await web.close()
    }
  })

  it('is compared with its files as they are now, and says what loading them will do', async () => {
    const running = await another()
    expect((await packOf(running)).disk.newer).toBe(false)
    await change('qingyang-2024-2026/pack.yaml', /version: '[^']+'/, "version: '2026.12'")
    await change('_national/criteria/gas-2023.yaml', /^issuer: .*$/m, 'issuer: 换了名字的部')
    const { disk, version } = await packOf(running)
    expect(disk).toMatchObject({ newer: true, version: '2026.12', problems: [] })
    expect(version).not.toBe('2026.12')
    expect(disk.differences.map(({ part, changed }) => [part, changed.length])).toEqual([
      ['plan', 1],
      ['standards', 1],
    ])
    expect(disk.differences[1]?.changed[0]).toContain('燃气')

    // Loaded by a process that is started now; the one that runs on the older files says so.
    const restarted = await another()
    expect(await packOf(restarted)).toMatchObject({ version: '2026.12', current: true, disk: { newer: false } })
    expect(await packOf(running)).toMatchObject({ current: false })
  })

  it('names what would keep the next start from succeeding', async () => {
    const running = await another()
    await change('qingyang-2024-2026/matrix.yaml', /body: emergency-management\b/, 'body: nobody')
    const bad = await packOf(running)
    expect(bad.disk.checksum).toBeNull()
    expect(bad.disk.problems[0]).toMatch(/matrix\.yaml 第\d+行 .*机构“nobody”不在 bodies\.yaml 里/)
    await writeFile(join(folder, 'qingyang-2024-2026', 'bodies.yaml'), 'bodies: [')
    const { disk } = await packOf(running)
    expect(disk).toMatchObject({ checksum: null, version: null, newer: true, differences: [] })
    expect(disk.problems[0]).toContain('qingyang-2024-2026/bodies.yaml')
    await expect(another()).rejects.toThrow('不是正确的 YAML')
  })
})
