import { type Config, ConfigError } from './config.ts'

/** Passwords that stand in instructions and images everywhere. */
const wellKnown = new Set([
  'postgres',
  'postgresql',
  'password',
  'passw0rd',
  'zhiben',
  'admin',
  'administrator',
  'root',
  'secret',
  'changeme',
  'example',
  'test',
])

/** Short, made of few signs, or the word everybody tries first, whatever digits and signs are put behind it. */
export function isWeakSecret(secret: string, least: number): boolean {
  const word = secret
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .replace(/\d+$/, '')
  return secret.length < least || new Set(secret).size < 6 || wellKnown.has(word) || /^(1234|abcd|qwer)/i.test(secret)
}

const leastPassword = 12
const leastToken = 16
const makeOne = '可以用 openssl rand -hex 16 生成'

/**
 * Refuses settings that are fit for a trial and not for a county's real records. Throws ConfigError with what to set
 * instead; secrets are never repeated in the words.
 */
export function checkServing(config: Config): Config & { readonly databaseUrl: string } {
  const { databaseUrl, metricsToken, notify } = config
  if (databaseUrl === null) {
    throw new ConfigError(
      'serve 用于正式运行，需要自有的 PostgreSQL（15 及以上）。请设置 DATABASE_URL=postgres://用户:密码@主机:5432/库名；试用请运行 npm start',
    )
  }
  if (config.demo) {
    throw new ConfigError('serve 不建立演示数据。请去掉 ZHIBEN_MODE=demo，或改用 npm start 试用')
  }
  checkDatabasePassword(databaseUrl)
  if (!config.cookieSecure) {
    throw new ConfigError(
      '正式运行时登录凭据只能通过 https 发送。请去掉 COOKIE_SECURE=false，并在前面设置带证书的反向代理（见 docs/operating.md）',
    )
  }
  if (metricsToken !== null && isWeakSecret(metricsToken, leastToken)) {
    throw new ConfigError(`METRICS_TOKEN 太弱。请使用至少 ${leastToken} 个字符的随机值，${makeOne}`)
  }
  if (notify !== null && isWeakSecret(notify.secret, leastToken)) {
    throw new ConfigError(`NOTIFY_WEBHOOK_SECRET 太弱。请使用至少 ${leastToken} 个字符的随机值，${makeOne}`)
  }
  return { ...config, databaseUrl }
}

function checkDatabasePassword(address: string): void {
  const url = new URL(address)
  const password = decodeURIComponent(url.password)
  // A socket's file rights and a client certificate are as good as a password; over the network nothing else is.
  const bySocket = url.hostname === '' || url.searchParams.get('host')?.startsWith('/') === true
  if (password === '' && (bySocket || url.searchParams.has('sslcert'))) return
  if (password === '') {
    throw new ConfigError('DATABASE_URL 中没有密码：能连上数据库主机的人都能读写全部数据。请为数据库账号设置密码')
  }
  if (isWeakSecret(password, leastPassword) || password === decodeURIComponent(url.username)) {
    throw new ConfigError(
      `DATABASE_URL 中的数据库密码是默认的或太弱。请为数据库账号换一个至少 ${leastPassword} 个字符的随机密码，${makeOne}`,
    )
  }
}
