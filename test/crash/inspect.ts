import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { projectRoot } from '#platform/config/config.ts'
import { runningEmbedded } from '#platform/db/embedded.ts'
import type { Book } from './writers.ts'

/** Where a product's data lies; without a url in the embedded database of the folder, which must be running. */
export interface Site {
  readonly home: string
  readonly url?: string
}

/** Each of these counts rows that must not exist. */
const never: Readonly<Record<string, string>> = {
  'a hazard whose version is not the number of its actions': `
    select count(*) from hazard h where version <> (select count(*) from action a where a.record_id = h.id)
      or version <> (select max(seq) from action a where a.record_id = h.id)`,
  'an action on a hazard that is not there': `
    select count(*) from action a where record_type = 'hazard' and not exists (select from hazard h where h.id = a.record_id)`,
  'a hazard without a finding': `
    select count(*) from hazard h where not exists (select from hazard_report r where r.hazard_id = h.id)`,
  'a hazard without exactly one span that still holds': `
    select count(*) from hazard h where 1 <> (
      select count(*) from hazard_span s where s.hazard_id = h.id and s.to_day = '9999-12-31')`,
  'a span that does not begin where the one before ended': `
    select count(*) from (select from_day, lag(to_day) over (partition by hazard_id order by seq) as before
      from hazard_span) s where before is not null and before <> from_day`,
  'a notice of an action that never was': `
    select count(*) from notice n where action_id is not null
      and not exists (select from action a where a.id = n.action_id)`,
  'an order or a passed deadline of which nobody was told': `
    select count(*) from action a where a.name in ('hazard.assign', 'hazard.passDeadline')
      and not exists (select from notice n where n.action_id = a.id)`,
  'a notice without exactly one delivery': `
    select count(*) from notice n where 1 <> (select count(*) from delivery d where d.notice_id = n.id)`,
  'a statistic of an action that never was': `
    select count(*) from tally_delta d where not exists (select from action a where a.id = d.action_id)`,
  'a hazard that went overdue without its clock having struck exactly once': `
    select count(*) from hazard h where overdue and (
      1 <> (select count(*) from action a where a.record_id = h.id and a.name = 'hazard.passDeadline')
      or 1 <> (select count(*) from deadline d where d.record_id = h.id and d.rung = 'overdue' and fired_at is not null))`,
  'a clock that struck without its hazard having gone overdue': `
    select count(*) from deadline d join hazard h on h.id = d.record_id
      where d.rung = 'overdue' and fired_at is not null and not h.overdue`,
}

export async function onDatabase<T>({ home, url: known }: Site, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const url = known ?? (await runningEmbedded(home))
  if (!url) throw new Error('no database is running')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Waits until every clock that is due has struck. */
export async function untilStruck(site: Site): Promise<void> {
  for (let waited = 0; waited < 30_000; waited += 500) {
    const left = await onDatabase(site, (client) =>
      client.query('select count(*)::int as n from deadline where fired_at is null and fire_at <= now()'),
    )
    if (left.rows[0].n === 0) return
    await sleep(500)
  }
  throw new Error('a clock that is due does not strike')
}

/** What is wrong with the rows of a running product, in words; empty when nothing is. */
export async function faultsOf(site: Site, book: Book): Promise<string[]> {
  return onDatabase(site, async (client) => {
    const found: string[] = []
    for (const [what, statement] of Object.entries(never)) {
      const n = Number((await client.query(statement)).rows[0]?.count)
      if (n > 0) found.push(`${n} × ${what}`)
    }
    const kept = await client.query(
      'select id, count(*)::int as n from action where id = any($1::uuid[]) group by id',
      [[...book.acknowledged]],
    )
    const lost = book.acknowledged.size - kept.rows.length
    if (lost > 0) found.push(`${lost} × an acknowledged action that is gone`)
    const twice = kept.rows.filter((row) => row.n !== 1).length
    if (twice > 0) found.push(`${twice} × an action carried out twice`)
    return found
  })
}

/** What the product's own commands find: whether its numbers agree with a recount, and whether the audit is whole. */
export function verifyFaults({ home, url }: Site): string[] {
  const faults: string[] = []
  for (const command of ['tally', 'audit']) {
    const main = join(projectRoot, 'src/apps/cli/main.ts')
    const env = { ...process.env, ZHIBEN_HOME: home, ...(url ? { DATABASE_URL: url } : {}) }
    const run = spawnSync(process.execPath, [main, command, 'verify'], { cwd: projectRoot, env, encoding: 'utf8' })
    if (run.status !== 0) faults.push(`zhiben ${command} verify: ${run.stdout.slice(-600)}${run.stderr.slice(-600)}`)
  }
  return faults
}
