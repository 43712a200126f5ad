import { mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import pino from 'pino'
import { ensureAccount } from '#capabilities/identity/server/module.ts'
import { systemClock } from '#kernel/time.ts'
import { type Config, ConfigError, loadConfig } from '#platform/config/config.ts'
import { onStopSignal } from '#platform/config/stop-signals.ts'
import { type EmbeddedDatabase, startEmbedded } from '#platform/db/embedded.ts'
import { HomeHeldError, lockHome } from '#platform/db/embedded-lock.ts'
import { castOf, demoPassword, shownAccounts } from '../demo/cast.ts'
import { seedHazards, seedPeople } from '../demo/seed.ts'
import { isEmpty, readSeed } from '../demo/store.ts'
import { PackError, readPack } from '../packs/read.ts'
import { openHttp, openProduct, type Product, startBackground } from './product.ts'

/** What has been started, in order; stopped in the opposite order, whatever stage the start had come to. */
class Stack {
  readonly #stops: (() => Promise<void>)[] = []

  push(stop: () => Promise<void>): void {
    this.#stops.push(stop)
  }

  async unwind(): Promise<void> {
    for (const stop of this.#stops.splice(0).reverse()) await stop()
  }
}

async function run(): Promise<void> {
  const config = loadConfig()
  const stack = new Stack()
  onStopSignal(async () => {
    console.log('\n正在停止……')
    await stack.unwind()
    console.log('已停止。')
  })
  try {
    await start(config, stack)
  } catch (error) {
    await stack.unwind()
    throw error
  }
}

async function start(config: Config, stack: Stack): Promise<void> {
  await mkdir(config.home, { recursive: true })
  const home = await realpath(config.home)
  const lock = await lockHome(home, '治本系统')
  stack.push(() => lock.release())
  const logFile = join(home, 'zhiben.log')
  const logger = pino({ level: config.logLevel }, pino.destination({ dest: logFile, mkdir: true, sync: false }))
  const embedded = config.databaseUrl ? undefined : await startDatabase(home, stack)
  const databaseUrl = config.databaseUrl ?? embedded?.url ?? ''
  const offered = shownAccounts(castOf(await readPack(config.packDir)), 'emergency-management')
  const product = await openProduct({
    config: { ...config, home },
    databaseUrl,
    clock: systemClock,
    logger,
    demoAccounts: () => [...offered, { login: 'unit001', name: '', role: '生产经营单位', password: demoPassword }],
  })
  stack.push(() => product.close())
  await firstAccounts(product, config)
  const background = await startBackground(product)
  stack.push(() => background.stop())
  const app = await openHttp(product, config.webDir)
  stack.push(() => app.close())
  const address = await listen(app, config)
  lock.update({ state: 'running', address })
  greet(product, address, config, logFile)
  await tellStories(product, stack)
}

async function startDatabase(home: string, stack: Stack): Promise<EmbeddedDatabase> {
  const embedded = await startEmbedded({
    home,
    onExit: (code) => {
      console.error(`数据库意外停止（${code ?? '被信号终止'}），系统随之退出。重新启动即可恢复，已提交的数据不会丢失。`)
      process.exit(1)
    },
  })
  stack.push(() => embedded.stop())
  return embedded
}

type HttpApp = Awaited<ReturnType<typeof openHttp>>

async function listen(app: HttpApp, config: Config): Promise<string> {
  try {
    await app.listen({ port: config.port, host: config.host })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new ConfigError(
      `端口 ${config.port} 已被别的程序占用。请换一个端口启动，例如 PORT=${config.port + 1} npm start`,
    )
  }
  const place = app.server.address()
  const port = typeof place === 'object' && place ? place.port : config.port
  const host = config.host === '0.0.0.0' || config.host === '127.0.0.1' ? 'localhost' : config.host
  return `http://${host}:${port}`
}

/** Demo people in an empty demo database; otherwise a first administrator whose password is shown this once. */
async function firstAccounts(product: Product, config: Config): Promise<void> {
  const { db } = product.database
  if (config.demo) {
    if (await isEmpty(db, product.county)) {
      console.log('首次运行：正在建立演示数据……')
      await seedPeople(product)
    }
    return
  }
  if (!(await isEmpty(db, product.county))) return
  const parts = { db, county: product.county, passwords: product.modules.passwords, run: product.runner.run }
  const grants = [{ role: 'administrator' as const, area: product.county }]
  const made = await ensureAccount(parts, { login: 'admin', name: '系统管理员', grants }, systemClock.now())
  if (made) console.log(`\n首个管理员账号：${made.login}，初始密码：${made.password}（只显示这一次，首次登录后须修改）`)
}

function greet(product: Product, address: string, config: Config, logFile: string): void {
  console.log(`\n治本 ${product.pack.manifest.title}`)
  console.log(`请在浏览器打开：${address}`)
  if (product.isDemo()) {
    console.log(`\n演示账号（密码均为 ${demoPassword}）：`)
    for (const { login, role } of product.options.demoAccounts?.() ?? []) console.log(`  ${login.padEnd(26)}${role}`)
  }
  console.log(`\n数据目录：${config.home}　日志：${logFile}`)
  console.log('按 Ctrl-C 停止。')
}

/** Histories of demo hazards are made while the product already serves; a restart goes on where it stopped. */
async function tellStories(product: Product, stack: Stack): Promise<void> {
  const state = await readSeed(product.database.db, product.county)
  if (!state) return
  const abort = new AbortController()
  let told = Promise.resolve()
  stack.push(async () => {
    abort.abort()
    await told
  })
  told = seedHazards(
    product,
    (done, total) => {
      if (done % 200 === 0) console.log(`演示数据：${done} / ${total}`)
    },
    abort.signal,
  ).catch((error: unknown) => {
    product.options.logger.error({ err: error }, 'demo')
    console.error('演示数据未能全部建立，详见日志。')
  })
}

run().catch((error: unknown) => {
  const expected = error instanceof ConfigError || error instanceof HomeHeldError || error instanceof PackError
  console.error(expected ? `\n${error.message}` : error)
  process.exit(1)
})
