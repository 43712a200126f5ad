import fastifyCookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import { coreErrors, Problem, refuse } from '#kernel/errors.ts'
import { pgCode } from '../actions/runner.ts'
import type { Outage } from '../db/outage.ts'
import type { ServerModule } from '../module/module.ts'
import { parseJson } from './json.ts'
import { type Metrics, mountMetrics } from './metrics.ts'
import { mountAction, mountDownload, mountPlain, mountQuery, type OperationParts } from './operations.ts'
import { problemBody, toProblem } from './problem.ts'

/** The log of the product, as the HTTP framework wants it; a pino logger is one. */
export type AppLogger = FastifyBaseLogger

export interface HttpOptions {
  readonly logger: AppLogger | undefined
  readonly trustProxy: boolean | string
  /** Built web folder, or undefined when only the API is served (tests). */
  readonly webRoot: string | undefined
  readonly requestsPerMinute: number
  readonly metrics: Metrics
  readonly metricsToken: string | null
  /** Adds routes that are not operations of a module (uploads). */
  mount?(app: FastifyInstance): Promise<void>
  /** What is missing for the product to serve, when something is; asked by /readyz. */
  lack(): Promise<Outage | undefined>
  /** Hears of every failure that is not a refusal. */
  failed(error: unknown): void
}

/** For whoever operates the product: people are told in their own words with what they were doing. */
const lackWords: Record<Outage, string> = {
  unreachable: '数据库没有应答，请检查数据库服务和到它的网络',
  diskFull: '磁盘空间不足，请清理数据目录或数据库所在的磁盘',
}

const jsonLimit = 2 * 1024 * 1024

/** Builds the HTTP application: security headers, error table, every operation of every module, and the web files. */
export async function createHttpApp(
  parts: OperationParts,
  modules: readonly ServerModule[],
  options: HttpOptions,
): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    ...(options.logger ? { loggerInstance: options.logger } : { logger: false }),
    trustProxy: options.trustProxy,
    bodyLimit: jsonLimit,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    // An address the router cannot read meets no route, and so not the error handler that routes have.
    frameworkErrors: (error, request, reply) => void answerError(options, error, request, reply),
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : parseJson(String(body)))
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)))
    }
  })
  await secure(app, options, parts.secureCookie)
  handleErrors(app, options)
  mountMetrics(app, options.metrics, options.metricsToken)
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    const lack = await options.lack()
    return lack ? reply.code(503).send({ status: 'unavailable', reason: lackWords[lack] }) : { status: 'ready' }
  })
  for (const module of modules) {
    for (const { contract } of module.actions ?? []) {
      if (!contract.internal) mountAction(app, parts, contract)
    }
    for (const query of module.queries ?? []) mountQuery(app, parts, query)
    for (const file of module.downloads ?? []) mountDownload(app, parts, file)
    for (const operation of module.plain ?? []) mountPlain(app, parts, operation)
  }
  await options.mount?.(app)
  // A route of its own, so that asking for operations that do not exist is counted like asking for those that do.
  app.all('/api/*', async () => refuse(coreErrors.unknownOperation))
  await serveWeb(app, options.webRoot)
  return app
}

async function secure(app: FastifyInstance, options: HttpOptions, https: boolean): Promise<void> {
  await app.register(fastifyCookie)
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // antd writes its styles into the page at run time.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    hsts: https,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
  })
  await app.register(rateLimit, {
    max: options.requestsPerMinute,
    timeWindow: '1 minute',
    // Asked of the route, not of the address: '/%61pi/…' is the same operation.
    allowList: ({ routeOptions }) => !routeOptions.url?.startsWith('/api/'),
    errorResponseBuilder: () => new Problem(coreErrors.tooMany),
  })
  // A page of another site can make a browser send cookies, but not this header, nor a same-origin Sec-Fetch-Site.
  app.addHook('onRequest', async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return
    const site = request.headers['sec-fetch-site']
    if (request.headers['x-zhiben'] !== '1') refuse(coreErrors.crossSite)
    if (site !== undefined && site !== 'same-origin' && site !== 'none') refuse(coreErrors.crossSite)
    // Over plain http in an intranet browsers send no Sec-Fetch-Site; the origin then has to be the address asked.
    const { origin } = request.headers
    if (site === undefined && origin !== undefined && hostOf(origin) !== request.host) refuse(coreErrors.crossSite)
  })
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}

type Watching = Pick<HttpOptions, 'failed'>

function answerError(options: Watching, error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const problem = toProblem(error)
  if (problem.def.status >= 500) options.failed(error)
  if (problem.def.status >= 500) request.log.error({ err: error, requestId: request.id }, 'request failed')
  // What the database had to refuse was not checked before; the person is answered, and we want to know.
  else if (/^2[23]/.test(pgCode(error) ?? '')) request.log.warn({ err: error, requestId: request.id }, 'constraint')
  if (problem.def.retryable && problem.def.status >= 500) reply.header('retry-after', '5')
  return reply
    .code(problem.def.status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemBody(problem, request.id)))
}

function handleErrors(app: FastifyInstance, options: Watching): void {
  app.setErrorHandler((error, request, reply) => answerError(options, error, request, reply))
  app.setNotFoundHandler((request, reply) => {
    const body = problemBody(new Problem(coreErrors.unknownOperation), request.id)
    return reply.code(404).type('application/problem+json; charset=utf-8').send(JSON.stringify(body))
  })
}

async function serveWeb(app: FastifyInstance, root: string | undefined): Promise<void> {
  if (!root) return
  await app.register(fastifyStatic, { root, wildcard: false, index: false, cacheControl: false, setHeaders })
  const page = (file: string) => async (_request: unknown, reply: FastifyReply) => reply.sendFile(file)
  app.get('/m', async (_request, reply) => reply.redirect('/m/'))
  app.get('/m/*', page('m/index.html'))
  // Every other address that is not the API is a page of the office application; its router answers 'not found'.
  app.get('/*', async (request, reply) => {
    // A page of an older build asks for scripts that are gone; the page itself in their place would only confuse it.
    if (request.url.startsWith('/assets/')) return refuse(coreErrors.unknownOperation)
    return page('index.html')(request, reply)
  })
}

function setHeaders(reply: { header(name: string, value: string): unknown }, path: string): void {
  // Built assets carry a hash in their name; pages must be asked for anew so that an update reaches every PC.
  reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
}
