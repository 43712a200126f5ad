import { describe, expect, it } from 'vitest'
import { clockElsewhere, environmentElsewhere, httpElsewhere, sqlElsewhere } from './access.ts'
import { isCode, isTest, readSources } from './source.ts'

const sources = readSources(['src']).filter((source) => isCode(source) && !isTest(source))
const place = 'src/capabilities/hazard/server/actions.ts'
const at = (text: string, path = place) => [{ path, text }]

describe('SQL', () => {
  it('is mentioned by stores, queries and the platform only', () => expect(sqlElsewhere(sources)).toEqual([]))

  it.each([
    "import { sql } from 'kysely'",
    "import pg from 'pg'",
    "db.selectFrom('hazard')",
    "await tx.insertInto('hazard').values({}).execute()",
    "pool.query('select id from hazard')",
    "pool.query('update hazard set state = 1')",
    "pool.query('select 1')",
  ])('would be found elsewhere: %s', (text) => {
    expect(sqlElsewhere(at(text))).toEqual([place])
    expect(sqlElsewhere(at(text, 'src/capabilities/hazard/server/store.ts'))).toEqual([])
    expect(sqlElsewhere(at(text, 'src/capabilities/hazard/server/queries/list.ts'))).toEqual([])
  })
})

describe('the HTTP framework', () => {
  it('is known to platform/http only', () => expect(httpElsewhere(sources)).toEqual([]))

  it.each([
    "import type { X } from 'fastify'",
    "import x from '@fastify/cookie'",
    "import { createServer } from 'node:http'",
  ])('would be found elsewhere: %s', (text) => {
    expect(httpElsewhere(at(text))).toEqual([place])
    expect(httpElsewhere(at(text, 'src/platform/http/app.ts'))).toEqual([])
  })
})

describe('the environment', () => {
  it('is read by platform/config only', () => expect(environmentElsewhere(sources)).toEqual([]))

  it.each(['const a = process.env.PORT', "const a = process['env']", 'f(process.env)'])(
    'would be found elsewhere: %s',
    (text) => {
      expect(environmentElsewhere(at(text))).toEqual([place])
      expect(environmentElsewhere(at(text, 'src/platform/config/config.ts'))).toEqual([])
    },
  )
})

describe('the clock', () => {
  it('is read by kernel/time only', () => expect(clockElsewhere(sources)).toEqual([]))

  it.each(['const a = Date.now()', 'const a = new Date()', 'const a = Date()', 'const a = performance.now()'])(
    'would be found elsewhere: %s',
    (text) => {
      expect(clockElsewhere(at(text))).toEqual([place])
      expect(clockElsewhere(at(text, 'src/kernel/time.ts'))).toEqual([])
    },
  )

  it('is not read by giving a Date its value', () => expect(clockElsewhere(at('const a = new Date(5)'))).toEqual([]))
})
