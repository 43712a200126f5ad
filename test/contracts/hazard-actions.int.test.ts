import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Hazard, type HazardState, hazardLifecycle, hazardStateIds } from '#capabilities/hazard/model/index.ts'
import { hazardFacets } from '#capabilities/hazard/server/record-type.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import {
  type Crew,
  contractOf,
  county,
  fillers,
  openCrew,
  otherTown,
  sector,
  stored,
  town,
  townBody,
} from '#test/kit/hazard-acts.ts'
import { openPlay, type Play } from '#test/kit/hazard-play.ts'
import { hazardIn } from '#test/kit/hazard-states.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'

let product: TestProduct
let play: Play
let crew: Crew
let auditor: Actor
let stranger: Actor
let bare: Actor
const inState = new Map<HazardState, Hazard>()

beforeAll(async () => {
  product = await openTestProduct('2026-06-01T09:00:00')
  play = await openPlay(product)
  const unitId = await product.unit('青阳县试验民爆器材有限公司', town, sector)
  const first = await play.register(await product.as('anwei'), { unitId, sector, channel: 'inspection', major: true })
  crew = await openCrew(product, unitId, (await stored(product, first)).leadBodyId)
  for (const state of hazardStateIds) inState.set(state, await hazardIn(play, crew, unitId, state))
  auditor = await product.as('auditor')
  const elsewhere = { area: otherTown, bodyId: townBody(product, otherTown) }
  stranger = await product.account('stranger', [{ role: 'town', ...elsewhere }])
  bare = { county, accountId: newId(0), personId: null, name: '没有授权的账号', grants: [] }
}, 120_000)
afterAll(() => product?.close())

/** Inputs only need the right shape here: what is refused never looks at a file. */
const shapesOnly = (): TestProduct => ({
  ...product,
  paper: async (_actor, purpose) => ({ uploadId: newId(product.clock.now().getTime()), purpose }),
})

async function refused(actor: Actor, action: string, hazard: Hazard, version = hazard.version): Promise<string> {
  const others = [inState.get('registered')].filter((other): other is Hazard => other !== undefined)
  const input = await fillers[action]?.({ test: shapesOnly(), actor, hazard, ...play.judgements, others })
  return refusalOf(product.run(actor, contractOf(action), { recordId: hazard.id, version, input }))
}

const at = (state: HazardState | undefined): Hazard => {
  const hazard = state && inState.get(state)
  if (!hazard) throw new Error(`no hazard in ${state}`)
  return hazard
}

/** Somebody of the crew who may do it, so that nothing but the state or the version can be the reason. */
function permitted(action: string, hazard: Hazard): Actor {
  const { permission } = contractOf(action)
  const found = Object.values(crew).find((actor: Actor) => product.context(actor).can(permission, hazardFacets(hazard)))
  if (!found) throw new Error(`nobody may ${action}`)
  return found
}

const rows = hazardLifecycle.transitions.filter(({ action }) => action in fillers)

test('every action a person can take on a hazard stands in the lifecycle and has an input here', () => {
  const actions = product.product.modules.all.flatMap((module) => module.actions ?? [])
  const personal = actions.filter(
    ({ contract }) => contract.record === 'hazard' && !contract.internal && !contract.creates,
  )
  expect(personal.map(({ contract }) => contract.id).sort()).toEqual(rows.map(({ action }) => action).sort())
})

describe.each(rows)('$action', ({ action, from }) => {
  test('is refused as wrong state in every state its table does not name', async () => {
    for (const state of hazardStateIds.filter((id) => !from.includes(id))) {
      const hazard = at(state)
      expect(await refused(permitted(action, hazard), action, hazard), state).toBe('core.wrongState')
    }
  })

  test('is refused to those who only read, and unknown to those who may not even see', async () => {
    const hazard = at(from[0])
    expect(await refused(auditor, action, hazard)).toBe('core.notAllowed')
    expect(await refused(stranger, action, hazard)).toBe('core.notFound')
    expect(await refused(bare, action, hazard)).toBe('core.notFound')
  })

  test('is refused on an old version, and on a record that is not there', async () => {
    const hazard = at(from[0])
    expect(await refused(permitted(action, hazard), action, hazard, hazard.version - 1)).toBe('core.staleVersion')
    const nowhere = { ...hazard, id: newId(product.clock.now().getTime()) }
    expect(await refused(crew.office, action, nowhere)).toBe('core.notFound')
  })
})

test('nothing that was refused left a trace on the records', async () => {
  for (const [state, hazard] of inState) {
    const now = await stored(product, hazard.id)
    if (state === 'registered') continue
    expect(now.version, state).toBe(hazard.version)
  }
})
