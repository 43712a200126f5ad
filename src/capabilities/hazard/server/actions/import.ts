import type { z } from 'zod'
import { refuse } from '#kernel/errors.ts'
import { newId } from '#kernel/ids.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import type { RegisteredAction } from '#platform/actions/types.ts'
import {
  hazardErrors as e,
  type Hazard,
  importClosure,
  importHazard,
  missingElements,
  Plan,
} from '../../model/index.ts'
import type { HazardDeps } from '../deps.ts'
import { hazardRecord } from '../record-type.ts'
import { closedNow } from './closing.ts'
import { freshHazard, newReport, placeOf } from './find.ts'

const stateFor = {
  open: 'assigned',
  rectifying: 'rectifying',
  rectified: 'awaitingAcceptance',
  closed: 'rectifying',
} as const

function planOf(input: z.output<typeof importHazard.input>): Plan {
  const { responsiblePerson, responsiblePhone, fundsYuan, fundsNote, emergencyPlan, dueOn } = input
  const measures = input.measures ? [{ kind: 'management' as const, text: input.measures, done: false }] : []
  const who = { responsiblePerson, responsiblePhone }
  return Plan.parse({ ...who, measures, fundsYuan, fundsNote, deadline: dueOn, emergencyPlan })
}

/** Takes a ledger row over with its own dates: it counts from the day it was found, not from the day of import. */
const takeOver = (deps: HazardDeps): RegisteredAction =>
  onCreate(importHazard, hazardRecord, async (context, input) => {
    if (input.foundOn > context.today) refuse(e.foundLater)
    const place = await placeOf(deps, context, input)
    const { dueOn } = input
    const plan = planOf(input)
    const fresh = await freshHazard(deps, context, {
      ...place,
      area: input.area,
      sector: input.sector,
      level: input.level,
      channel: input.channel,
      state: dueOn === null && input.progress === 'open' ? 'registered' : stateFor[input.progress],
      description: input.description,
      location: '',
      foundOn: input.foundOn,
      judgement: {
        kind: 'ledger',
        criterionId: null,
        documentId: null,
        text: input.criterionText,
        reason: '由台账导入，按台账所列判定',
        on: input.foundOn,
        by: context.actor.name,
      },
    })
    const { sector, channel, source, description, foundOn } = input
    const first = newReport(
      context,
      { channel, area: input.area, sector, foundOn, source, description },
      newId(context.now.getTime()),
    )
    const record: Hazard = {
      ...fresh,
      registeredOn: input.foundOn,
      assignedBodyId: fresh.state === 'registered' ? null : fresh.leadBodyId,
      issuerBodyId: fresh.state === 'registered' ? null : fresh.leadBodyId,
      dueOn,
      listing: input.listing,
      planComplete: missingElements(plan).length === 0,
      reports: [first],
      detail: {
        ...fresh.detail,
        plan,
        ledger: { file: input.file, row: input.row, key: input.key, notes: input.notes },
      },
    }
    return {
      record,
      output: { state: record.state, number: record.number },
      summary: `由台账“${input.file}”第${input.row}行导入`,
      effectiveOn: input.foundOn,
    }
  })

const ledgerClosure: RegisteredAction = onRecord(importClosure, hazardRecord, (context, hazard, input) => {
  if (input.on > context.today || input.on < hazard.foundOn) {
    refuse(e.foundLater, { detail: `销号日期须在发现日期 ${hazard.foundOn} 与今天之间` })
  }
  return {
    record: closedNow(hazard, context, 'ledger', input.words, '', input.on),
    output: { state: 'closed' },
    summary: `台账记载 ${input.on} 已销号：${input.words}`,
    effectiveOn: input.on,
  }
})

export const importingActions = (deps: HazardDeps): RegisteredAction[] => [takeOver(deps), ledgerClosure]
