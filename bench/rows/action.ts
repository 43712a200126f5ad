import pg from 'pg'
import { newId } from '#kernel/ids.ts'
import type { Visitor } from '#test/kit/served.ts'
import { drive } from '../measure/load.ts'
import { perSecond, type Row } from '../measure/report.ts'
import type { Stage } from '../stage/stage.ts'

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

/** A full action over HTTP against one INSERT per commit, both from ten connections. */
export async function measureAction(stage: Stage, visitor: Visitor, area: string, seconds: number): Promise<Row> {
  const pool = new pg.Pool({ connectionString: stage.url, max: connections })
  await pool.query('create table if not exists bench_insert (id uuid primary key, at timestamptz, text text)')
  const insert = (n: number) =>
    pool.query('insert into bench_insert values ($1, now(), $2)', [newId(Date.now()), finding(n, area).description])
  const floor = await drive(connections, seconds, insert)
  const measured = await drive(connections, seconds, (n) => report(visitor, n, area))
  await pool.query('drop table bench_insert')
  await pool.end()
  const ratio = measured.perSecond / floor.perSecond
  return {
    id: 'c',
    title: 'a full hazard action over HTTP',
    measured: perSecond(measured.perSecond),
    floor: `${perSecond(floor.perSecond)} bare INSERT commits`,
    ratio,
    aim: '≥ 0.35',
    met: ratio >= 0.35,
    figures: { measured, floor, connections },
  }
}
