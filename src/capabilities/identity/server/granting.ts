import type { Directory } from '#capabilities/directory/model/index.ts'
import { isWithin } from '#kernel/area.ts'
import { type FieldError, refuse } from '#kernel/errors.ts'
import type { Day } from '#kernel/time.ts'
import type { EffectContext } from '#platform/actions/types.ts'
import type { Reader } from '#platform/db/tables.ts'
import { type GrantInput, type GrantTerms, grantProblems, identityErrors, reachesGrant } from '../model/index.ts'

export interface GrantDeps {
  readonly directory: Directory<Reader>
}

export function termsOf(input: GrantInput, today: Day): GrantTerms {
  const sectors = input.sectors && [...new Set(input.sectors)]
  return { ...input, sectors, from: input.from ?? today }
}

/** Refuses a grant that does not fit its role, names something unknown, or lies outside the giver's area. */
export async function checkTerms(
  deps: GrantDeps,
  context: EffectContext,
  terms: GrantTerms,
  prefix: string,
): Promise<void> {
  const problems = [
    ...grantProblems(terms, context.county, context.today),
    ...(await unknowns(deps.directory, context, terms)),
  ]
  if (problems.length > 0) {
    refuse(identityErrors.grantNotFitting, {
      detail: problems[0]?.message,
      fields: problems.map((problem) => ({ ...problem, path: prefix + problem.path })),
    })
  }
  if (!reachesGrant(context.actor, terms)) {
    const { message } = identityErrors.grantOutsideReach
    refuse(identityErrors.grantOutsideReach, { fields: [{ path: `${prefix}area`, message }] })
  }
}

async function unknowns(
  directory: Directory<Reader>,
  context: EffectContext,
  terms: GrantTerms,
): Promise<FieldError[]> {
  const { county, tx } = context
  const out: FieldError[] = []
  const say = (path: string, message: string) => out.push({ path, message })
  // The directory names an unknown code by the code itself.
  if (terms.area !== county && directory.areaName(county, terms.area) === terms.area) {
    say('area', '没有找到所选的区域，请重新选择')
  }
  if (terms.bodyId && directory.bodyName(county, terms.bodyId) === terms.bodyId) {
    say('bodyId', '没有找到所选的单位（机构），请重新选择')
  }
  const sector = terms.sectors?.find((id) => directory.sectorName(county, id) === id)
  if (sector) say('sectors', `没有找到行业领域“${sector}”，请重新选择`)
  if (terms.unitId) {
    const unit = await directory.findUnit(tx, county, terms.unitId)
    if (!unit) say('unitId', '没有找到所选的生产经营单位，请重新选择')
    else if (!isWithin(unit.area, terms.area)) say('area', '授权区域须包含该生产经营单位所在的区域')
  }
  return out
}
