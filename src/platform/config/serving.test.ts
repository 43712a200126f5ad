import { describe, expect, it } from 'vitest'
import { ConfigError, type Environment, loadConfig } from './config.ts'
import { checkServing, isWeakSecret } from './serving.ts'

const good = 'f3b1c0a94d7e5826f3b1c0a94d7e5826'
const url = `postgres://zhiben:${good}@db.county.example:5432/zhiben`
const check = (env: Environment) => checkServing(loadConfig({ DATABASE_URL: url, ...env }))
const refusal = (env: Environment): string => {
  try {
    check(env)
    return 'accepted'
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.message
  }
}

describe('real service', () => {
  it('needs a database of its own and makes no demo data', () => {
    expect(check({})).toMatchObject({ databaseUrl: url, mode: 'production', demo: false, cookieSecure: true })
    expect(refusal({ DATABASE_URL: undefined })).toContain('请设置 DATABASE_URL')
    expect(refusal({ ZHIBEN_MODE: 'demo' })).toContain('不建立演示数据')
  })

  it.each([
    ['none over the network', 'postgres://zhiben@db:5432/zhiben'],
    ['short', 'postgres://zhiben:Xy9-kq@db/zhiben'],
    ['the one of every image', 'postgres://zhiben:Postgres-2026!@db/zhiben'],
    ['of few signs', 'postgres://zhiben:aaaaaaaaaaaaaaaa@db/zhiben'],
    ['counted up', 'postgres://zhiben:1234567890abcdef@db/zhiben'],
    ['the user name', 'postgres://qingyang-safety:qingyang-safety@db/zhiben'],
  ])('refuses a database password that is %s, and does not repeat it', (_which, address) => {
    const words = refusal({ DATABASE_URL: address })
    expect(words).toContain('DATABASE_URL')
    expect(words).not.toContain(address)
  })

  it('needs no password where the connection itself is proof', () => {
    expect(check({ DATABASE_URL: 'postgres:///zhiben?user=zhiben&host=/var/run/postgresql' })).toBeTruthy()
    expect(check({ DATABASE_URL: 'postgres://zhiben@db/zhiben?sslcert=/etc/zhiben/client.crt' })).toBeTruthy()
  })

  it('refuses an open cookie and weak tokens', () => {
    expect(refusal({ COOKIE_SECURE: 'false' })).toContain('https')
    expect(refusal({ METRICS_TOKEN: 'secret' })).toContain('METRICS_TOKEN')
    expect(refusal({ METRICS_TOKEN: good })).toBe('accepted')
    const webhook = { NOTIFY_WEBHOOK_URL: 'https://msg.county.example/in' }
    expect(refusal({ ...webhook, NOTIFY_WEBHOOK_SECRET: '1111111111111111' })).toContain('NOTIFY_WEBHOOK_SECRET')
    expect(refusal({ ...webhook, NOTIFY_WEBHOOK_SECRET: good })).toBe('accepted')
  })

  it('calls random secrets strong', () => {
    for (const secret of ['9c3f1e7a5b2d8046', 'wZ3-fK9_pLq7Rt2x', good]) expect(isWeakSecret(secret, 12)).toBe(false)
  })
})
