import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Document, isNode, LineCounter, parseDocument } from 'yaml'
import { type PackDuties, parametersOf } from '#capabilities/duty/model/index.ts'
import { DutyFile, type PackRule } from '#capabilities/duty/model/pack.ts'
import { deedSources } from '../../server/queries/deed-sources.ts'

/** What else the pack names; undefined where that file is broken itself, and then nothing is held against it. */
export interface Named {
  readonly bodies: { readonly bodies: readonly { readonly id: string; readonly kind: string }[] } | undefined
  readonly sectors: { readonly sectors: readonly { readonly id: string }[] } | undefined
  readonly areas: { readonly areas: readonly { readonly code: string }[] } | undefined
  readonly parameters: { readonly parameters: readonly { readonly id: string; readonly value: unknown }[] } | undefined
}

interface Place {
  readonly file: string
  at(path: readonly (string | number)[]): string
}

interface Read<T> extends Place {
  readonly value: T
}

/** Says where in a file something is wrong: the line of the innermost part that is there. */
function placeIn(file: string, document: Document.Parsed, lines: LineCounter): Place {
  return {
    file,
    at(path) {
      for (let length = path.length; length > 0; length -= 1) {
        const node = document.getIn(path.slice(0, length), true)
        if (isNode(node) && node.range) return `${file} 第${lines.linePos(node.range[0]).line}行`
      }
      return `${file} 第1行`
    },
  }
}

const mostProblems = 20

/** The duties of a pack, of as many files as it likes; every problem with file, line and what to do. */
export async function readDuties(
  root: string,
  own: string,
  named: Named,
): Promise<{ duties: PackDuties; problems: readonly string[] }> {
  const folder = join(own, 'duties')
  const names = await readdir(join(root, folder)).catch(() => [])
  const problems: string[] = []
  const files: Read<DutyFile>[] = []
  for (const name of names.filter((entry) => entry.endsWith('.yaml')).sort()) {
    const path = join(folder, name)
    const lines = new LineCounter()
    const document = parseDocument(await readFile(join(root, path), 'utf8'), { lineCounter: lines })
    const place = placeIn(path, document, lines)
    const [broken] = document.errors
    if (broken) {
      problems.push(
        `数据包文件 ${path} 第${lines.linePos(broken.pos[0]).line}行不是正确的 YAML：${broken.message.split('\n')[0]}`,
      )
      continue
    }
    const parsed = DutyFile.safeParse(document.toJS())
    if (parsed.success) files.push({ ...place, value: parsed.data })
    else {
      const { issues } = parsed.error
      const said = issues.slice(0, mostProblems).map(({ path: steps, message }) => {
        const where = steps.filter((step): step is string | number => typeof step !== 'symbol')
        return `数据包文件 ${place.at(where)}（${where.join('.')}）：${message}`
      })
      problems.push(...said)
    }
  }
  const duties = { forms: files.flatMap(({ value }) => value.forms), rules: files.flatMap(({ value }) => value.rules) }
  return { duties, problems: [...problems, ...strayNames(files, duties, named), ...doubles(files)] }
}

function doubles(files: readonly Read<DutyFile>[]): string[] {
  const seen = new Map<string, string>()
  return files.flatMap((file) =>
    (['forms', 'rules'] as const).flatMap((part) =>
      file.value[part].flatMap(({ id }, at) => {
        const here = file.at([part, at, 'id'])
        const before = seen.get(`${part}:${id}`)
        seen.set(`${part}:${id}`, here)
        return before ? [`数据包文件 ${here}：代码 ${id} 在 ${before} 已经用过，请改一个`] : []
      }),
    ),
  )
}

/** Names that lead nowhere: a rule would then quietly be nobody's duty, or never be fulfilled. */
function strayNames(files: readonly Read<DutyFile>[], duties: PackDuties, named: Named): string[] {
  const forms = new Set(duties.forms.map(({ id }) => id))
  const sources = new Set(deedSources.map(({ id }) => id))
  return files.flatMap((file) =>
    file.value.rules.flatMap((rule, at) => {
      const say = (path: readonly (string | number)[], words: string) =>
        `数据包文件 ${file.at(['rules', at, ...path])}（职责 ${rule.id}）：${words}`
      return [
        ...rule.fulfilledBy.flatMap((way, way0) => {
          if ('form' in way) {
            return forms.has(way.form)
              ? []
              : [say(['fulfilledBy', way0], `没有记录表 ${way.form}，请在 forms 中补上或改正`)]
          }
          if (sources.has(way.source)) return []
          return [say(['fulfilledBy', way0], `没有记录来源 ${way.source}，现有：${[...sources].join('、')}`)]
        }),
        ...strayParameters(rule, named).map(([path, words]) => say(path, words)),
        ...strayPopulation(rule, named).map((words) => say(['population'], words)),
      ]
    }),
  )
}

function strayParameters(rule: PackRule, { parameters }: Named): [path: string[], words: string][] {
  if (!parameters) return []
  const values = new Map(parameters.parameters.map(({ id, value }) => [id, value]))
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
  const bodyIds = bodies && new Set(bodies.bodies.map(({ id }) => id))
  const bodyKinds = bodies && new Set(bodies.bodies.map(({ kind }) => kind))
  const sectorIds = sectors && new Set(sectors.sectors.map(({ id }) => id))
  const codes = areas && new Set(areas.areas.map(({ code }) => code))
  const missing = (what: string, ids: readonly string[] | undefined, known: ReadonlySet<string> | undefined) =>
    (ids ?? []).filter((id) => known && !known.has(id)).map((id) => `数据包中没有${what} ${id}，请改正`)
  const left = exempt.flatMap(({ ids }) => ids)
  if ('bodies' in population) {
    const { ids, kinds } = population.bodies
    return [
      ...missing('机构', ids, bodyIds),
      ...missing('机构类别', kinds, bodyKinds),
      ...missing('机构', left, bodyIds),
    ]
  }
  if ('areas' in population) {
    const { responsible, codes: own } = population.areas
    return [
      ...missing('机构', responsible ? [responsible] : [], bodyIds),
      ...missing('区域', own, codes),
      ...missing('区域', left, codes),
    ]
  }
  if ('sectors' in population) {
    return [...missing('行业领域', population.sectors.ids, sectorIds), ...missing('行业领域', left, sectorIds)]
  }
  const limits = 'units' in population ? population.units : population.people
  return missing('行业领域', limits.sectors, sectorIds)
}
