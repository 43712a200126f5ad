import * as d from '#capabilities/duty/model/index.ts'
import { newId } from '#kernel/ids.ts'
import { county, town } from '#test/kit/hazard-acts.ts'
import { countyWide, type Sides } from '../../oracle/reading.ts'
import type { Driver, Sample, Stage } from './stage.ts'

interface Row {
  readonly id: string
  readonly area: string
  readonly sectors: string[]
  readonly unit_id: string | null
  readonly body_id: string | null
}

const projected = new WeakMap<Stage, Promise<void>>()

/** Items of the town's area, in turns that hold today; made once for the scene. */
async function items(stage: Stage, rule: string): Promise<Row[]> {
  const made = projected.get(stage) ?? stage.product.product.modules.duties.advance({})
  projected.set(stage, made)
  await made
  const { rows } = await stage.product.product.database.pool.query<Row>(
    `select * from duty_item where area = $1 and subject_kind = 'area' and rule like $2
     and start_on <= '2026-06-01' and end_on >= '2026-06-01' order by rule`,
    [town, rule],
  )
  return rows
}

const sidesOf = (row: Row): Sides => ({
  area: row.area,
  sectors: row.sectors,
  unitId: row.unit_id,
  bodies: [row.body_id],
})

async function supervision(stage: Stage): Promise<Row> {
  const [item] = await items(stage, 'town-supervision')
  if (!item) throw new Error('nobody owes the town a supervision')
  return item
}

const facts = { days: ['2026-05-20'], people: '督导组甲、乙', note: '检查了全部部位' }

async function deedInput({ product, crew }: Stage, item: Row) {
  const attachments = [await product.paper(crew.office, 'other')]
  return { itemId: item.id, form: 'supervision', ...facts, attachments }
}

/** A deed the office recorded, on its way to this state by another person of the office. */
async function deedIn(stage: Stage, state: string) {
  const { product, crew } = stage
  const recordId = newId(product.clock.now().getTime())
  const input = await deedInput(stage, await supervision(stage))
  let { version } = await product.run(crew.office, d.recordDeed, { recordId, input })
  if (state === 'counted' || state === 'returned') {
    const word = { accepted: state === 'counted', opinion: '已与签到表核对' }
    version = (await product.run(crew.office2, d.verifyDeed, { recordId, version, input: word })).version
  }
  if (state === 'voided') {
    const why = { reason: '重复填报，予以作废' }
    version = (await product.run(crew.office, d.voidDeed, { recordId, version, input: why })).version
  }
  return { recordId, version }
}

const onDeed =
  (by: 'office' | 'office2', input: object) =>
  async (stage: Stage): Promise<Sample> => ({
    by: stage.crew[by],
    on: await deedIn(stage, 'unverified'),
    input,
    sides: sidesOf(await supervision(stage)),
  })

/** One in each state serves all actions that are refused there. */
const deeds = new Map<string, ReturnType<typeof deedIn>>()

export const deedDriver: Driver = {
  record: 'dutyDeed',
  read: 'duty.read',
  samples: {
    'duty.record': async (stage) => {
      const item = await supervision(stage)
      const input = await deedInput(stage, item)
      return { by: stage.crew.office, input, sides: sidesOf(item), elsewhere: 'duty.itemUnknown' }
    },
    'duty.correct': onDeed('office', { ...facts, days: ['2026-05-21'], reason: '日期记错，按签到表更正' }),
    'duty.verify': onDeed('office2', { accepted: true, opinion: '情况属实' }),
    'duty.void': onDeed('office', { reason: '与另一条重复填报' }),
  },
  inState(stage, state) {
    const made = deeds.get(state) ?? deedIn(stage, state)
    deeds.set(state, made)
    return made
  },
}

const exempting = { from: '2026-01-01', to: '2026-12-31', reason: '全镇移民搬迁，暂不要求' }
let exempted = 0

/** Each exemption is of a duty of its own: one that is exempt already cannot be exempted again. */
async function anotherItem(stage: Stage): Promise<Row> {
  const rows = await items(stage, '%')
  const [item] = rows.filter((_row, at) => at === exempted)
  exempted += 1
  if (!item) throw new Error(`the town owes no ${exempted} duties`)
  return item
}

async function exemption(stage: Stage) {
  const { product, crew } = stage
  const item = await anotherItem(stage)
  const input = { itemId: item.id, ...exempting }
  const { recordId, version } = await product.run(crew.office, d.exemptDuty, { input })
  return { item, on: { recordId, version } }
}

async function ended(stage: Stage) {
  const { on } = await exemption(stage)
  const input = { reason: '搬迁结束，恢复履责' }
  return { ...on, version: (await stage.product.run(stage.crew.office, d.endExemption, { ...on, input })).version }
}

export const exemptionDriver: Driver = {
  record: 'dutyExemption',
  read: 'duty.read',
  samples: {
    'duty.exempt': async (stage) => {
      const item = await anotherItem(stage)
      const input = { itemId: item.id, ...exempting }
      return { by: stage.crew.office, input, sides: sidesOf(item), elsewhere: 'duty.itemUnknown' }
    },
    'duty.endExemption': async (stage) => {
      const { item, on } = await exemption(stage)
      return { by: stage.crew.office, on, input: { reason: '搬迁结束，恢复履责' }, sides: sidesOf(item) }
    },
  },
  inState: (stage, state) => (state === 'ended' ? ended(stage) : exemption(stage).then(({ on }) => on)),
}

const onRule =
  (rule: string, input: object) =>
  async (stage: Stage): Promise<Sample> => {
    await items(stage, rule)
    const { rows } = await stage.product.product.database.pool.query<{ id: string; version: number }>(
      'select id, version from duty_rule where rule = $1',
      [rule],
    )
    const [found] = rows
    if (!found) throw new Error(`no rule ${rule}`)
    const on = { recordId: found.id, version: found.version }
    return { by: stage.crew.office, on, input, sides: countyWide(county) }
  }

/** A rule is a matter of the whole county: who may not administer it does not find it. */
export const ruleDriver: Driver = {
  record: 'dutyRule',
  read: 'duty.administer',
  samples: {
    'duty.adjustRule': onRule('safety-month', {
      from: '2025-01-01',
      until: '2026-12-31',
      reason: '首次活动并入当年消防月',
    }),
    'duty.reproject': onRule('town-supervision', { from: '2025-01-01', reason: '按调整后的日期重新推算' }),
  },
}
