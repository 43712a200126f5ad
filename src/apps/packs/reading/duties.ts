import { join } from 'node:path'
import { belongings, postKinds, scales, unitKinds, unitTags } from '#capabilities/directory/model/index.ts'
import { type PackDuties, parametersOf } from '#capabilities/duty/model/index.ts'
import { DutyFile, type PackForm, type PackRule } from '#capabilities/duty/model/pack.ts'
import { deedSources } from '../../server/queries/deed-sources.ts'
import { type PackFolder, type Placed, placed } from './folder.ts'

/** What else the pack names; undefined where that file is broken itself, and then nothing is held against it. */
export interface Named {
  readonly bodies: readonly { readonly id: string; readonly kind: string }[] | undefined
  readonly sectors: readonly { readonly id: string }[] | undefined
  readonly areas: readonly { readonly code: string; readonly supervised: boolean }[] | undefined
  readonly parameters: readonly { readonly id: string; readonly value: unknown }[] | undefined
}

interface DutyEntries {
  readonly forms: readonly Placed<PackForm>[]
  readonly rules: readonly Placed<PackRule>[]
}

/** The duties of a pack, of as many files as it likes. */
export async function readDuties(packs: PackFolder, own: string): Promise<DutyEntries> {
  const files = await packs.every(join(own, 'duties'), DutyFile)
  return {
    forms: files.flatMap((read) => placed(read, 'forms', read.value.forms)),
    rules: files.flatMap((read) => placed(read, 'rules', read.value.rules)),
  }
}

export const dutiesOf = ({ forms, rules }: DutyEntries): PackDuties => ({
  forms: forms.map(({ entry }) => entry),
  rules: rules.map(({ entry }) => entry),
})

/** What duties say twice, and names that lead nowhere: a rule would then quietly be nobody's duty, or never be fulfilled. */
export function dutyProblems({ forms, rules }: DutyEntries, named: Named): string[] {
  const formIds = new Set(forms.map(({ entry }) => entry.id))
  const sources = new Set(deedSources.map(({ id }) => id))
  const strays = rules.flatMap(({ entry: rule, at }) => [
    ...rule.fulfilledBy.flatMap((way, nth) => {
      if ('form' in way) {
        return formIds.has(way.form)
          ? []
          : [at(['fulfilledBy', nth], `没有记录表 ${way.form}，请在 forms 中补上或改正`)]
      }
      if (sources.has(way.source)) return []
      return [at(['fulfilledBy', nth], `没有记录来源 ${way.source}，现有：${[...sources].join('、')}`)]
    }),
    ...strayParameters(rule, named).map(([path, words]) => at(path, words)),
    ...strayPopulation(rule, named).map((words) => at(['population'], words)),
  ])
  return [...strays, ...doubles(forms), ...doubles(rules)]
}

function doubles(entries: readonly Placed<{ readonly id: string }>[]): string[] {
  const seen = new Set<string>()
  return entries.flatMap(({ entry: { id }, at }) =>
    seen.size === seen.add(id).size ? [at(['id'], `代码 ${id} 前面已经用过，请改一个`)] : [],
  )
}

function strayParameters(rule: PackRule, { parameters }: Named): [path: string[], words: string][] {
  if (!parameters) return []
  const values = new Map(parameters.map(({ id, value }) => [id, value]))
  return parametersOf(rule).flatMap(({ id, where, period }): [string[], string][] => {
    const path = where.split('.')
    if (!values.has(id)) return [[path, `parameters.yaml 中没有参数 ${id}，请补上`]]
    const right = period
      ? /^(month|quarter|halfYear|year)$/.test(String(values.get(id)))
      : typeof values.get(id) === 'number'
    if (right) return []
    return [[path, `参数 ${id} 的值应为${period ? ' month、quarter、halfYear 或 year' : '数字'}`]]
  })
}

function strayPopulation({ population, exempt }: PackRule, { bodies, sectors, areas }: Named): string[] {
  const bodyIds = bodies && new Set(bodies.map(({ id }) => id))
  const bodyKinds = bodies && new Set(bodies.map(({ kind }) => kind))
  const sectorIds = sectors && new Set(sectors.map(({ id }) => id))
  const codes = areas && new Set(areas.map(({ code }) => code))
  const missing = (what: string, ids: readonly string[] | undefined, known: ReadonlySet<string> | undefined) =>
    (ids ?? []).filter((id) => known && !known.has(id)).map((id) => `数据包中没有${what} ${id}，请改正`)
  const left = exempt.flatMap(({ ids }) => ids)
  if ('bodies' in population) {
    const { ids, kinds } = population.bodies
    return [
      ...missing('机构', ids, bodyIds),
      ...missing('机构类别', kinds, bodyKinds),
      ...missing('机构', left, bodyIds),
      ...(ids || kinds ? [] : ['没有写明是哪些机构，请写 ids 或 kinds']),
    ]
  }
  if ('areas' in population) {
    const { responsible, codes: own, supervised } = population.areas
    return [
      ...missing('机构', responsible ? [responsible] : [], bodyIds),
      ...missing('区域', own, codes),
      ...missing('区域', left, codes),
      ...(own || supervised !== undefined ? [] : ['没有写明是哪些区域，请写 supervised: true 或 codes']),
    ]
  }
  if ('sectors' in population) {
    return [...missing('行业领域', population.sectors.ids, sectorIds), ...missing('行业领域', left, sectorIds)]
  }
  const limits = 'units' in population ? population.units : population.people
  return [
    ...missing('行业领域', limits.sectors, sectorIds),
    ...outside('单位类别 kinds', limits.kinds, unitKinds),
    ...outside('规模 scales', limits.scales, scales),
    ...outside('隶属 belongings', limits.belongings, belongings),
    ...outside('标签 tags', limits.tags, unitTags),
    ...('people' in population ? outside('岗位 post', [population.people.post], postKinds) : []),
  ]
}

/** A word no unit is described by selects nobody, and nobody would notice. */
function outside(what: string, said: readonly string[] | undefined, known: Readonly<Record<string, string>>): string[] {
  const ids = Object.keys(known)
  return (said ?? []).filter((id) => !ids.includes(id)).map((id) => `${what} 没有“${id}”，只能写 ${ids.join('、')}`)
}
