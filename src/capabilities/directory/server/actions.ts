import { refuse } from '#kernel/errors.ts'
import { boxesFor, can } from '#kernel/grants.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import type { Effect, EffectContext, RegisteredAction } from '#platform/actions/types.ts'
import * as contracts from '../model/index.ts'
import {
  boundsOf,
  directoryErrors,
  directoryPermissions,
  faultWords,
  highRiskBySector,
  isHighRisk,
  likeness,
  type Position,
  positionBounds,
  positionFault,
  postKinds,
  probablySame,
  type ReferenceIndex,
  type Unit,
  type UnitState,
  unitFacets,
} from '../model/index.ts'
import { moved } from './moving.ts'
import { appoint, correctPerson, correctPost, endPost } from './people.ts'
import { candidateUnits, type StandingHazards, unitWithCreditCode } from './store.ts'
import { unitType } from './unit-type.ts'

/** What the effects need of the loaded directory; read at each action, so that a reloaded pack counts at once. */
export interface ReferenceSource {
  readonly index: ReferenceIndex
}

export function unitActions(directory: ReferenceSource, standing: StandingHazards): RegisteredAction[] {
  return [registration(directory), ...corrections(directory, standing), ...posts(), ...states()]
}

function registration(directory: ReferenceSource): RegisteredAction {
  return onCreate(contracts.registerUnit, unitType, async (context, input) => {
    const { principal, controller, confirmNew, ...facts } = input
    checkPlace(directory.index, facts)
    checkPosition(context, facts.position, null)
    await checkCreditCode(context, facts, context.recordId)
    if (!confirmNew) await checkDuplicates(context, facts)
    let unit: Unit = {
      county: context.county,
      id: context.recordId,
      version: 0,
      ...facts,
      sectors: [...new Set(facts.sectors)],
      tags: [...new Set(facts.tags)],
      highRiskOverride: null,
      state: 'active',
      stateReason: '',
      registeredOn: context.today,
      posts: [],
    }
    const title = { title: '', fromDay: context.today }
    if (principal) unit = (await appoint(context, unit, { ...title, kind: 'principal', person: principal })).unit
    if (controller) unit = (await appoint(context, unit, { ...title, kind: 'controller', person: controller })).unit
    const highRisk = isHighRisk(unit, directory.index.highRiskSectors)
    return { record: unit, output: { state: unit.state, highRisk }, summary: `登记单位“${unit.name}”` }
  })
}

function corrections(directory: ReferenceSource, standing: StandingHazards): RegisteredAction[] {
  return [
    onRecord(contracts.editUnit, unitType, async (context, unit, input) => {
      checkPlace(directory.index, input)
      checkPosition(context, input.position, unit.position)
      await checkCreditCode(context, input, unit.id)
      const after: Unit = { ...unit, ...input, sectors: [...new Set(input.sectors)], tags: [...new Set(input.tags)] }
      // Whoever edits must still be allowed to edit afterwards: nobody pushes a unit into another's area or sector.
      if (!can(context.actor, 'directory.editUnit', unitFacets(after), directoryPermissions)) {
        refuse(directoryErrors.movedOutOfScope)
      }
      const move = await moved(context, directory.index, standing, unit, after)
      return {
        record: after,
        output: { state: after.state },
        summary: `修改单位信息：${changes(unit, after)}${move.words}`,
        notices: move.notices,
      }
    }),
    onRecord(contracts.editContacts, unitType, (context, unit, { contacts, address, position = unit.position }) => {
      checkPosition(context, position, unit.position)
      const after: Unit = { ...unit, contacts, address, position }
      return { record: after, output: { state: after.state }, summary: `修改联系方式和位置：${changes(unit, after)}` }
    }),
    onRecord(contracts.setHighRisk, unitType, (context, unit, { value, reason }) => {
      const { highRiskSectors } = directory.index
      const before = unit.highRiskOverride ? unit.highRiskOverride.value : null
      const settled = value === before || (before === null && value === highRiskBySector(unit.sectors, highRiskSectors))
      if (settled) refuse(directoryErrors.overrideSame)
      const override = value === null ? null : { value, reason, by: context.actor.name, on: context.today }
      const after: Unit = { ...unit, highRiskOverride: override }
      const words = value === null ? '恢复按行业认定高危标识' : value ? '认定为高危单位' : '认定为非高危单位'
      return {
        record: after,
        output: { state: after.state, highRisk: isHighRisk(after, highRiskSectors) },
        summary: `${words}：${reason}`,
      }
    }),
  ]
}

function posts(): RegisteredAction[] {
  const single = (kind: 'principal' | 'controller') =>
    onRecord(
      kind === 'principal' ? contracts.setPrincipal : contracts.setController,
      unitType,
      async (context, unit, input) => {
        const { unit: after, post } = await appoint(context, unit, { ...input, kind })
        return {
          record: after,
          output: { state: after.state, personId: post.personId },
          summary: `${postKinds[kind]}登记为${post.personName}`,
        }
      },
    )
  return [
    single('principal'),
    single('controller'),
    onRecord(contracts.addPost, unitType, async (context, unit, input) => {
      const { unit: after, post } = await appoint(context, unit, input)
      return {
        record: after,
        output: { state: after.state, personId: post.personId, postId: post.id },
        summary: `登记任职：${post.personName}，${postKinds[post.kind]}`,
      }
    }),
    onRecord(contracts.endPost, unitType, (context, unit, input) => {
      const { unit: after, post } = endPost(unit, input.postId, input.toDay ?? context.today, context.today)
      return {
        record: after,
        output: { state: after.state },
        summary: `结束任职：${post.personName}，${postKinds[post.kind]}`,
      }
    }),
    onRecord(contracts.editPost, unitType, (context, unit, input) => {
      const { unit: after, post } = correctPost(unit, input, context.today)
      const days = `${post.fromDay}至${post.toDay ?? '今'}`
      return {
        record: after,
        output: { state: after.state },
        summary: `更正任职：${post.personName}，${post.title || postKinds[post.kind]}，${days}`,
      }
    }),
    onRecord(contracts.editPerson, unitType, async (context, unit, input) => {
      const person = await correctPerson(context, unit, input)
      return { record: { ...unit }, output: { state: unit.state }, summary: `修改人员信息：${person.name}` }
    }),
  ]
}

function states(): RegisteredAction[] {
  const move = (unit: Unit, state: UnitState, reason: string, words: string): Effect<Unit, { state: UnitState }> => ({
    record: { ...unit, state, stateReason: reason },
    output: { state },
    summary: `${words}：${reason}`,
  })
  return [
    onRecord(contracts.suspendUnit, unitType, (_context, unit, { reason }) =>
      move(unit, 'suspended', reason, '登记停业停产'),
    ),
    onRecord(contracts.closeUnit, unitType, (_context, unit, { reason }) =>
      move(unit, 'closed', reason, '登记注销关闭'),
    ),
    onRecord(contracts.reopenUnit, unitType, (_context, unit, { reason }) => move(unit, 'active', reason, '恢复在营')),
  ]
}

function checkPlace(index: ReferenceIndex, facts: { area: string; sectors: readonly string[] }): void {
  const area = index.areas.get(facts.area)
  if (!area?.active) {
    const fields = [{ path: 'area', message: directoryErrors.areaUnknown.message }]
    refuse(directoryErrors.areaUnknown, { fields })
  }
  const known = new Set(index.reference.sectors.filter((sector) => sector.active).map((sector) => sector.id))
  const unknown = facts.sectors.filter((sector) => !known.has(sector))
  if (unknown.length > 0) {
    const message = `没有代码为“${unknown.join('、')}”的行业领域，请重新选择`
    refuse(directoryErrors.sectorUnknown, { detail: message, fields: [{ path: 'sectors', message }] })
  }
}

/** A position that stood before is not asked about again: the county's bounds may have been set since. */
function checkPosition(context: EffectContext, position: Position | null, before: Position | null): void {
  if (!position || (position.lng === before?.lng && position.lat === before.lat)) return
  const bounds = boundsOf(context.parameters.numbers(positionBounds, context.today))
  const fault = positionFault(position, bounds)
  if (!fault) return
  const message = faultWords(fault, bounds)
  const def = fault === 'swapped' ? directoryErrors.positionSwapped : directoryErrors.positionOutside
  refuse(def, { detail: message, fields: [{ path: 'position', message }] })
}

async function checkCreditCode(
  context: EffectContext,
  facts: { kind: string; creditCode: string | null },
  unitId: string,
): Promise<void> {
  if (facts.kind !== 'unit' || facts.creditCode === null) return
  const holder = await unitWithCreditCode(context.tx, context.county, facts.creditCode, unitId)
  if (!holder) return
  // The holder is named only to those who may see it; others learn no more than that the code is taken.
  const visible = can(context.actor, 'directory.readUnit', unitFacets(holder), directoryPermissions)
  refuse(directoryErrors.creditCodeTaken, {
    detail: visible
      ? `这个统一社会信用代码已登记在“${holder.name}”名下，请核对；如属同一单位的分场所，类别请选“场所”`
      : '这个统一社会信用代码已登记在您管辖范围以外的单位名下，请联系县安委办核对',
    fields: [{ path: 'creditCode', message: '这个统一社会信用代码已被使用' }],
    ...(visible ? { data: { unitId: holder.id, unitName: holder.name } } : {}),
  })
}

async function checkDuplicates(
  context: EffectContext,
  facts: { name: string; area: string; creditCode: string | null },
): Promise<void> {
  const boxes = boxesFor(context.actor, 'directory.readUnit', directoryPermissions)
  const candidates = await candidateUnits(context.tx, context.county, facts, boxes)
  const likely = candidates
    .map((unit) => ({ id: unit.id, name: unit.name, area: unit.area, ...likeness(facts, unit) }))
    .filter((match) => match.score >= probablySame)
    .sort((a, b) => b.score - a.score)
    .slice(0, 5)
  if (likely.length === 0) return
  refuse(directoryErrors.probableDuplicate, {
    detail: `名录中已有“${likely.map((match) => match.name).join('”“')}”，请核对是否同一单位；确认不是的，勾选“确认不是同一单位”后再提交`,
    data: { similar: likely },
  })
}

const fieldNames = {
  name: '名称',
  creditCode: '信用代码',
  kind: '类别',
  area: '所在乡镇',
  sectors: '行业领域',
  scale: '规模',
  belonging: '隶属',
  tags: '标签',
  address: '地址',
  contacts: '联系人',
  position: '位置',
} as const

function changes(before: Unit, after: Unit): string {
  const keys = Object.keys(fieldNames) as (keyof typeof fieldNames)[]
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
  return changed.length > 0 ? changed.map((key) => fieldNames[key]).join('、') : '内容未变'
}
