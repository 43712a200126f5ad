import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, loadConfig, loadTestConfig } from './config.ts'

const root = resolve('/srv/zhiben')

describe('loadConfig', () => {
  it('starts a demo on this machine only when nothing is set', () => {
    expect(loadConfig({}, root)).toEqual({
      port: 8080,
      host: '127.0.0.1',
      home: resolve(root, '.zhiben'),
      files: resolve(root, '.zhiben/files'),
      databaseUrl: null,
      packDir: resolve(root, 'packs/qingyang-2024-2026'),
      webDir: resolve(root, 'dist/web'),
      migrationsDir: resolve(root, 'db/migrations'),
      mode: 'demo',
      demo: true,
      logLevel: 'info',
      trustProxy: false,
      cookieSecure: false,
      requestsPerMinute: 1200,
      metricsToken: null,
      notify: null,
    })
  })

  it('becomes production, with secure cookies and no demo data, when a database is named', () => {
    const config = loadConfig({ DATABASE_URL: 'postgresql://a:b@db:5432/zhiben' }, root)
    expect(config).toMatchObject({ mode: 'production', demo: false, cookieSecure: true })
  })

  it('lets each default be overridden', () => {
    const env = {
      PORT: '9001',
      HOST: '0.0.0.0',
      ZHIBEN_HOME: '/data/zb',
      COOKIE_SECURE: 'false',
      ZHIBEN_MODE: 'production',
    }
    expect(loadConfig(env, root)).toMatchObject({
      port: 9001,
      host: '0.0.0.0',
      home: resolve('/data/zb'),
      cookieSecure: false,
      requestsPerMinute: 1200,
      metricsToken: null,
      mode: 'production',
    })
  })

  it('makes a relative data folder absolute from the clone, and treats an empty variable as not set', () => {
    const config = loadConfig({ ZHIBEN_HOME: 'data/x', PORT: ' ', DATABASE_URL: '' }, root)
    expect(config).toMatchObject({ home: resolve(root, 'data/x'), port: 8080, databaseUrl: null })
  })

  it.each(['abc', '70000', '-1', '80.5', '0x50', '8080 9090'])('refuses PORT=%s in words that name it', (PORT) => {
    expect(() => loadConfig({ PORT }, root)).toThrow(ConfigError)
    expect(() => loadConfig({ PORT }, root)).toThrow(/PORT=.*1 到 65535/)
  })

  it('refuses a foreign database address without repeating its password', () => {
    const attempt = () => loadConfig({ DATABASE_URL: 'mysql://root:secret@h/x' }, root)
    expect(attempt).toThrow(/DATABASE_URL.*PostgreSQL/)
    expect(attempt).not.toThrow(/secret/)
  })

  it.each([
    ['ZHIBEN_MODE', 'staging'],
    ['LOG_LEVEL', 'loud'],
    ['COOKIE_SECURE', 'maybe'],
    ['TRUST_PROXY', 'every one'],
  ])('refuses %s=%s', (name, value) => {
    expect(() => loadConfig({ [name]: value }, root)).toThrow(new RegExp(`${name}=${value}`))
  })

  it.each([
    ['true', true],
    ['0', false],
    ['10.0.0.0/8, 127.0.0.1', '10.0.0.0/8, 127.0.0.1'],
    ['loopback', 'loopback'],
  ])('reads TRUST_PROXY=%s', (TRUST_PROXY, expected) => {
    expect(loadConfig({ TRUST_PROXY }, root).trustProxy).toBe(expected)
  })
})

describe('the way out for notices', () => {
  const url = 'https://sms.example.cn/zhiben?token=t0ken'
  const secret = 'a secret of 24 characters'

  it('takes address and secret together, or neither', () => {
    expect(loadConfig({ NOTIFY_WEBHOOK_URL: url, NOTIFY_WEBHOOK_SECRET: secret }, root).notify).toEqual({ url, secret })
    expect(loadConfig({ NOTIFY_WEBHOOK_URL: ' ' }, root).notify).toBeNull()
  })

  it.each([
    [{ NOTIFY_WEBHOOK_URL: url }, /没有 NOTIFY_WEBHOOK_SECRET.*至少 16 个字符/],
    [{ NOTIFY_WEBHOOK_SECRET: secret }, /没有 NOTIFY_WEBHOOK_URL/],
    [{ NOTIFY_WEBHOOK_URL: url, NOTIFY_WEBHOOK_SECRET: 'too short' }, /NOTIFY_WEBHOOK_SECRET 太短/],
    [{ NOTIFY_WEBHOOK_URL: 'ftp://t0ken', NOTIFY_WEBHOOK_SECRET: secret }, /NOTIFY_WEBHOOK_URL 不是可用的地址/],
  ])('refuses %o and repeats neither', (env, words) => {
    expect(() => loadConfig(env, root)).toThrow(words)
    expect(() => loadConfig(env, root)).not.toThrow(/t0ken|too short|a secret/)
  })
})

describe('loadTestConfig', () => {
  it('reads the test server and refuses a wrong address', () => {
    expect(loadTestConfig({}).databaseUrl).toBeNull()
    expect(loadTestConfig({ DATABASE_URL_TEST: 'postgres://u@h/d' }).databaseUrl).toBe('postgres://u@h/d')
    expect(() => loadTestConfig({ DATABASE_URL_TEST: 'nonsense' })).toThrow(/DATABASE_URL_TEST/)
  })
})
