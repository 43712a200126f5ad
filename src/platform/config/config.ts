import { isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the clone: packs, migrations and the built web are found from here, wherever the command was typed. */
export const projectRoot = fileURLToPath(new URL('../../../', import.meta.url)).replace(/[/\\]$/, '')

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

export interface Config {
  /** TCP port of web and API; 0 lets the system choose one. */
  readonly port: number
  readonly host: string
  /** Absolute path of the data folder. */
  readonly home: string
  /** Absolute path of the attachments; several processes on one database share it. */
  readonly files: string
  /** Null: the embedded PostgreSQL in `home` is used. */
  readonly databaseUrl: string | null
  /** Absolute path of the plan's pack. */
  readonly packDir: string
  /** Absolute path of the built pages. */
  readonly webDir: string
  readonly migrationsDir: string
  readonly mode: 'demo' | 'production'
  /** True when demo data and demo accounts may be made. */
  readonly demo: boolean
  readonly logLevel: LogLevel
  /** False, or the addresses of the reverse proxies whose X-Forwarded-* headers count (true: any). */
  readonly trustProxy: boolean | string
  readonly cookieSecure: boolean
  /** API requests one address may send in a minute; an office behind one router shares an address. */
  readonly requestsPerMinute: number
  /** What /metrics asks for as a bearer token; null: it answers this machine only. */
  readonly metricsToken: string | null
  /** Where notices leave the product (the county's message platform); null: they stay inside. */
  readonly notify: { readonly url: string; readonly secret: string } | null
}

/** A setting that cannot be used; the message is Chinese, names the variable and says what to write instead. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

export type Environment = Readonly<Record<string, string | undefined>>

function read(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim()
  return value === '' ? undefined : value
}

function readPort(env: Environment): number {
  const text = read(env, 'PORT')
  if (text === undefined) return 8080
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new ConfigError(`PORT=${text} 不是可用的端口号。请填写 1 到 65535 之间的整数，例如 PORT=8080 npm start`)
  }
  return port
}

function readCount(env: Environment, name: string, fallback: number): number {
  const text = read(env, name)
  if (text === undefined) return fallback
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new ConfigError(`${name}=${text} 不是可用的值。请填写正整数，例如 ${fallback}`)
  return Number(text)
}

function readChoice<T extends string>(env: Environment, name: string, choices: readonly T[], fallback: T): T {
  const text = read(env, name)
  if (text === undefined) return fallback
  const found = choices.find((choice) => choice === text.toLowerCase())
  if (found === undefined) throw new ConfigError(`${name}=${text} 不是可用的值。可以填写：${choices.join('、')}`)
  return found
}

function readSwitch(env: Environment, name: string, fallback: boolean): boolean {
  const text = read(env, name)?.toLowerCase()
  if (text === undefined) return fallback
  if (['1', 'true', 'yes', 'on'].includes(text)) return true
  if (['0', 'false', 'no', 'off'].includes(text)) return false
  throw new ConfigError(`${name}=${text} 不是可用的值。请填写 true 或 false`)
}

function readDatabaseUrl(env: Environment, name: string): string | null {
  const text = read(env, name)
  if (text === undefined) return null
  // The value holds a password, so it is never repeated in the message.
  if (!URL.canParse(text) || !/^postgres(ql)?:$/.test(new URL(text).protocol)) {
    throw new ConfigError(`${name} 不是 PostgreSQL 的连接地址。请写成 postgres://用户:密码@主机:5432/库名`)
  }
  return text
}

function readTrustProxy(env: Environment): boolean | string {
  const text = read(env, 'TRUST_PROXY')
  if (text === undefined) return false
  if (/^(0|1|true|false|yes|no|on|off)$/i.test(text)) return readSwitch(env, 'TRUST_PROXY', false)
  if (!/^[0-9a-f.:/, ]+$|^(loopback|linklocal|uniquelocal)(\s*,\s*(loopback|linklocal|uniquelocal))*$/i.test(text)) {
    throw new ConfigError(
      `TRUST_PROXY=${text} 不是可用的值。请填写反向代理的地址（如 10.0.0.2 或 10.0.0.0/8）或 true、false`,
    )
  }
  return text
}

const secretLength = 16

/** Address and secret of the receiver belong together: an unsigned call could be forged, a secret alone goes nowhere. */
function readNotify(env: Environment): Config['notify'] {
  const url = read(env, 'NOTIFY_WEBHOOK_URL')
  const secret = read(env, 'NOTIFY_WEBHOOK_SECRET')
  if (url === undefined && secret === undefined) return null
  if (url === undefined) {
    throw new ConfigError('设置了 NOTIFY_WEBHOOK_SECRET 却没有 NOTIFY_WEBHOOK_URL。请填写接收通知的地址，或两项都不填')
  }
  // Addresses of message platforms often carry a token, so the value is not repeated.
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new ConfigError('NOTIFY_WEBHOOK_URL 不是可用的地址。请写成 https://主机/路径')
  }
  if (secret === undefined) {
    throw new ConfigError(
      `设置了 NOTIFY_WEBHOOK_URL 却没有 NOTIFY_WEBHOOK_SECRET。请填写与接收方约定的签名密钥（至少 ${secretLength} 个字符）`,
    )
  }
  if (secret.length < secretLength) {
    throw new ConfigError(
      `NOTIFY_WEBHOOK_SECRET 太短。请使用至少 ${secretLength} 个字符的密钥，例如 openssl rand -hex 16`,
    )
  }
  return { url, secret }
}

/**
 * Reads every setting from the environment once, at the start of a process; paths come out absolute. Throws ConfigError.
 * Demo mode is the default as long as nobody has named a database of their own.
 */
export function loadConfig(env: Environment = process.env, root: string = projectRoot): Config {
  const fromRoot = (path: string) => (isAbsolute(path) ? path : resolve(root, path))
  const databaseUrl = readDatabaseUrl(env, 'DATABASE_URL')
  const home = fromRoot(read(env, 'ZHIBEN_HOME') ?? '.zhiben')
  const mode = readChoice(env, 'ZHIBEN_MODE', ['demo', 'production'], databaseUrl === null ? 'demo' : 'production')
  return {
    port: readPort(env),
    // Demo passwords are printed on the screen: only this machine may knock unless HOST says otherwise.
    host: read(env, 'HOST') ?? '127.0.0.1',
    home,
    files: fromRoot(read(env, 'ZHIBEN_FILES') ?? join(home, 'files')),
    databaseUrl,
    packDir: fromRoot(read(env, 'ZHIBEN_PACK') ?? 'packs/qingyang-2024-2026'),
    webDir: fromRoot('dist/web'),
    migrationsDir: fromRoot('db/migrations'),
    mode,
    demo: mode === 'demo',
    logLevel: readChoice(env, 'LOG_LEVEL', logLevels, 'info'),
    trustProxy: readTrustProxy(env),
    // A Secure cookie is dropped by browsers over plain http, so demo mode on localhost must not set it.
    cookieSecure: readSwitch(env, 'COOKIE_SECURE', mode === 'production'),
    requestsPerMinute: readCount(env, 'REQUESTS_PER_MINUTE', 1200),
    metricsToken: read(env, 'METRICS_TOKEN') ?? null,
    notify: readNotify(env),
  }
}

export interface TestConfig {
  /** A server to run the database tests on instead of an embedded one; the account must be allowed to create databases. */
  readonly databaseUrl: string | null
  /** A browser to run the journeys with instead of the one that is found. */
  readonly browserPath: string | null
}

/** Settings of the test kits. Throws ConfigError. */
export function loadTestConfig(env: Environment = process.env): TestConfig {
  return { databaseUrl: readDatabaseUrl(env, 'DATABASE_URL_TEST'), browserPath: read(env, 'CHROMIUM_PATH') ?? null }
}
