import { ConfigError } from '#platform/config/config.ts'
import { checkServing } from '#platform/config/serving.ts'
import { lookAtDatabase } from '#platform/db/look.ts'
import { serveProduct } from '../server/serve.ts'
import { type Bare, readArgs } from './command.ts'

const oldestServer = 15

export const serve: Bare = {
  words: 'serve',
  usage: 'serve',
  purpose:
    '正式运行：使用 DATABASE_URL 指明的数据库，不建立演示账号，拒绝默认的或太弱的密码；可以在同一数据库上运行多个',
  prepare(args) {
    readArgs(args, {})
    return async (config) => {
      const checked = checkServing(config)
      await checkDatabase(checked.databaseUrl)
      // Settles when it serves; the process lives until a signal stops it.
      await serveProduct(checked)
      return 0
    }
  },
}

async function checkDatabase(url: string): Promise<void> {
  const { major, demo } = await lookAtDatabase(url).catch((cause: unknown) => {
    const words = cause instanceof Error ? cause.message || cause.name : String(cause)
    throw new ConfigError(`连不上 DATABASE_URL 指明的数据库：${words}。请检查地址、账号、密码和防火墙`, { cause })
  })
  if (major < oldestServer) {
    throw new ConfigError(`数据库是 PostgreSQL ${major}，需要 ${oldestServer} 及以上。请先升级数据库`)
  }
  if (demo) {
    throw new ConfigError('这个数据库里是演示数据和公开密码的演示账号，不能用于正式运行。请另建一个空的数据库')
  }
}
