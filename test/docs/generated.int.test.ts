import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generatedPages } from '#apps/docs/pages.ts'
import { openHttp } from '#apps/server/product.ts'
import { projectRoot } from '#platform/config/config.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'

let test: TestProduct
let pages: ReadonlyMap<string, string>

beforeAll(async () => {
  test = await openTestProduct()
  pages = await generatedPages(test.product.modules, test.product.database.db)
})
afterAll(() => test?.close())

const folder = join(projectRoot, 'docs/generated')

describe('docs/generated', () => {
  it('holds exactly the generated pages', () => {
    expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort())
  })

  it.each(['openapi.json', 'permissions.md', 'lifecycles.md', 'errors.md', 'schema.md'])(
    '%s is what npm run docs writes, and says so',
    (name) => {
      const committed = readFileSync(join(folder, name), 'utf8')
      expect(committed, `${name} is out of date: run npm run docs`).toBe(pages.get(name))
      expect(committed.slice(0, 300)).toContain('npm run docs')
    },
  )

  it('gives every table and every column of a business table its words or its plain name', () => {
    const schema = pages.get('schema.md') ?? ''
    const sections = schema.split('\n## ').slice(1)
    expect(sections.length).toBeGreaterThan(20)
    const wordless = sections.filter((section) => !/^\S+\n\n\S/.test(section)).map((section) => section.split('\n')[0])
    // The book of migrations is made by the migrator itself before there is anything to comment on.
    expect(wordless).toEqual(['migration'])
  })

  it('names every guard of every move', () => {
    expect(pages.get('lifecycles.md')).toContain('`fiveElements`')
    expect(pages.get('lifecycles.md')).not.toMatch(/ `` |、``/)
  })

  it('names a path for every operation that has a route, and no other', async () => {
    const { paths } = JSON.parse(pages.get('openapi.json') ?? '{}') as {
      paths: Record<string, Record<string, unknown>>
    }
    const app = await openHttp(test.product, undefined)
    const routed = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) =>
        app.hasRoute({ url: path.replace('{id}', ':id'), method: method.toUpperCase() }),
      ),
    )
    await app.close()
    expect(routed.every(Boolean)).toBe(true)
    const modules = test.product.modules.all
    const contracts = modules.flatMap(({ actions = [], queries = [], downloads = [], plain = [] }) => [
      ...actions.filter(({ contract }) => !contract.internal),
      ...queries,
      ...downloads,
      ...plain,
    ])
    const operations = Object.keys(paths).filter((path) => !/^\/api\/(uploads|attachments)/.test(path))
    expect(operations.length).toBe(contracts.length)
  })
})
