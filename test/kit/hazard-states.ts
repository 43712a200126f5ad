import type { Hazard, HazardState } from '#capabilities/hazard/model/index.ts'
import { mergeHazard } from '#capabilities/hazard/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { act, type Crew, sector, stored } from './hazard-acts.ts'
import type { Play } from './hazard-play.ts'

type Step = readonly [action: string, by: keyof Crew, over?: object]

const assign: Step = ['hazard.assign', 'office']
const begin: readonly Step[] = [assign, ['hazard.savePlan', 'principal'], ['hazard.startRectifying', 'principal']]
const finished: readonly Step[] = [...begin, ['hazard.applyAcceptance', 'principal']]
const reviewed: readonly Step[] = [...finished, ['hazard.accept', 'town'], ['hazard.recordReview', 'inspector']]

/** The real actions by which a registered major hazard comes into each state; '…' starts as a unit's own finding. */
const ways: Readonly<Record<Exclude<HazardState, 'merged'>, { from?: 'unit'; steps: readonly Step[] }>> = {
  reported: { from: 'unit', steps: [] },
  rejected: { from: 'unit', steps: [['hazard.reject', 'office']] },
  registered: { steps: [] },
  assigned: { steps: [assign] },
  rectifying: { steps: begin },
  awaitingAcceptance: { steps: finished },
  awaitingReview: { steps: reviewed.slice(0, -1) },
  awaitingClosure: { steps: reviewed },
  closed: { steps: [...reviewed, ['hazard.approveClosure', 'office2']] },
  transferred: { steps: [['hazard.transferOut', 'office']] },
  voided: { steps: [['hazard.void', 'office']] },
}

/** Brings a new hazard of the unit into the state, by real actions of real people. */
export async function hazardIn(
  play: Play,
  crew: Crew,
  unitId: string,
  state: HazardState,
  of: string = sector,
): Promise<Hazard> {
  const way = state === 'merged' ? ways.registered : ways[state]
  const by: Actor = way.from === 'unit' ? crew.principal : crew.office
  const id = await play.register(by, { unitId, sector: of, channel: 'inspection', major: way.from !== 'unit' })
  const { test, judgements } = play
  for (const [action, who, over] of way.steps) {
    await act({ test, actor: crew[who], ...judgements }, id, action, over)
  }
  if (state === 'merged') {
    const other = await hazardIn(play, crew, unitId, 'registered', of)
    const { version } = await stored(test, id)
    const input = { into: other.id, intoVersion: other.version, reason: '同一处隐患重复登记' }
    await test.run(crew.office, mergeHazard, { recordId: id, version, input })
  }
  const hazard = await stored(test, id)
  if (hazard.state !== state) throw new Error(`wanted ${state}, came to ${hazard.state}`)
  return hazard
}
