import * as l from '#capabilities/ledger/model/index.ts'
import { ledgerRig, workbook } from '#capabilities/ledgerimport/server/ledger.rig.ts'
import { county, town, townBody } from '#test/kit/hazard-acts.ts'
import type { Driver, Sample, Stage } from './stage.ts'

let serial = 0
const next = () => {
  serial += 1
  return serial
}

const tractors = 'variant-tractors'
const ofTractors: Sample['sides'] = {
  area: town,
  sectors: ['farmMachinery'],
  unitId: null,
  bodies: ['agriculture-rural-water'],
}
const tractor = () => {
  const fields = { owner: { name: '王建国' } }
  return { ledger: tractors, title: `皖R${70_000 + next()}`, area: town, listedOn: '2024-03-01', fields }
}

async function added(stage: Stage, input: object) {
  const { product, crew } = stage
  const { recordId, version } = await product.run(crew.town, l.addItem, { input: input as never })
  return { recordId, version }
}

const onTractor =
  (input: (stage: Stage) => object | Promise<object>) =>
  async (stage: Stage): Promise<Sample> => ({
    by: stage.crew.town,
    on: await added(stage, tractor()),
    input: await input(stage),
    sides: ofTractors,
  })

/** A workshop to be closed, step by step; of no sector, and so of its town alone. */
async function reach(stage: Stage): Promise<Sample> {
  const body = townBody(stage.product, town)
  const fields = { why: '无证照且设施简陋，整改无望' }
  const on = await added(stage, { ledger: 'scattered-closure', title: `某作坊${next()}号`, area: town, fields })
  const sides = { area: town, sectors: [], unitId: null, bodies: [body] }
  return { by: stage.crew.town, on, input: { milestone: 'powered', note: '已停电停水' }, sides }
}

export const ledgerItemDriver: Driver = {
  record: 'ledgerItem',
  read: 'ledger.read',
  samples: {
    'ledger.add': async ({ crew }) => ({ by: crew.town, input: tractor(), sides: ofTractors }),
    'ledger.edit': onTractor(() => ({ fields: { owner: { name: '李国平' } }, reason: '所有人登记有误' })),
    'ledger.move': onTractor(() => ({
      move: 'stop',
      on: '2026-05-20',
      fields: { stoppedOn: '2026-05-20' },
      reason: '主动停用',
    })),
    'ledger.reach': reach,
    'ledger.addEvidence': onTractor(async ({ product, crew }) => ({
      attachments: [await product.paper(crew.town, 'other')],
      note: '补充行驶证照片',
    })),
    'ledger.void': onTractor(() => ({ reason: '同一台车登记了两次' })),
  },
}

const zeroSides = (ledger: string, { product }: Stage): Sample['sides'] => {
  const made = product.product.pack.ledgers.find(({ id }) => id === ledger)
  return { area: town, sectors: made?.sectors ?? null, unitId: null, bodies: made?.body ? [made.body] : [] }
}
const statement = '经逐村排查，辖区内没有此类对象'

async function lift(stage: Stage): Promise<Sample> {
  const by = stage.crew.town
  const input = { ledger: 'reservoir-repairs', area: town, statement }
  const { recordId, version } = await stage.product.run(by, l.confirmZero, { input })
  const sides = zeroSides('reservoir-repairs', stage)
  return { by, on: { recordId, version }, input: { reason: '又查出一座' }, sides }
}

export const ledgerZeroDriver: Driver = {
  record: 'ledgerZero',
  read: 'ledger.confirmZero',
  samples: {
    'ledger.confirmZero': async (stage) => ({
      by: stage.crew.town,
      input: { ledger: 'fishing-boats', area: town, statement },
      sides: zeroSides('fishing-boats', stage),
    }),
    'ledger.liftZero': lift,
  },
}

export const ledgerFreezeDriver: Driver = {
  record: 'ledgerFreeze',
  read: 'ledger.freeze',
  samples: {
    'ledger.freeze': async ({ crew }) => ({
      by: crew.office,
      input: { ledger: tractors, on: '2024-03-31', reason: '以三月底摸排结果为准' },
      sides: { area: county, sectors: null, unitId: null, bodies: [] },
    }),
  },
}

/** The sheet is the caller's own upload: for anybody else there is none. */
async function sheetOf({ product, crew }: Stage) {
  const bytes = await workbook([[`皖R${80_000 + next()}`, '木镇镇', '王建国']], [], ['号牌号码', '乡镇', '所有人'])
  return { ledger: tractors, uploadId: await ledgerRig(product).upload(bytes, '变型拖拉机.xlsx', crew.town) }
}
const sheetSides = ({ crew }: Stage): Sample['sides'] => ({
  area: county,
  sectors: null,
  unitId: null,
  bodies: [],
  owner: crew.town.accountId,
})

async function begun(stage: Stage) {
  const { product, crew } = stage
  const { recordId, version } = await product.run(crew.town, l.startSheetImport, { input: await sheetOf(stage) })
  return { recordId, version }
}

async function resumed(stage: Stage): Promise<Sample> {
  const { product, crew } = stage
  const first = await begun(stage)
  const { recordId, version } = await product.run(crew.town, l.pauseSheetImport, { ...first, input: {} })
  return { by: crew.town, on: { recordId, version }, input: {}, sides: sheetSides(stage) }
}

export const ledgerSheetDriver: Driver = {
  record: 'ledgerSheet',
  read: 'ledger.import',
  samples: {
    'ledger.startImport': async (stage) => ({
      by: stage.crew.town,
      input: await sheetOf(stage),
      sides: sheetSides(stage),
      elsewhere: 'ledger.unreadable',
    }),
    'ledger.pauseImport': async (stage) => ({
      by: stage.crew.town,
      on: await begun(stage),
      input: {},
      sides: sheetSides(stage),
    }),
    'ledger.resumeImport': resumed,
  },
}
