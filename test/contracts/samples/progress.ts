import * as p from '#capabilities/progress/model/index.ts'
import type { ActionContract } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { county, town, townBody } from '#test/kit/hazard-acts.ts'
import { countyWide } from '../../oracle/reading.ts'
import type { Driver, Sample, Stage } from './stage.ts'
import { raisedOnce } from './task.ts'

interface Row {
  readonly id: string
  readonly version: number
  readonly period: string
  readonly period_id: string
  readonly area: string
  readonly body_id: string
}

const pools = new Map<string, Promise<Row[]>>()

/** The returns of a body that are due, the oldest first; each is used for one purpose. */
async function next(stage: Stage, bodyId: string): Promise<Row> {
  await raisedOnce(stage)
  const { pool } = stage.product.product.database
  const query = () =>
    pool.query<Row>(`select * from progress_return where body_id = $1 and opens_on <= '2026-06-01' order by from_on`, [
      bodyId,
    ])
  const made = pools.get(bodyId) ?? query().then(({ rows }) => rows)
  pools.set(bodyId, made)
  const row = (await made).shift()
  if (!row) throw new Error(`${bodyId} has no more returns`)
  return row
}

const clerk = async (stage: Stage): Promise<Actor> =>
  (await stage.person('progress-clerk', [{ role: 'inspector', area: town, bodyId: townBody(stage.product, town) }]))
    .actor

const words = { progress: '按方案推进，完成本期检查', problems: '无', next: '继续推进' }

type Step = readonly [contract: ActionContract, by: (stage: Stage) => Actor | Promise<Actor>, input: object]
const submit: Step = [p.submitReturn, clerk, words]
const endorse: Step = [p.endorseReturn, ({ crew }) => crew.town, { opinion: '同意报送' }]
const accept: Step = [p.acceptReturn, ({ crew }) => crew.office, { opinion: '同意' }]
const sendBack: Step = [p.sendBackReturn, ({ crew }) => crew.town, { reason: '数字没有核对' }]

const ways: Readonly<Record<string, readonly Step[]>> = {
  due: [],
  submitted: [submit],
  endorsed: [submit, endorse],
  returned: [submit, sendBack],
  accepted: [submit, endorse, accept],
}

const sidesOf = (row: Row) => ({ area: row.area, sectors: null, unitId: null, bodies: [row.body_id] })

async function walk(stage: Stage, row: Row, steps: readonly Step[]) {
  let { version } = row
  for (const [contract, by, input] of steps) {
    version = (await stage.product.run(await by(stage), contract, { recordId: row.id, version, input })).version
  }
  return { recordId: row.id, version }
}

const ofTown = (stage: Stage) => next(stage, townBody(stage.product, town))

const onReturn =
  (from: string, by: Step[1], input: object) =>
  async (stage: Stage): Promise<Sample> => {
    const row = await ofTown(stage)
    return { by: await by(stage), on: await walk(stage, row, ways[from] ?? []), input, sides: sidesOf(row) }
  }

/** What a department hands in its head has signed: there is no clerk before. */
const signed: Step = [p.submitReturn, ({ crew }) => crew.department, words]

const onSigned =
  (steps: readonly Step[], input: object) =>
  async (stage: Stage): Promise<Sample> => {
    const row = await next(stage, stage.leadBodyId)
    return { by: stage.crew.office, on: await walk(stage, row, steps), input, sides: sidesOf(row) }
  }

/** A town has few returns: one of each state serves all actions that are refused there. */
const inStates = new Map<string, ReturnType<typeof walk>>()

/** The town's return of the quarter that runs: nobody can have handed it in yet. */
async function notYetOpen(stage: Stage) {
  await raisedOnce(stage)
  const { rows } = await stage.product.product.database.pool.query<Row>(
    'select * from progress_return where body_id = $1 order by from_on desc limit 1',
    [townBody(stage.product, town)],
  )
  const [row] = rows
  if (!row) throw new Error('the town owes no return')
  return { recordId: row.id, version: row.version }
}

export const returnDriver: Driver = {
  record: 'progressReturn',
  read: 'progress.read',
  samples: {
    'progress.submit': onReturn('due', clerk, words),
    'progress.endorse': onReturn('submitted', ({ crew }) => crew.town, { opinion: '同意报送' }),
    'progress.return': onReturn('submitted', ({ crew }) => crew.town, { reason: '数字没有核对' }),
    'progress.accept': onSigned([signed], { opinion: '同意' }),
    'progress.chase': onSigned([], { words: '请尽快报送' }),
    'progress.correct': onSigned([signed], { number: 'hazard.found', to: 77, reason: '漏计七十七条，已核实' }),
  },
  inState(stage, state) {
    if (state === 'due') return notYetOpen(stage)
    const made = inStates.get(state) ?? ofTown(stage).then((row) => walk(stage, row, ways[state] ?? []))
    inStates.set(state, made)
    return made
  },
}

/** Periods of which no return is used here: locking one locks all its returns. */
async function period(stage: Stage, nth: number) {
  await raisedOnce(stage)
  const { rows } = await stage.product.product.database.pool.query<{ id: string; version: number }>(
    'select id, version from progress_period order by from_on desc offset $1 limit 1',
    [nth],
  )
  const [found] = rows
  if (!found) throw new Error(`there are no ${nth} periods`)
  return { recordId: found.id, version: found.version }
}

/** A period is the county's: who sees only their own return does not find it. */
export const periodDriver: Driver = {
  record: 'progressPeriod',
  read: 'progress.read',
  samples: {
    'progress.lockPeriod': async (stage) => ({
      by: stage.crew.office,
      on: await period(stage, 1),
      input: {},
      sides: countyWide(county),
    }),
  },
}
