import * as h from '#capabilities/hazard/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { act, type Crew, fillers, sector, stored, town } from '#test/kit/hazard-acts.ts'
import { hazardIn } from '#test/kit/hazard-states.ts'
import type { Driver, Sample, Stage } from './stage.ts'

type By = keyof Crew
type Before = readonly (readonly [action: string, by: By])[]

/** From which state each action is tried, by whom, and what has to have happened besides. */
const ways: Readonly<Record<string, { from: h.HazardState; by: By; general?: true; before?: Before }>> = {
  'hazard.verify': { from: 'reported', by: 'inspector' },
  'hazard.reject': { from: 'reported', by: 'office' },
  'hazard.rejudge': { from: 'registered', by: 'office' },
  'hazard.correct': { from: 'registered', by: 'office' },
  'hazard.assign': { from: 'registered', by: 'office' },
  'hazard.returnAssignment': { from: 'assigned', by: 'department' },
  'hazard.savePlan': { from: 'assigned', by: 'principal' },
  'hazard.setInterim': { from: 'registered', by: 'worker' },
  'hazard.startRectifying': { from: 'assigned', by: 'principal', before: [['hazard.savePlan', 'principal']] },
  'hazard.reportProgress': { from: 'rectifying', by: 'worker' },
  'hazard.fixAtOnce': { from: 'registered', by: 'office', general: true },
  'hazard.applyAcceptance': { from: 'rectifying', by: 'principal' },
  'hazard.accept': { from: 'awaitingAcceptance', by: 'town' },
  'hazard.closeGeneral': { from: 'awaitingAcceptance', by: 'town', general: true },
  'hazard.recordReview': { from: 'awaitingReview', by: 'inspector' },
  'hazard.returnForRework': { from: 'awaitingReview', by: 'office' },
  'hazard.approveClosure': { from: 'awaitingClosure', by: 'office2' },
  'hazard.requestExtension': { from: 'assigned', by: 'principal' },
  'hazard.decideExtension': { from: 'assigned', by: 'office', before: [['hazard.requestExtension', 'principal']] },
  'hazard.extend': { from: 'assigned', by: 'office' },
  'hazard.orderStop': { from: 'registered', by: 'office' },
  'hazard.askResume': { from: 'registered', by: 'principal', before: [['hazard.orderStop', 'office']] },
  'hazard.liftStop': {
    from: 'registered',
    by: 'office',
    before: [
      ['hazard.orderStop', 'office'],
      ['hazard.askResume', 'principal'],
    ],
  },
  'hazard.recordReinspection': { from: 'closed', by: 'office' },
  'hazard.reopen': { from: 'closed', by: 'office' },
  'hazard.merge': { from: 'registered', by: 'town' },
  'hazard.unmerge': { from: 'merged', by: 'town' },
  'hazard.addReport': { from: 'registered', by: 'inspector' },
  'hazard.transferOut': { from: 'registered', by: 'office' },
  'hazard.restore': { from: 'voided', by: 'office' },
  'hazard.void': { from: 'registered', by: 'office' },
}

const sidesOf = (hazard: h.Hazard): Sample['sides'] => ({
  area: hazard.area,
  sectors: [hazard.sector],
  unitId: hazard.unitId,
  bodies: [hazard.leadBodyId, hazard.assignedBodyId],
})

/** The general hazards that a shorter way leads to closing. */
async function generalIn(stage: Stage, state: h.HazardState): Promise<h.Hazard> {
  const { play, crew, unitId, product } = stage
  const id = await play.register(crew.office, { unitId, sector, channel: 'inspection', major: false })
  if (state === 'awaitingAcceptance') {
    const steps = [
      ['hazard.assign', crew.office],
      ['hazard.startRectifying', crew.principal],
      ['hazard.applyAcceptance', crew.principal],
    ] as const
    for (const [action, actor] of steps) await act({ test: product, actor, ...play.judgements }, id, action)
  }
  return stored(product, id)
}

const onHazard =
  (action: string) =>
  async (stage: Stage): Promise<Sample> => {
    const way = ways[action]
    if (!way) throw new Error(`no way to ${action}`)
    const { play, crew, unitId, product } = stage
    const made = way.general ? await generalIn(stage, way.from) : await hazardIn(play, crew, unitId, way.from)
    for (const [step, by] of way.before ?? []) {
      await act({ test: product, actor: crew[by], ...play.judgements }, made.id, step)
    }
    const hazard = await stored(product, made.id)
    const others = action === 'hazard.merge' ? [await hazardIn(play, crew, unitId, 'registered')] : []
    const input = await fillers[action]?.({ test: product, actor: crew[way.by], hazard, ...play.judgements, others })
    if (!input) throw new Error(`no input for ${action}`)
    const on = { recordId: hazard.id, version: hazard.version }
    return { by: crew[way.by], on, input, sides: sidesOf(hazard) }
  }

async function report({ play, crew, unitId, leadBodyId }: Stage): Promise<Sample> {
  const found = { channel: 'inspection', unitId, sector, foundOn: play.today(), judgement: play.judgements.general }
  const sides = { area: town, sectors: [sector], unitId, bodies: [leadBodyId] }
  const input = { ...found, description: '疏散指示标志损坏' }
  return { by: crew.town, input, sides, elsewhere: 'hazard.unitUnknown' }
}

/** A hazard at a place that the directory did not know, and the unit it turns out to be. */
async function link({ product, play, crew, unitId }: Stage): Promise<Sample> {
  const recordId = newId(product.clock.now().getTime())
  const place = { placeName: '河边的仓库', area: town, sector, judgement: play.judgements.general }
  const input = { channel: 'inspection' as const, description: '仓库没有灭火器材', foundOn: play.today(), ...place }
  await product.run(crew.office, h.reportHazard, { recordId, input })
  const hazard = await stored(product, recordId)
  const on = { recordId, version: hazard.version }
  return { by: crew.office, on, input: { unitId, reason: '现场核对营业执照' }, sides: sidesOf(hazard) }
}

const states = new Map<string, Promise<h.Hazard>>()

export const hazardDriver: Driver = {
  record: 'hazard',
  read: 'hazard.read',
  samples: {
    'hazard.report': report,
    'hazard.linkUnit': link,
    ...Object.fromEntries(Object.keys(ways).map((action) => [action, onHazard(action)])),
  },
  /** One in each state serves all actions that are refused there. */
  async inState({ play, crew, unitId, product }, state) {
    const made = states.get(state) ?? hazardIn(play, crew, unitId, state as h.HazardState)
    states.set(state, made)
    const { id, version } = await stored(product, (await made).id)
    return { recordId: id, version }
  },
}

/** Everybody is drawn for re-inspection, so that it can be tried. */
export async function drawEverybody({ product }: Stage, by: Actor, contract: Parameters<typeof product.run>[1]) {
  const input = {
    id: 'hazard.closure.reinspectionShare',
    value: 1,
    instead: 0.1,
    confidence: 'high',
    effectiveFrom: '2026-06-01',
    reason: '试用全部复核',
  }
  await product.run(by, contract, { input })
}
