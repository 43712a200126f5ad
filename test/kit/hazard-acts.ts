import { searchCriteria } from '#capabilities/criteria/model/index.ts'
import * as h from '#capabilities/hazard/model/index.ts'
import { loadHazard } from '#capabilities/hazard/server/store.ts'
import type { AttachmentPurpose } from '#kernel/attachment.ts'
import type { ActionContract } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { addDays, dayOf } from '#kernel/time.ts'
import type { TestProduct } from './product.ts'

/** People who between them can do everything there is to do with a hazard of one town and one sector. */
export interface Crew {
  readonly principal: Actor
  readonly worker: Actor
  readonly town: Actor
  readonly department: Actor
  readonly inspector: Actor
  readonly office: Actor
  readonly office2: Actor
  readonly leader: Actor
}

export const county = '341723'
export const town = '341723101'
export const otherTown = '341723102'
/** A sector with items of its own, so that a major judgement has to name one. */
export const sector = 'civilExplosives'

export async function openCrew(test: TestProduct, unitId: string, bodyId: string): Promise<Crew> {
  const at = { area: county, sectors: null, unitId: null, bodyId: null }
  const office = { ...at, role: 'committeeOffice' as const, bodyId: await officeBody(test) }
  return {
    principal: await test.account('crew-principal', [{ ...at, role: 'unitPrincipal', area: town, unitId }]),
    worker: await test.account('crew-worker', [{ ...at, role: 'unitWorker', area: town, unitId }]),
    town: await test.account('crew-town', [{ ...at, role: 'town', area: town, bodyId: townBody(test, town) }]),
    department: await test.account('crew-department', [{ ...at, role: 'department', bodyId }]),
    inspector: await test.account('crew-inspector', [{ ...at, role: 'inspector', bodyId }]),
    office: await test.account('crew-office', [office]),
    office2: await test.account('crew-office2', [office]),
    leader: await test.as('leader'),
  }
}

export function townBody(test: TestProduct, code: string): string {
  const body = test.product.pack.areas.find((area) => area.code === code)?.body
  if (!body) throw new Error(`${code} has no body`)
  return body
}

async function officeBody(test: TestProduct): Promise<string> {
  const office = (await test.as('anwei')).grants[0]?.bodyId
  if (!office) throw new Error('the committee office has no body')
  return office
}

/** The hazard as it stands, whoever asks. */
export async function stored(test: TestProduct, id: string): Promise<h.Hazard> {
  const found = await loadHazard(test.product.database.db, county, id, false)
  if (!found) throw new Error(`no hazard ${id}`)
  return found
}

/** What an action needs to know to be filled in sensibly. */
export interface Scene {
  readonly test: TestProduct
  readonly actor: Actor
  readonly hazard: h.Hazard
  readonly major: h.JudgementInput
  readonly general: h.JudgementInput
  /** Other hazards this one could be merged into. */
  readonly others: readonly h.Hazard[]
}

type Filler = (scene: Scene) => Promise<Record<string, unknown>> | Record<string, unknown>

const today = (test: TestProduct) => dayOf(test.clock.now())
const papers =
  (purpose: AttachmentPurpose): ((scene: Scene) => Promise<{ attachments: unknown[] }>) =>
  async ({ test, actor }) => ({ attachments: [await test.paper(actor, purpose)] })

export const fullPlan = (deadline: string): h.Plan =>
  h.Plan.parse({
    responsiblePerson: '王建国',
    responsiblePhone: '13800000000',
    measures: [{ kind: 'engineering', text: '更换防爆电机并加装联锁' }],
    fundsYuan: 20000,
    deadline,
    emergencyPlan: '停产撤人并设置警戒',
  })

const review =
  (passed: boolean): Filler =>
  async (scene) => ({
    on: today(scene.test),
    reviewers: ['李志强', '张国平'],
    findings: '现场逐项核对整改措施',
    passed,
    ...(await papers('review')(scene)),
  })

/** One sensible input for every action a person can take on a hazard, by action id. */
export const fillers: Readonly<Record<string, Filler>> = {
  'hazard.verify': ({ general }) => ({ judgement: general, note: '' }),
  'hazard.reject': () => ({ reason: '现场查看没有发现所报问题' }),
  'hazard.rejudge': ({ hazard, major, general }) => ({
    judgement: hazard.level === 'major' ? general : major,
    why: '补充核查后重新判定',
  }),
  'hazard.assign': ({ test, hazard }) => ({
    bodyId: hazard.leadBodyId,
    dueOn: addDays(today(test), 20),
    demand: '按期完成整改',
    interim: '设置警戒，停用设备',
  }),
  'hazard.returnAssignment': () => ({ reason: '不属于本单位职责' }),
  'hazard.savePlan': ({ hazard }) => ({ plan: fullPlan(hazard.dueOn ?? hazard.foundOn) }),
  'hazard.setInterim': () => ({ text: '拉设警戒线专人值守' }),
  'hazard.startRectifying': () => ({ note: '' }),
  'hazard.reportProgress': () => ({ text: '已完成设备采购', percent: 50 }),
  'hazard.fixAtOnce': async (scene) => ({ note: '当场更换完毕', ...(await papers('after')(scene)) }),
  'hazard.applyAcceptance': async (scene) => ({ statement: '各项措施全部完成', ...(await papers('after')(scene)) }),
  'hazard.accept': () => ({ opinion: '资料齐全同意验收' }),
  'hazard.closeGeneral': () => ({ opinion: '整改到位同意销号' }),
  'hazard.recordReview': review(true),
  'hazard.returnForRework': () => ({ reason: '现场仍有遗留问题' }),
  'hazard.approveClosure': () => ({ opinion: '同意销号', document: '池安〔2026〕1号' }),
  'hazard.requestExtension': ({ test, hazard }) => ({ to: later(test, hazard), reason: '设备到货延迟' }),
  'hazard.decideExtension': () => ({ grant: true, note: '情况属实同意' }),
  'hazard.extend': ({ test, hazard }) => ({ to: later(test, hazard), reason: '设备到货延迟' }),
  'hazard.orderStop': () => ({ scope: '一号车间', reason: '存在现实危险', document: '' }),
  'hazard.liftStop': () => ({ opinion: '复查合格同意恢复' }),
  'hazard.recordReinspection': review(true),
  'hazard.reopen': ({ test }) => ({ reason: '复核发现问题反弹', dueOn: addDays(today(test), 15) }),
  'hazard.merge': ({ others }) => {
    const into = others[0]
    return into ? { into: into.id, intoVersion: into.version, reason: '同一处隐患重复登记' } : {}
  },
  'hazard.unmerge': () => ({ reason: '核对后不是同一处隐患' }),
  'hazard.addReport': ({ test }) => ({
    channel: 'publicReport',
    description: '群众再次反映这处隐患',
    foundOn: today(test),
  }),
  'hazard.transferOut': async (scene) => ({
    receiver: '邻县应急管理局',
    reason: '属邻县管辖',
    ...(await papers('order')(scene)),
  }),
  'hazard.restore': () => ({ reason: '核对后确有隐患' }),
  'hazard.correct': ({ hazard }) => ({
    description: `${hazard.description}，补写`,
    why: '登记时漏写情况',
  }),
  'hazard.linkUnit': ({ hazard }) => ({ unitId: hazard.unitId, reason: '现场核对营业执照' }),
  'hazard.askResume': () => ({ statement: '整改完成并经安全评估' }),
  'hazard.void': () => ({ reason: '录入错误的记录' }),
}

const later = (test: TestProduct, hazard: h.Hazard) =>
  addDays(hazard.dueOn && hazard.dueOn > today(test) ? hazard.dueOn : today(test), 10)

const contracts = new Map<string, ActionContract>(
  [...h.findingContracts, ...h.rectifyingContracts, ...h.closingContracts, h.linkUnit].map((contract) => [
    contract.id,
    contract,
  ]),
)
export const contractOf = (id: string): ActionContract => {
  const contract = contracts.get(id)
  if (!contract) throw new Error(`no action ${id}`)
  return contract
}

/** Does one action with a sensible input and answers the hazard afterwards. */
export async function act(scene: Omit<Scene, 'hazard' | 'others'>, id: string, action: string, over: object = {}) {
  const hazard = await stored(scene.test, id)
  const filler = fillers[action]
  if (!filler) throw new Error(`no input for ${action}`)
  const input = { ...(await filler({ ...scene, hazard, others: [] })), ...over }
  await scene.test.run(scene.actor, contractOf(action), { recordId: id, version: hazard.version, input })
  return stored(scene.test, id)
}

export interface Judgements {
  readonly major: h.JudgementInput
  readonly general: h.JudgementInput
}

/** A major judgement by an item that needs no reasons beside it, in force when the tests play. */
export async function judgementsOf(test: TestProduct): Promise<Judgements> {
  const found = await test.ask(await test.as('anwei'), searchCriteria, { sector, on: '2026-06-01' })
  const item = found.rows.find((row) => !row.catchAll)
  if (!item) throw new Error(`no criterion for ${sector}`)
  return {
    // The reason lets the same item serve for a hazard of another sector.
    major: { level: 'major', criterionId: item.id, reason: '现场核实后参照该条判定' },
    general: { level: 'general', criterionId: null, reason: '' },
  }
}
