import { existsSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import pino from 'pino'
import { systemClock } from '#kernel/time.ts'
import { type Config, ConfigError } from '#platform/config/config.ts'
import { hasEmbedded, runningEmbedded, startEmbedded } from '#platform/db/embedded.ts'
import { askHolder, lockHome } from '#platform/db/embedded-lock.ts'
import { openProduct, type Product } from '../server/product.ts'

/** A database to work on, and how to let go of it. */
interface Attached {
  readonly url: string
  detach(): Promise<void>
}

/**
 * Finds the county's database: the one DATABASE_URL names, else the running product's embedded one, else the embedded one
 * of the data folder, started for as long as the command takes. Throws ConfigError with what to do when there is none.
 */
async function attach(config: Config): Promise<Attached> {
  if (config.databaseUrl) return { url: config.databaseUrl, detach: async () => {} }
  if (!existsSync(config.home) || !(await hasEmbedded(config.home))) {
    throw new ConfigError(
      `数据目录 ${config.home} 里还没有数据库。请先启动一次系统（npm start）；数据在别处的，用 ZHIBEN_HOME 或 DATABASE_URL 指明`,
    )
  }
  const home = await realpath(config.home)
  const holder = await askHolder(home)
  if (!holder) return startHere(home)
  const url = await runningEmbedded(home)
  if (url) return { url, detach: async () => {} }
  throw new ConfigError(
    holder.state === 'starting'
      ? '系统正在启动，请稍候再运行本命令'
      : '正在运行的系统没有使用数据目录中的数据库。请用与它相同的 DATABASE_URL 运行本命令',
  )
}

async function startHere(home: string): Promise<Attached> {
  const lock = await lockHome(home, '治本命令行')
  try {
    const server = await startEmbedded({ home })
    lock.update({ state: 'running' })
    return {
      url: server.url,
      async detach() {
        lock.update({ state: 'stopping' })
        await server.stop()
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** Opens the product on its database for one piece of work, beside a running one or alone. */
export async function withProduct<T>(config: Config, work: (product: Product) => Promise<T>): Promise<T> {
  const attached = await attach(config)
  try {
    const logger = pino({ level: 'silent' })
    const options = { config, databaseUrl: attached.url, clock: systemClock, logger, visiting: true }
    const product = await openProduct(options)
    try {
      return await work(product)
    } finally {
      await product.close()
    }
  } finally {
    await attached.detach()
  }
}
