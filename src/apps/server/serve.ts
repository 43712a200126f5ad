import { mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import pino from 'pino'
import { ensureAccount } from '#capabilities/identity/server/module.ts'
import { systemClock } from '#kernel/time.ts'
import { type Config, ConfigError } from '#platform/config/config.ts'
import { listenRefusal, probePort } from '#platform/config/port-probe.ts'
import { onStopSignal } from '#platform/config/stop-signals.ts'
import { StopStack } from '#platform/config/stop-stack.ts'
import { type EmbeddedDatabase, startEmbedded } from '#platform/db/embedded.ts'
import { ClusterError } from '#platform/db/embedded-cluster.ts'
import { HomeHeldError, lockHome } from '#platform/db/embedded-lock.ts'
import { openLogFile } from '#platform/log/log-file.ts'
import { rotateLog } from '#platform/log/rotate.ts'
import { webhookChannel } from '#platform/notify/channel.ts'
import { castOf, demoPassword, shownAccounts } from '../demo/cast.ts'
import { seedAccounts, seedHazards, seedPlan, seedUnits } from '../demo/seed.ts'
import { isEmpty, readSeed } from '../demo/store.ts'
import { PackError, readPack } from '../packs/read.ts'
import { openHttp, openProduct, type Product, startBackground } from './product.ts'

const logWatchMs = 3_600_000

/** Starts the product and keeps it running until a signal asks it to stop. Throws what `isStartRefusal` knows, and others. */
export async function serveProduct(config: Config): Promise<void> {
  const stack = new StopStack()
  let ended: Promise<unknown> = Promise.resolve()
  onStopSignal(async () => {
    console.log('\n正在停止……')
    await stack.unwind()
    // A start still under way gives up at its next step; what it had begun is stopped there.
    await ended
    console.log('已停止。')
  })
  const started = start(config, stack)
  ended = started.catch(() => {})
  try {
    await started
  } catch (error) {
    // Stopped half-way, a start fails in many ways (its database is gone); the signal's handler ends the process.
    if (stack.unwinding) return
    await stack.unwind()
    throw error
  }
}

async function start(config: Config, stack: StopStack): Promise<void> {
  await mkdir(config.home, { recursive: true })
  const home = await realpath(config.home)
  const lock = await lockHome(home, '治本系统')
  await stack.push(() => lock.release())
  // Found out before a database is made and filled, which takes longer than anybody likes to wait for a refusal.
  await probePort(config.port, config.host)
  const logFile = join(home, 'zhiben.log')
  const logger = await openLog(logFile, config, stack)
  const embedded = config.databaseUrl ? undefined : await startDatabase(home, stack)
  const offered = shownAccounts(castOf(await readPack(config.packDir)), 'emergency-management')
  const product = await openProduct({
    config: { ...config, home },
    databaseUrl: config.databaseUrl ?? embedded?.url ?? '',
    clock: systemClock,
    logger,
    channel: config.notify ? webhookChannel({ ...config.notify, now: systemClock.now }) : undefined,
    demoAccounts: () => [
      ...offered,
      { login: 'unit001', name: '', role: '生产经营单位', password: demoPassword },
      { login: 'unit001-w', name: '', role: '生产经营单位职工', password: demoPassword },
    ],
  })
  await stack.push(() => product.close())
  await firstAccounts(product, config)
  const background = await startBackground(product)
  await stack.push(() => background.stop())
  const app = await openHttp(product, config.webDir)
  await stack.push(() => app.close())
  const address = await listen(app, config)
  lock.update({ state: 'running', address })
  // Last in, first out: whoever starts the product now waits for us instead of being refused.
  await stack.push(async () => lock.update({ state: 'stopping' }))
  greet(product, address, config, logFile)
  await tellStories(product, stack)
}

/** A log that is put aside when it has grown too long, at the start and while the product runs. */
async function openLog(file: string, config: Config, stack: StopStack): Promise<pino.Logger> {
  const destination = openLogFile(file)
  const watch = setInterval(() => rotateLog(file) && destination.reopen(), logWatchMs)
  watch.unref()
  await stack.push(async () => clearInterval(watch))
  return pino({ level: config.logLevel }, destination)
}

async function startDatabase(home: string, stack: StopStack): Promise<EmbeddedDatabase> {
  const embedded = await startEmbedded({
    home,
    onRestart: (code) => {
      console.error(`数据库意外停止（${code ?? '被信号终止'}），正在重新启动，已提交的数据不会丢失。`)
    },
    onExit: (code) => {
      console.error(
        `数据库一再停止或不能重新启动（${code ?? '被信号终止'}），系统随之退出。原因见数据库目录中的 postgres.log。`,
      )
      process.exit(1)
    },
  })
  const watch = setInterval(() => rotateLog(embedded.log), logWatchMs)
  watch.unref()
  await stack.push(() => embedded.stop())
  return embedded
}

type HttpApp = Awaited<ReturnType<typeof openHttp>>

async function listen(app: HttpApp, config: Config): Promise<string> {
  try {
    await app.listen({ port: config.port, host: config.host })
  } catch (error) {
    throw listenRefusal(error, config.port, config.host) ?? error
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
      await seedAccounts(product)
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

/** The demo county is filled while the product already serves; a restart goes on where it stopped. */
async function tellStories(product: Product, stack: StopStack): Promise<void> {
  const state = await readSeed(product.database.db, product.county)
  if (!state) return
  const abort = new AbortController()
  const fill = async () => {
    await seedUnits(product, abort.signal)
    await seedHazards(product, reportSeeding, abort.signal)
    await seedPlan(product, abort.signal)
    if (!abort.signal.aborted) console.log('演示数据已全部建立。')
  }
  const told = fill().catch((error: unknown) => {
    if (stack.unwinding) return
    product.options.logger.error({ err: error }, 'demo')
    console.error('演示数据未能全部建立，详见日志。')
  })
  await stack.push(async () => {
    abort.abort()
    await told
  })
}

function reportSeeding(done: number, total: number): void {
  if (done % 200 === 0) console.log(`演示数据：${done} / ${total}`)
}

/** What a person can do something about; its message is Chinese and says what. */
export const isStartRefusal = (error: unknown): error is Error =>
  [ConfigError, HomeHeldError, PackError, ClusterError].some((known) => error instanceof known)
