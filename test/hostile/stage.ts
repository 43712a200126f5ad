import { addBodyPost } from '#capabilities/directory/model/index.ts'
import type { HazardState } from '#capabilities/hazard/model/index.ts'
import { ledgerRig, row, workbook } from '#capabilities/ledgerimport/server/ledger.rig.ts'
import { proposeListing } from '#capabilities/listing/model/index.ts'
import { saveFilter } from '#capabilities/lists/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { batchStage } from '#test/kit/batches.ts'
import { type Crew, county, openCrew, otherTown, sector, stored, town, townBody } from '#test/kit/hazard-acts.ts'
import { openPlay } from '#test/kit/hazard-play.ts'
import { hazardIn } from '#test/kit/hazard-states.ts'
import type { TestProduct } from '#test/kit/product.ts'
import type { Web } from '#test/kit/web.ts'
import type { Targets } from './attack.ts'
import type { Pool } from './shapes.ts'

/** Somebody who sends wrong things: what they may do, and the cookie they do it with. */
export interface Sender {
  readonly name: string
  readonly actor: Actor | undefined
  readonly cookie: string
}

export interface HostileStage {
  readonly pool: Pool
  readonly targets: Targets
  readonly senders: readonly Sender[]
  /** Who holds nothing worth keeping: for operations that end a session. */
  readonly spare: Sender
}

const states: readonly HazardState[] = [
  'reported',
  'registered',
  'registered',
  'assigned',
  'rectifying',
  'awaitingAcceptance',
  'awaitingReview',
  'awaitingClosure',
  'closed',
  'merged',
  'voided',
]

async function fillHazards(test: TestProduct): Promise<Crew> {
  const unitId = await test.unit('青阳县试验民爆器材有限公司', town, sector)
  const play = await openPlay(test)
  const first = await play.register(await test.as('anwei'), { unitId, sector, channel: 'inspection', major: true })
  const crew = await openCrew(test, unitId, (await stored(test, first)).leadBodyId)
  const made: string[] = []
  for (const state of states) made.push((await hazardIn(play, crew, unitId, state)).id)
  const input = { hazardId: made[1] ?? '', level: 'county' as const, reason: '危害较大，整改难度大', document: '' }
  await test.run(crew.department, proposeListing, { input })
  return crew
}

/** At least one record of every type people act on. */
async function fillOthers(test: TestProduct, crew: Crew): Promise<void> {
  const batches = await batchStage(test)
  await batches.ordered(1, 2025)
  await batches.chosen(1)
  await test.account('victim', [{ role: 'auditor', area: county }])
  const filter = { list: 'hazards', name: '逾期的', filter: { overdue: true } }
  for (const actor of [crew.office, crew.town]) await test.run(actor, saveFilter, { input: filter })
  const person = { name: '张建国', phone: '13900000000', kind: 'deputy' as const, title: '分管负责人' }
  await test.run(crew.office, addBodyPost, { input: { bodyId: 'emergency-management', ...person } })
  const rig = ledgerRig(test)
  const bytes = await workbook([row('皮带机没有防护罩'), row('灭火器过期')])
  for (const name of ['台账.xlsx', '另一本.xlsx']) await rig.start(bytes, crew.office, name)
}

/** Files sent in and not used yet, which the forms may name. */
async function papers(test: TestProduct, actors: readonly Actor[]): Promise<string[]> {
  const ids: string[] = []
  for (const actor of actors) {
    for (const purpose of ['before', 'after', 'review', 'order'] as const) {
      ids.push((await test.paper(actor, purpose)).uploadId)
    }
  }
  return ids
}

export async function openHostileStage(test: TestProduct, web: Web): Promise<HostileStage> {
  const crew = await fillHazards(test)
  await fillOthers(test, crew)
  const people: [string, Actor][] = [
    ...Object.entries(crew),
    ['admin', await test.as('admin')],
    ['auditor', await test.as('auditor')],
  ]
  const stranger = await test.account('stranger', [
    { role: 'town', area: otherTown, bodyId: townBody(test, otherTown) },
  ])
  people.push(['stranger', stranger])
  const { pool } = test.product.database
  const logins = new Map(
    (await pool.query<{ id: string; login: string }>('select id, login from account')).rows.map(({ id, login }) => [
      id,
      login,
    ]),
  )
  const senders: Sender[] = []
  for (const [at, [name, actor]] of people.entries()) {
    const { cookie } = await web.signIn(logins.get(actor.accountId) ?? '', undefined, {
      remoteAddress: `10.40.${at}.1`,
    })
    senders.push({ name, actor, cookie })
  }
  const nobody = { actor: undefined, name: 'nobody' }
  const wrongCookies = [
    '',
    `zhiben_session=${'A'.repeat(43)}`,
    `zhiben_session=%00'--; zhiben_session=${'x'.repeat(3000)}`,
  ]
  senders.push(...wrongCookies.map((cookie) => ({ ...nobody, cookie })))
  const spare = await test.account('spare', [{ role: 'auditor', area: county }])
  const { cookie } = await web.signIn('spare', undefined, { remoteAddress: '10.41.0.1' })
  const held = new Set([...people.map(([, { accountId }]) => accountId), spare.accountId])
  const uploads = await papers(test, [crew.office, crew.principal, crew.department, crew.inspector, crew.town])
  return {
    ...(await recordsOf(test, held, uploads)),
    senders,
    spare: { name: 'spare', actor: spare, cookie },
  }
}

/** Every record there is, by its audit; the accounts of the senders stay out, or nobody would be left to send. */
async function recordsOf(test: TestProduct, held: ReadonlySet<string>, uploads: readonly string[]) {
  const { rows } = await test.product.database.pool.query<{ type: string; id: string; version: number }>(
    'select record_type as type, record_id as id, max(seq)::int as version from action group by 1, 2 order by 2',
  )
  const records = rows.filter(({ id }) => !held.has(id))
  const byType = Map.groupBy(records, ({ type }) => type)
  const idsOf = (type: string) => (byType.get(type) ?? []).map(({ id }) => id)
  const hazards = idsOf('hazard')
  const pool: Pool = {
    ids: {
      unitid: idsOf('unit'),
      hazardid: hazards,
      hazardids: hazards,
      into: hazards,
      uploadid: uploads,
      '': records.map(({ id }) => id),
    },
  }
  return { pool, targets: (type: string) => (type === '' ? records : (byType.get(type) ?? [])) }
}
