import pg from 'pg'
import { newId } from '#kernel/ids.ts'
import type { Running, Visitor } from '#test/kit/served.ts'
import { processors } from '../measure/cpu.ts'
import { drive, type Sample } from '../measure/load.ts'
import { ms, perSecond, type Row } from '../measure/report.ts'
import type { Ground, Stage } from '../stage/stage.ts'

const connections = 10

/** A finding at a place without a unit, as an inspector sends it: state, history, audit, statistics, clock, notices. */
export const finding = (n: number, area: string) => ({
  channel: 'inspection',
  placeName: `测量场所${n % 997}`,
  area,
  sector: 'industryTrade',
  description: `成品仓库消防栓被杂物堵塞，第${n}次检查发现`,
  foundOn: '2026-11-20',
  judgement: { level: 'general' },
})

export const report = (visitor: Visitor, n: number, area: string) =>
  visitor.act('/api/hazard/report', {
    actionId: newId(Date.now()),
    recordId: newId(Date.now()),
    input: finding(n, area),
  })

interface Driven {
  readonly sample: Sample
  /** Processor milliseconds for one call, by whose they are; unlike the rate it hardly depends on what else runs here. */
  readonly cpuMs: Readonly<Record<'server' | 'database' | 'client', number>>
}

/** A full action over HTTP against one INSERT per commit, both from ten connections. */
export async function measureAction(
  { server: { folder } }: Ground,
  stage: Stage,
  server: Running,
  visitor: Visitor,
  area: string,
  seconds: number,
): Promise<Row> {
  const pool = new pg.Pool({ connectionString: stage.url, max: connections })
  await pool.query('create table if not exists bench_insert (id uuid primary key, at timestamptz, text text)')
  const driven = async (call: (n: number) => Promise<unknown>): Promise<Driven> => {
    const used = processors(server.pid, folder)
    let calls = 0
    const sample = await drive(connections, seconds, (n) => {
      calls += 1
      return call(n)
    })
    const each = (cpuSeconds: number) => (cpuSeconds * 1000) / calls
    const { server: product, database, client } = used()
    return { sample, cpuMs: { server: each(product), database: each(database), client: each(client) } }
  }
  const insert = (n: number) =>
    pool.query('insert into bench_insert values ($1, now(), $2)', [newId(Date.now()), finding(n, area).description])
  const floor = await driven(insert)
  const measured = await driven((n) => report(visitor, n, area))
  await pool.query('drop table bench_insert')
  await pool.end()
  const ratio = measured.sample.perSecond / floor.sample.perSecond
  const { cpuMs } = measured
  const [product, database, client] = [cpuMs.server, cpuMs.database, cpuMs.client].map(ms)
  return {
    id: 'c',
    title: 'a full hazard action over HTTP',
    measured: `${perSecond(measured.sample.perSecond)} (processor: product ${product}, database ${database}, client ${client})`,
    floor: `${perSecond(floor.sample.perSecond)} bare INSERT commits`,
    ratio,
    aim: '≥ 0.35',
    met: ratio >= 0.35,
    figures: { measured, floor, connections },
  }
}
