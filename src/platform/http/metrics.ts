import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { coreErrors, refuse } from '#kernel/errors.ts'
import type { Clock } from '#kernel/time.ts'
import type { Db } from '../db/tables.ts'

export interface MetricsParts {
  readonly db: Db
  readonly pool: Pick<Pool, 'totalCount' | 'idleCount' | 'waitingCount'>
  readonly county: string
  readonly clock: Clock
}

/** What the operators' monitoring asks: numbers of this process, and the two queues that must not grow. */
export interface Metrics {
  readonly registry: Registry
  /** Counts a committed action, whoever ordered it. */
  action(name: string): void
  request(route: string, status: number, seconds: number): void
}

/** A registry of its own, so that several products in one process do not count into each other. */
export function createMetrics(parts: MetricsParts): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const durations = new Histogram({
    name: 'zhiben_http_request_seconds',
    help: 'Time to answer a request, by route and status.',
    labelNames: ['route', 'status'],
    buckets: [0.01, 0.05, 0.1, 0.3, 1, 3, 10],
    registers,
  })
  const actions = new Counter({
    name: 'zhiben_actions_total',
    help: 'Actions committed by this process.',
    labelNames: ['action'],
    registers,
  })
  new Gauge({
    name: 'zhiben_db_connections',
    help: 'Connections of the pool, and requests waiting for one.',
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'open' }, parts.pool.totalCount)
      this.set({ state: 'idle' }, parts.pool.idleCount)
      this.set({ state: 'waiting' }, parts.pool.waitingCount)
    },
  })
  new Gauge({
    name: 'zhiben_deadlines',
    help: 'Rungs that have not fired: armed for later, and late, which the firing loop should have taken.',
    labelNames: ['state'],
    registers,
    async collect() {
      const { armed, late } = await countDeadlines(parts)
      this.set({ state: 'armed' }, armed)
      this.set({ state: 'late' }, late)
    },
  })
  new Gauge({
    name: 'zhiben_deliveries',
    help: 'Notices on their way out of the product, by what became of them.',
    labelNames: ['state'],
    registers,
    async collect() {
      this.reset()
      for (const { state, n } of await countDeliveries(parts)) this.set({ state }, n)
    },
  })
  return {
    registry,
    action: (name) => actions.inc({ action: name }),
    request: (route, status, seconds) => durations.observe({ route, status: String(status) }, seconds),
  }
}

async function countDeadlines({ db, county, clock }: MetricsParts): Promise<{ armed: number; late: number }> {
  return db
    .selectFrom('deadline')
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere('fire_at', '>', clock.now()).as('armed'),
      fn.countAll<number>().filterWhere('fire_at', '<=', clock.now()).as('late'),
    ])
    .where('county', '=', county)
    .where('fired_at', 'is', null)
    .executeTakeFirstOrThrow()
}

function countDeliveries({ db, county }: MetricsParts): Promise<{ state: string; n: number }[]> {
  return (
    db
      .selectFrom('delivery')
      .select(({ fn }) => ['state', fn.countAll<number>().as('n')])
      .where('county', '=', county)
      // What has been sent only grows; counting it would make every scrape dearer than the last.
      .where('state', '<>', 'sent')
      .groupBy('state')
      .execute()
  )
}

/** GET /metrics for Prometheus, and the time of every request. */
export function mountMetrics(app: FastifyInstance, metrics: Metrics, token: string | null): void {
  app.addHook('onResponse', async (request, reply) => {
    // The route, not the address: addresses carry ids and would make a series each.
    metrics.request(request.routeOptions.url ?? 'unknown', reply.statusCode, reply.elapsedTime / 1000)
  })
  app.get('/metrics', async (request, reply) => {
    if (!mayScrape(request, token)) return refuse(coreErrors.unknownOperation)
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
}

/** With a token set, only with it; otherwise only from this machine itself and not through a proxy that runs on it. */
function mayScrape(request: FastifyRequest, token: string | null): boolean {
  if (token !== null) {
    const given = Buffer.from(request.headers.authorization ?? '')
    const wanted = Buffer.from(`Bearer ${token}`)
    return given.length === wanted.length && timingSafeEqual(given, wanted)
  }
  const { headers, socket } = request
  const forwarded = headers['x-forwarded-for'] ?? headers['x-real-ip'] ?? headers.forwarded
  return forwarded === undefined && /^(127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '')
}
