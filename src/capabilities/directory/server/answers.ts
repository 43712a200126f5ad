import { isWithin } from '#kernel/area.ts'
import { normaliseCode } from '#kernel/chinese/codes.ts'
import { coreErrors, refuse } from '#kernel/errors.ts'
import { allowedActions } from '#kernel/lifecycle.ts'
import { historyOf } from '#platform/actions/history.ts'
import { answer, type QueryContext, type RegisteredQuery } from '#platform/module/module.ts'
import * as contracts from '../model/index.ts'
import {
  highRiskBySector,
  likeness,
  probablySame,
  type ReferenceIndex,
  routeMatter,
  type Unit,
  unitContracts,
  unitFacets,
  unitLifecycle,
  worthShowing,
} from '../model/index.ts'
import { areaName, type LoadedDirectory } from './directory.ts'
import { type ListedPerson, pageOfPeople, pageOfUnits, personalNumbers, type UnitSight } from './queries.ts'
import { candidateUnits, loadUnit, type StandingHazards } from './store.ts'
import { unitTable } from './unit-table.ts'
import { numbersOf, postView, rowOf } from './views.ts'

const read = 'directory.readUnit'
const recorded = [...unitContracts, ...contracts.bodyPostContracts, contracts.setSupervision]
const titles = new Map(recorded.map(({ id, title }) => [id, title]))

export function unitAnswers(directory: LoadedDirectory, standing: StandingHazards): RegisteredQuery[] {
  return [
    answer(contracts.listUnits, (context, { page, size, sort, ...filter }) =>
      pageOfUnits(sightOf(directory, context, read), filter, { page, size, sort }),
    ),
    answer(contracts.getUnit, (context, { id }) => viewOf(directory, standing, context, id)),
    answer(contracts.countUnits, (context, filter) => unitTable(sightOf(directory, context, read), filter)),
    answer(contracts.findSimilarUnits, async (context, input) => {
      const creditCode = input.creditCode ? normaliseCode(input.creditCode) : null
      const wanted = { ...input, creditCode }
      const candidates = await candidateUnits(context.db, context.county, wanted, context.boxes(read))
      const units = candidates
        .filter((unit) => unit.id !== input.exceptId)
        .map((unit) => ({ unit: rowOf(directory.index, unit, null), ...likeness(wanted, unit) }))
        .filter((match) => match.score >= worthShowing)
        .sort((a, b) => b.score - a.score)
        .slice(0, 10)
      return { units: units.map((match) => ({ ...match, probable: match.score >= probablySame })) }
    }),
    answer(contracts.listHistory, async (context, { recordType, recordId }) => {
      if (recordType === 'unit') await visibleUnit(context, recordId)
      if (recordType === 'bodyPost' && !context.holds('directory.readBodyPosts')) refuse(coreErrors.notFound)
      const rows = await historyOf(context.db, context.county, recordType, recordId)
      return {
        rows: rows.map(({ seq, name, at, effective_on: effectiveOn, actor_name: actor, summary }) => ({
          seq,
          title: titles.get(name) ?? name,
          at: at.toISOString(),
          effectiveOn,
          actor,
          summary,
        })),
      }
    }),
    answer(contracts.listPeople, async (context, { page, size, sort, ...filter }) => {
      const { rows, total } = await pageOfPeople(sightOf(directory, context, read), filter, { page, size, sort })
      return { total, rows: peopleRows(directory, context, rows) }
    }),
  ]
}

/** What the list says of the rows that `listedPeople` finds; numbers are whole only where this person may read them. */
export function peopleRows(directory: LoadedDirectory, context: QueryContext, rows: readonly ListedPerson[]) {
  return rows.map((row) => {
    const facets = unitFacets({ id: row.unit_id, area: row.area, sectors: row.sectors })
    const whole = context.can('directory.readPersonal', facets)
    return {
      personId: row.person_id,
      name: row.name,
      ...numbersOf({ phone: row.phone, idNumber: row.id_number }, whole),
      postId: row.post_id,
      kind: row.kind,
      title: row.title,
      fromDay: row.from_day,
      toDay: row.to_day,
      unitId: row.unit_id,
      unitName: row.unit_name,
      area: row.area,
      areaName: areaName(directory.index, row.area),
    }
  })
}

export function sightOf(directory: LoadedDirectory, context: QueryContext, permission: string): UnitSight {
  return { db: context.db, county: context.county, boxes: context.boxes(permission), index: directory.index }
}

/** The unit of this id, when the viewer may see it; anything else answers 'not found'. */
async function visibleUnit(context: QueryContext, id: string): Promise<Unit> {
  const unit = await loadUnit(context.db, context.county, id, false)
  if (!unit || !context.can(read, unitFacets(unit))) refuse(coreErrors.notFound)
  return unit
}

async function viewOf(directory: LoadedDirectory, standing: StandingHazards, context: QueryContext, id: string) {
  const unit = await visibleUnit(context, id)
  const { index } = directory
  const whole = context.can('directory.readPersonal', unitFacets(unit))
  const numbers = await personalNumbers(
    context.db,
    context.county,
    unit.posts.map((post) => post.personId),
  )
  const principal = unit.posts.find((post) => post.kind === 'principal' && post.toDay === null)
  return {
    ...rowOf(index, unit, principal?.personName ?? null),
    contacts: [...unit.contacts],
    stateReason: unit.stateReason,
    registeredOn: unit.registeredOn,
    highRiskBySector: highRiskBySector(unit.sectors, index.highRiskSectors),
    highRiskOverride: unit.highRiskOverride,
    highRiskSectors: highRiskGrounds(index, unit.sectors),
    standingHazards: await standingHere(directory, standing, context, unit),
    posts: unit.posts.map((post) => postView(post, numbers.get(post.personId) ?? { phone: '', idNumber: null }, whole)),
    routes: unit.sectors.map((sector) => ({
      sector,
      sectorName: directory.sectorName(unit.county, sector),
      ...namedRoute(directory, unit.county, sector, unit.area),
    })),
    allowedActions: buttons(context, unit),
  }
}

const highRiskGrounds = ({ reference, highRiskSectors }: ReferenceIndex, sectors: readonly string[]) =>
  reference.sectors
    .filter((sector) => highRiskSectors.has(sector.id) && sectors.includes(sector.id))
    .map(({ name, note }) => ({ name, basis: note }))

async function standingHere(
  directory: LoadedDirectory,
  standing: StandingHazards,
  { db, county, boxes }: QueryContext,
  unit: Unit,
) {
  const rows = await standing(db, county, unit.id, boxes('hazard.read'))
  return rows.map((row) => ({
    ...row,
    areaName: directory.areaName(county, row.area),
    bodyName: namedTown(directory, county, row.area),
    here: isWithin(unit.area, row.area),
  }))
}

/** The body that answers for a town, by name. */
function namedTown(directory: LoadedDirectory, county: string, area: string): string | null {
  const bodyId = directory.index.areas.get(area)?.bodyId ?? null
  return bodyId === null ? null : directory.bodyName(county, bodyId)
}

function buttons(context: QueryContext, unit: Unit) {
  const permissionOf = new Map(unitContracts.map((contract) => [contract.id, contract.permission]))
  return allowedActions(unitLifecycle, { record: unit, actor: context.actor }, (action) => {
    const permission = permissionOf.get(action)
    return permission !== undefined && context.can(permission, unitFacets(unit))
  })
}

/** A route with the names of its bodies beside the ids. */
export function namedRoute(directory: LoadedDirectory, county: string, sector: string, area: string) {
  const route = routeMatter(directory.index, sector, area)
  const name = (id: string) => directory.bodyName(county, id)
  return {
    ...route,
    jointBodyIds: [...route.jointBodyIds],
    leadBodyName: name(route.leadBodyId),
    jointBodyNames: route.jointBodyIds.map(name),
    townBodyName: route.townBodyId === null ? null : name(route.townBodyId),
  }
}
