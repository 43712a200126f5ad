import * as d from '#capabilities/directory/model/index.ts'
import { loadUnit } from '#capabilities/directory/server/store.ts'
import { ledgerRig, workbook } from '#capabilities/ledgerimport/server/ledger.rig.ts'
import { creditCodeCheckDigit } from '#kernel/chinese/codes.ts'
import type { ActionContract } from '#kernel/contract.ts'
import { county, sector, town } from '#test/kit/hazard-acts.ts'
import type { Driver, Sample, Stage } from './stage.ts'

const reason = { reason: '企业来函并经现场核实' }
const person = { name: '赵志远', phone: '13856601234' }

let serial = 5_000_000

const facts = () => {
  serial += 1
  const first17 = `91${county}MA${serial}`
  const creditCode = first17 + creditCodeCheckDigit(first17)
  const name = `青阳县试验机械${serial}号厂`
  return { name, creditCode, kind: 'unit', area: town, sectors: [sector], scale: 'small', confirmNew: true }
}

const stored = async ({ product }: Stage, id: string) => {
  const unit = await loadUnit(product.product.database.db, county, id, false)
  if (!unit) throw new Error('the unit is gone')
  return unit
}

async function unit(stage: Stage): Promise<d.Unit> {
  serial += 1
  return stored(stage, await stage.product.unit(`青阳县试验用户${serial}号厂`, town, sector))
}

async function after(stage: Stage, contract: ActionContract): Promise<d.Unit> {
  const { id, version } = await unit(stage)
  await stage.product.run(stage.crew.office, contract, { recordId: id, version, input: reason })
  return stored(stage, id)
}

const sidesOf = ({ id, area, sectors }: d.Unit): Sample['sides'] => ({ area, sectors, unitId: id, bodies: [] })

const sample =
  (input: object | ((of: d.Unit) => object), of: (stage: Stage) => Promise<d.Unit> = unit) =>
  async (stage: Stage): Promise<Sample> => {
    const made = await of(stage)
    const on = { recordId: made.id, version: made.version }
    const given = typeof input === 'function' ? input(made) : input
    return { by: stage.crew.town, on, input: given, sides: sidesOf(made) }
  }

const principalOf = ({ posts }: d.Unit) => posts[0] ?? { id: '', personId: '' }

async function register({ crew }: Stage): Promise<Sample> {
  const sides = { area: town, sectors: [sector], unitId: null, bodies: [] }
  return { by: crew.town, input: facts(), sides }
}

const inState = async (stage: Stage, state: string) => {
  const { id, version } = await (state === 'active'
    ? unit(stage)
    : after(stage, state === 'closed' ? d.closeUnit : d.suspendUnit))
  return { recordId: id, version }
}

export const directoryDriver: Driver = {
  record: 'unit',
  read: 'directory.readUnit',
  samples: {
    'directory.registerUnit': register,
    'directory.editUnit': sample(({ name, creditCode }) => ({ ...facts(), name: `${name}（改）`, creditCode })),
    'directory.editContacts': sample({ contacts: [], address: '木镇镇河东路8号' }),
    'directory.setHighRisk': sample({ value: false, ...reason }),
    'directory.setPrincipal': sample({ person }),
    'directory.setController': sample({ person }),
    'directory.addPost': sample({ person, kind: 'safetyOfficer' }),
    'directory.endPost': sample((of) => ({ postId: principalOf(of).id })),
    'directory.editPost': sample((of) => ({ postId: principalOf(of).id, title: '总经理', fromDay: '2026-05-04' })),
    'directory.editPerson': sample((of) => ({ personId: principalOf(of).personId, name: '钱永安' })),
    'directory.suspendUnit': sample(reason),
    'directory.closeUnit': sample(reason),
    'directory.reopenUnit': sample(reason, (stage) => after(stage, d.suspendUnit)),
  },
  inState,
}

/** The county's own word on whether a town is supervised; every signed-in account may read it. */
async function supervise({ product }: Stage): Promise<Sample> {
  const by = await product.as('anwei')
  const { areas } = await product.ask(by, d.listSupervision, {})
  const area = areas.find(({ code }) => code === town)
  if (!area) throw new Error('the town is not supervised')
  const on = { recordId: area.id, version: area.version }
  const input = { value: false, bodyId: null, reason: '管理体制调整，县政府会议明确' }
  return { by, on, input, sides: { area: town, sectors: null, unitId: null, bodies: [] } }
}

export const areaDriver: Driver = {
  record: 'area',
  read: 'session',
  samples: { 'directory.setSupervision': supervise },
}

const atBody = ({ leadBodyId }: Stage) => {
  serial += 1
  return { name: `孙志和${serial}号`, bodyId: leadBodyId, kind: 'liaison' as const, fromDay: '2026-05-01' }
}
const sidesOfBody = ({ leadBodyId }: Stage): Sample['sides'] => {
  return { area: county, sectors: null, unitId: null, bodies: [leadBodyId] }
}

const addBodyPost = async (stage: Stage): Promise<Sample> => ({
  by: stage.crew.office,
  input: atBody(stage),
  sides: sidesOfBody(stage),
})

const bodyPost =
  (input: (holding: ReturnType<typeof atBody>) => object) =>
  async (stage: Stage): Promise<Sample> => {
    const by = stage.crew.office
    const { bodyId, ...holding } = atBody(stage)
    const { recordId, version } = await stage.product.run(by, d.addBodyPost, { input: { bodyId, ...holding } })
    return { by, on: { recordId, version }, input: input({ bodyId, ...holding }), sides: sidesOfBody(stage) }
  }

/** One phone book of all bodies: who may not change it is told so, whatever they see of it. */
export const bodyPostDriver: Driver = {
  record: 'bodyPost',
  read: 'session',
  samples: {
    'directory.addBodyPost': addBodyPost,
    'directory.editBodyPost': bodyPost(({ name, kind }) => ({ name, kind, fromDay: '2026-05-04', title: '科长' })),
    'directory.endBodyPost': bodyPost(() => ({ toDay: '2026-05-20' })),
  },
}

/** The list is the caller's own upload: for anybody else there is none. */
async function importList(stage: Stage): Promise<Sample> {
  const { crew, product } = stage
  const bytes = await workbook([['某单位', '', '']], [], ['单位名称', '所在乡镇', '行业领域'])
  const uploadId = await ledgerRig(product).upload(bytes, '名录.xlsx', crew.town)
  const input = { uploadId, mapping: { name: 0, area: 1, sectors: 2 }, skip: 0, take: 1 }
  const sides = { area: county, sectors: null, unitId: null, bodies: [], owner: crew.town.accountId }
  return { by: crew.town, input, sides, elsewhere: 'directory.importUnreadable' }
}

export const unitImportDriver: Driver = {
  record: 'unitImport',
  read: 'directory.importUnits',
  samples: { 'directory.importUnits': importList },
}
