import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import pg from 'pg'
import { projectRoot } from '#platform/config/config.ts'
import { runningEmbedded } from '#platform/db/embedded.ts'
import type { Book } from './writers.ts'

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

export async function onDatabase<T>(home: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const url = await runningEmbedded(home)
  if (!url) throw new Error('no database is running')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** What is wrong with the database of a running product, in words; empty when nothing is. */
export async function faultsOf(home: string, book: Book): Promise<string[]> {
  const faults = await onDatabase(home, async (client) => {
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
  for (const command of [
    ['tally', 'verify'],
    ['audit', 'verify'],
  ]) {
    const main = join(projectRoot, 'src/apps/cli/main.ts')
    const env = { ...process.env, ZHIBEN_HOME: home }
    const run = spawnSync(process.execPath, [main, ...command], { cwd: projectRoot, env, encoding: 'utf8' })
    if (run.status !== 0) faults.push(`zhiben ${command.join(' ')}: ${run.stdout.slice(-600)}${run.stderr.slice(-600)}`)
  }
  return faults
}
