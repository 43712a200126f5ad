import { mkdir } from 'node:fs/promises'
import { referenceActionIds } from '#capabilities/directory/server/module.ts'
import { projectingActions } from '#capabilities/duty/model/index.ts'
import { advanceJob } from '#capabilities/duty/server/module.ts'
import { hazardPort } from '#capabilities/hazard/server/port.ts'
import type { DemoAccount } from '#capabilities/identity/server/module.ts'
import { resumeSheetImport, startSheetImport } from '#capabilities/ledger/model/index.ts'
import { runningSheets, sheetJob, sheetsInUse } from '#capabilities/ledger/server/module.ts'
import { importJob, unfinishedImports, uploadsInUse } from '#capabilities/ledgerimport/server/module.ts'
import { settingActionIds } from '#capabilities/system/server/module.ts'
import { type Clock, dayOf } from '#kernel/time.ts'
import { type ActionRunner, type CommittedAction, createRunner } from '#platform/actions/runner.ts'
import { createFiring } from '#platform/clock/firing.ts'
import { type Config, ConfigError } from '#platform/config/config.ts'
import { isMigrated, migrate } from '#platform/db/migrate.ts'
import { type Database, openDatabase } from '#platform/db/pool.ts'
import { createReadiness, type Readiness } from '#platform/db/readiness.ts'
import { createFiles, type Files } from '#platform/files/files.ts'
import { uploadLimit } from '#platform/files/limit.ts'
import { createSlots } from '#platform/files/slots.ts'
import { type AppLogger, createHttpApp } from '#platform/http/app.ts'
import type { FileParts } from '#platform/http/file-answers.ts'
import { createMetrics, type Metrics } from '#platform/http/metrics.ts'
import { sessionCookie } from '#platform/http/operations.ts'
import { createRefusalBook } from '#platform/http/refusals.ts'
import { mountUploads } from '#platform/http/uploads.ts'
import { type Jobs, startJobs } from '#platform/jobs/jobs.ts'
import { startTicker, type Ticker } from '#platform/jobs/ticker.ts'
import type { JobSpec } from '#platform/module/module.ts'
import type { Channel } from '#platform/notify/channel.ts'
import { deliverDue } from '#platform/notify/delivery.ts'
import { type Environment, loadEnvironment } from '#platform/parameters/environment.ts'
import { foldTally } from '#platform/tally/fold.ts'
import { isMarkedDemo, isTold } from '../demo/store.ts'
import { installPack } from '../packs/install.ts'
import { type Pack, readPack } from '../packs/read.ts'
import { buildModules, type Modules } from './modules.ts'
import { followSettings, rearmingJob, rearmJob } from './rearming.ts'
import { startSealing } from './sealing.ts'

export interface ProductOptions {
  readonly config: Config
  readonly databaseUrl: string
  readonly clock: Clock
  readonly logger: AppLogger
  /** The way out of the product for notices; without it deliveries stand as inbox only, visibly. */
  readonly channel?: Channel
  readonly demoAccounts?: () => readonly DemoAccount[]
  /**
   * True for a visitor of a database that another process may be serving: it changes neither schema nor directory under
   * the other's feet, and is turned away when they are not this version's.
   */
  readonly visiting?: boolean
  /** Tests: an operation that refuses with an error its contract does not name fails loudly. */
  readonly strict?: boolean
  /** Tests: hears every statement sent to the database. */
  readonly heard?: (statement: string) => void
}

/** The product put together on a database, not yet listening and with nothing running beside requests. */
export interface Product {
  readonly county: string
  readonly pack: Pack
  readonly database: Database
  readonly readiness: Readiness
  readonly environment: Environment
  readonly runner: ActionRunner
  readonly modules: Modules
  readonly files: Files
  readonly metrics: Metrics
  readonly options: ProductOptions
  /** Set by demo data; every screen then carries the 演示 mark. */
  markDemo(): void
  isDemo(): boolean
  /** Hears of committed actions; one listener, set by what runs beside requests. */
  onCommitted(listener: (action: CommittedAction) => Promise<void>): void
  close(): Promise<void>
}

export async function openProduct(options: ProductOptions): Promise<Product> {
  const { config, logger } = options
  const database = openDatabase(options.databaseUrl, {
    onError: (error) => logger.warn({ err: error }, 'connection'),
    heard: options.heard,
  })
  try {
    if (!options.visiting) await migrate(database.pool, config.migrationsDir)
    else if (!(await isMigrated(database.pool, config.migrationsDir))) {
      throw new ConfigError('数据库的结构与本程序的版本不一致。请先用本版本启动一次系统（npm start），再运行本命令')
    }
    return await assemble(options, database)
  } catch (error) {
    await database.close()
    throw error
  }
}

async function assemble(options: ProductOptions, database: Database): Promise<Product> {
  const { config, clock } = options
  const { db } = database
  const pack = await readPack(config.packDir)
  const { county } = pack.manifest
  if (!options.visiting) await installPack(db, pack, clock.now())
  const environment = await loadEnvironment(db, county)
  const files = await openFiles(config, county, environment, clock)
  const readiness = createReadiness({ url: options.databaseUrl, database, folder: config.home })
  const metrics = createMetrics({ db, pool: database.pool, county, clock })
  let demo = await isMarkedDemo(db, county)
  let listener: ((action: CommittedAction) => Promise<void>) | undefined
  let runner: ActionRunner | undefined
  const theRunner = () => {
    if (!runner) throw new Error('the runner is asked for before the modules are built')
    return runner
  }
  const shared = { db, county, pack, clock, environment, files }
  const modules = await buildModules({
    ...shared,
    rereadPack: () => readPack(config.packDir),
    runner: theRunner,
    demo: () => demo,
    demoAccounts: options.demoAccounts ?? (() => []),
  })
  runner = createRunner({
    db,
    actions: modules.all.flatMap((module) => module.actions ?? []),
    permissions: modules.permissions,
    env: environment,
    strict: options.strict ?? false,
    committed: heardBy(options, metrics, async (action) => {
      if (settingActionIds.has(action.name)) await environment.reload()
      if (referenceActionIds.has(action.name)) await modules.directory.reload()
      await listener?.(action)
    }),
  })
  return {
    county,
    pack,
    database,
    readiness,
    environment,
    runner,
    modules,
    files,
    metrics,
    options,
    markDemo: () => {
      demo = true
    },
    isDemo: () => demo,
    onCommitted: (heard) => {
      listener = heard
    },
    close: () => readiness.close().then(database.close),
  }
}

/** What follows a commit cannot undo it: a failure there is logged, and the caller still gets the answer. */
function heardBy({ logger }: ProductOptions, metrics: Metrics, hear: (action: CommittedAction) => Promise<void>) {
  return async (action: CommittedAction) => {
    metrics.action(action.name)
    try {
      await hear(action)
    } catch (error) {
      logger.error({ err: error, action: action.name }, 'after commit')
    }
  }
}

/** Two pictures at once fill two processors, and a picture of a hundred megapixels takes half a gigabyte. */
const filesAtOnce = 2

async function openFiles(config: Config, county: string, environment: Environment, clock: Clock): Promise<Files> {
  const { files: folder } = config
  await mkdir(folder, { recursive: true })
  return createFiles({
    county,
    folder,
    maxBytes: () => uploadLimit(environment.parameters, dayOf(clock.now())),
    slots: createSlots(filesAtOnce),
    inUse: async (reader, uploadIds) =>
      new Set([...(await uploadsInUse(reader, county, uploadIds)), ...(await sheetsInUse(reader, county, uploadIds))]),
    labelOf: async (reader, _type, id) => (await hazardPort.find(reader, county, id, false))?.number ?? '其他记录',
  })
}

/** The HTTP application of a product; `webRoot` undefined serves the API alone. */
export async function openHttp(product: Product, webRoot: string | undefined) {
  const { modules, options, county, database, environment, runner, files } = product
  const { clock, config, logger } = options
  const parts: FileParts = {
    db: database.db,
    runner,
    permissions: modules.permissions,
    environment,
    clock,
    county,
    strict: options.strict ?? false,
    refusals: createRefusalBook(database.db, clock, (error) => logger.error({ err: error }, 'refusal not booked')),
    secureCookie: config.cookieSecure,
    demo: product.isDemo,
    actorOf: (request) => modules.sessions.actorOf(request.cookies[sessionCookie], clock.now()),
    whyOut: (request) => modules.sessions.whyOver(request.cookies[sessionCookie], clock.now()),
    files,
    sights: () => modules.sights,
  }
  return createHttpApp(parts, modules.all, {
    logger,
    trustProxy: config.trustProxy,
    webRoot,
    requestsPerMinute: config.requestsPerMinute,
    metrics: product.metrics,
    metricsToken: config.metricsToken,
    lack: product.readiness.check,
    failed: product.readiness.note,
    mount: (app) => mountUploads(app, parts),
  })
}

/** A sheet is begun or gone on with; the server does the rest. */
const sheetActions: ReadonlySet<string> = new Set([startSheetImport.id, resumeSheetImport.id])

export interface Background {
  readonly jobs: Jobs
  stop(): Promise<void>
}

/** Starts what runs beside requests: jobs, clocks, deliveries, the folding of statistics. */
export async function startBackground(product: Product): Promise<Background> {
  const { county, database, runner, modules, options } = product
  const { clock, logger, channel } = options
  const { db } = database
  const onError = (where: string) => (error: unknown) => {
    product.readiness.note(error)
    logger.error({ err: error, where }, 'background')
  }
  const jobs = await startJobs(
    options.databaseUrl,
    [...modules.all.flatMap((module) => module.jobs ?? []), rearmingJob(product), sweeping(product)],
    (error, job) => onError(job ?? 'jobs')(error),
  )
  const firing = createFiring({
    county,
    runner,
    handlers: modules.all.flatMap((module) => module.clocks ?? []),
    onError: (error, record) => logger.error({ err: error, record }, 'clock'),
  })
  const recipient = (reader: Parameters<typeof nameAndPhone>[1], _of: string, kind: string, id: string) =>
    nameAndPhone(product, reader, kind, id)
  const stopping = new AbortController()
  const tickers: Ticker[] = [
    startTicker(product.readiness.beat, 5_000, onError('readiness')),
    startTicker(() => foldTally(db, county), 2_000, onError('tally')),
    startTicker(() => firing.fireDue(clock.now(), stopping.signal), 15_000, onError('clock')),
    startTicker(
      () => deliverDue({ db, county, channel, recipient, signal: stopping.signal }, clock.now()),
      10_000,
      onError('delivery'),
    ),
    await startSealing(product, onError('seal')),
    // Another process may have changed a setting, or died between changing it and asking for the clocks.
    startTicker(() => followSettings(product, jobs), 10_000, onError('settings')),
    startTicker(() => modules.directory.reload(), 60_000, onError('reference data')),
  ]
  // A demo county works its duties out when its units and hazards are there, once and not with each of them.
  if (await isTold(db, county)) await jobs.send(advanceJob, {}, advanceJob)
  product.onCommitted(async ({ name, recordId }) => {
    if (projectingActions.has(name) && (await isTold(db, county))) await jobs.send(advanceJob, {}, advanceJob)
    if (name === 'ledgerimport.run') await jobs.send(importJob, { importId: recordId }, recordId)
    if (sheetActions.has(name)) await jobs.send(sheetJob, { importId: recordId }, recordId)
    if (settingActionIds.has(name)) await jobs.send(rearmJob, {}, rearmJob)
  })
  await followSettings(product, jobs)
  await resumeImports(product, jobs)
  return {
    jobs,
    async stop() {
      product.onCommitted(async () => {})
      stopping.abort()
      await Promise.all(tickers.map((ticker) => ticker.stop()))
      await jobs.stop()
    },
  }
}

/** Imports that a killed process left running go on. */
async function resumeImports({ county, database: { db }, options: { clock } }: Product, jobs: Jobs): Promise<void> {
  const unfinished = [
    ...(await unfinishedImports(db, county)).map((id) => [importJob, id] as const),
    ...(await runningSheets(db, county)).map((id) => [sheetJob, id] as const),
  ]
  for (const [job, importId] of unfinished) {
    // The key of the killed job may still be taken until it expires; a new one lets the work go on at once.
    await jobs.send(job, { importId }, `${importId}:${clock.now().getTime()}`)
  }
}

function sweeping({ files, database, options }: Product): JobSpec {
  return {
    name: 'files.sweep',
    cron: '40 3 * * *',
    run: async () => void (await files.sweep(database.db, options.clock.now())),
  }
}

async function nameAndPhone(
  { modules, county }: Product,
  reader: Parameters<Modules['directory']['personOf']>[0],
  kind: string,
  id: string,
): Promise<{ name: string; phones: readonly string[] }> {
  if (kind === 'body') return { name: modules.directory.bodyName(county, id), phones: [] }
  const person = kind === 'person' ? await modules.directory.personOf(reader, county, id) : undefined
  if (person) return { name: person.name, phones: person.phone ? [person.phone] : [] }
  return { name: (await modules.sessions.accountName(id)) ?? '', phones: [] }
}
