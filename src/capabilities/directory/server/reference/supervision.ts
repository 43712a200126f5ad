import { refuse } from '#kernel/errors.ts'
import { onRecord } from '#platform/actions/carry-out.ts'
import type { RecordType, RegisteredAction } from '#platform/actions/types.ts'
import { answer, type RegisteredQuery } from '#platform/module/module.ts'
import { directoryErrors as e, listSupervision, type SupervisedArea, setSupervision } from '../../model/index.ts'
import type { LoadedDirectory } from '../directory.ts'
import { loadArea, saveArea, supervisedAreas } from './store.ts'

/** An area as the runner reads and writes it: only the county's own word on it ever changes here. */
export const areaType: RecordType<SupervisedArea> = {
  type: 'area',
  title: '区域',
  readPermission: 'session',
  load: loadArea,
  save: saveArea,
  facets: (area) => ({ area: area.code, sectors: null, unitId: null, bodyIds: [] }),
  label: (area) => area.name,
}

/** Actions after which the reference data must be read anew. */
export const referenceActionIds: ReadonlySet<string> = new Set([setSupervision.id])

export const supervisionActions = (directory: LoadedDirectory): RegisteredAction[] => [
  onRecord(setSupervision, areaType, (context, area, { value, bodyId, reason }) => {
    if (area.level !== 'town') refuse(e.areaNotTown)
    if (bodyId !== null && !directory.index.reference.bodies.some((body) => body.active && body.id === bodyId)) {
      refuse(e.bodyUnknown, { fields: [{ path: 'bodyId', message: e.bodyUnknown.message }] })
    }
    const other = bodyId === area.plannedBodyId ? null : bodyId
    // Saying what the plan says anyway is no word of the county's own.
    const own = value === null || (value === area.planned && other === null) ? null : { value, bodyId: other }
    const before = area.supervision
    if (own?.value === before?.value && own?.bodyId === before?.bodyId) refuse(e.supervisionSame)
    const supervision = own && { ...own, reason, by: context.actor.name, on: context.today }
    const supervised = own?.value ?? area.planned
    const body = other === null ? '' : `，属地机构为${directory.bodyName(area.county, other)}`
    const words = own ? `${supervised ? '列为' : '不列为'}督导单位${body}` : '恢复按方案'
    return { record: { ...area, supervision }, output: { supervised }, summary: `${area.name}${words}：${reason}` }
  }),
]

export const supervisionAnswers = (directory: LoadedDirectory): RegisteredQuery[] => [
  answer(listSupervision, async (context) => {
    const rows = await supervisedAreas(context.db, context.county)
    const areas = rows.map(({ id, version, code, name, planned, supervision, plannedBodyId }) => {
      const bodyId = supervision?.bodyId ?? plannedBodyId
      return {
        id,
        version,
        code,
        name,
        supervised: supervision?.value ?? planned,
        planned,
        supervision,
        bodyId,
        bodyName: bodyId === null ? null : directory.bodyName(context.county, bodyId),
        note: directory.index.areas.get(code)?.note ?? '',
      }
    })
    return {
      supervised: areas.filter((area) => area.supervised).length,
      planned: areas.filter((area) => area.planned).length,
      areas,
    }
  }),
]
