import type { Standard } from '#capabilities/criteria/model/index.ts'
import type {
  PackArea,
  PackBody,
  PackHolidayYear,
  PackManifest,
  PackMatrixEntry,
  PackMatrixGap,
  PackParameter,
  PackSector,
} from '#capabilities/directory/model/pack.ts'
import { officeKind } from '#capabilities/directory/server/reference/store.ts'
import { parameterMisfit, parameterRules } from '#capabilities/system/model/index.ts'
import type { Placed, Read } from './folder.ts'

/** The county as its files say it, each entry with its place. */
export interface DirectoryEntries {
  readonly manifest: Read<PackManifest>
  readonly areas: readonly Placed<PackArea>[]
  readonly bodies: readonly Placed<PackBody>[]
  readonly sectors: readonly Placed<PackSector>[]
  readonly matrix: readonly Placed<PackMatrixEntry>[]
  readonly gaps: readonly Placed<PackMatrixGap>[]
  readonly parameters: readonly Placed<PackParameter>[]
  readonly holidays: readonly Placed<PackHolidayYear>[]
  readonly standards: readonly Read<Standard>[]
  /** Parameters that duties of the pack ask for by names of their own. */
  readonly dutyParameters: ReadonlySet<string>
}

/** What of the county contradicts itself though each of its files is well formed. */
export function directoryProblems(entries: DirectoryEntries): string[] {
  return [
    ...twice(entries.areas, ({ code }) => code, 'code', '行政区划代码'),
    ...twice(entries.bodies, ({ id }) => id, 'id', '机构代码'),
    ...twice(entries.sectors, ({ id }) => id, 'id', '行业领域代码'),
    ...twice(entries.matrix, ({ sector, body, clause }) => `${sector}、${body}、${clause}`, 'body', '责任分工'),
    ...twice(entries.gaps, ({ id }) => id, 'id', '待明确事项'),
    ...twice(entries.parameters, ({ id, effectiveFrom }) => `${id}（${effectiveFrom}起）`, 'id', '参数'),
    ...twice(entries.holidays, ({ year }) => String(year), 'year', '年份'),
    ...manifestProblems(entries),
    ...areaProblems(entries),
    ...bodyProblems(entries),
    ...matrixProblems(entries),
    ...parameterProblems(entries),
    ...standardProblems(entries),
  ]
}

function twice<T>(entries: readonly Placed<T>[], keyOf: (entry: T) => string, field: string, what: string): string[] {
  const seen = new Set<string>()
  return entries.flatMap(({ entry, at }) => {
    const key = keyOf(entry)
    return seen.size === seen.add(key).size ? [at([field], `${what}“${key}”写了两次，请删去或改正一个`)] : []
  })
}

function manifestProblems({ manifest, areas, sectors }: DirectoryEntries): string[] {
  const { county, stages, yearlyListing } = manifest.value
  const problems: string[] = []
  if (!areas.some(({ entry }) => entry.code === county && entry.level === 'county')) {
    problems.push(manifest.file.at(['county'], `areas.yaml 里没有代码为“${county}”、level: county 的县，请改正或补登`))
  }
  for (const [nth, { from, to }] of stages.entries()) {
    if (from > to) problems.push(manifest.file.at(['stages', nth, 'from'], '阶段的 from 晚于 to，请对调'))
  }
  for (const [nth, { id }] of stages.entries()) {
    if (stages.findIndex((one) => one.id === id) < nth)
      problems.push(manifest.file.at(['stages', nth, 'id'], `阶段“${id}”写了两次，请改其中一个`))
  }
  const sector = yearlyListing?.sector
  if (sector !== undefined && !sectors.some(({ entry }) => entry.id === sector)) {
    problems.push(
      manifest.file.at(['yearlyListing', 'sector'], `行业领域“${sector}”不在 sectors.yaml 里，请改正或先补登`),
    )
  }
  return problems
}

function areaProblems({ areas, bodies, manifest }: DirectoryEntries): string[] {
  const byCode = new Map(areas.map(({ entry }) => [entry.code, entry]))
  const known = new Set(bodies.map(({ entry }) => entry.id))
  const problems = areas.flatMap(({ entry: { code, parent, body, level }, at }) => {
    const said: string[] = []
    if (level === 'county' ? parent !== null : parent === null) {
      said.push(at(['parent'], level === 'county' ? '县没有上级区划，请写 null' : '请写明上级区划的代码'))
    } else if (parent !== null && !byCode.has(parent)) {
      said.push(at(['parent'], `上级区划“${parent}”不在 areas.yaml 里，请改正或先补登`))
    } else if (parent !== null && (parent === code || !code.startsWith(parent))) {
      said.push(at(['parent'], `代码“${code}”不以上级“${parent}”开头，请核对两个代码`))
    }
    if (!code.startsWith(manifest.value.county)) {
      said.push(at(['code'], `代码应以本县代码 ${manifest.value.county} 开头，请改正`))
    }
    if (body !== undefined && !known.has(body)) {
      said.push(at(['body'], `机构“${body}”不在 bodies.yaml 里，请改正或先补登机构`))
    }
    return said
  })
  const [first] = areas
  if (first && !areas.some(({ entry }) => entry.supervised)) {
    problems.push(first.at(['supervised'], '没有一个督导单位，请在各乡镇（开发区）写 supervised: true'))
  }
  return problems
}

function bodyProblems({ areas, bodies }: DirectoryEntries): string[] {
  const codes = new Set(areas.map(({ entry }) => entry.code))
  const problems = bodies.flatMap(({ entry, at }) =>
    codes.has(entry.area) ? [] : [at(['area'], `行政区划“${entry.area}”不在 areas.yaml 里，请改正或先补登`)],
  )
  const [first] = bodies
  const offices = bodies.filter(({ entry }) => entry.kind === officeKind)
  if (first && offices.length === 0) {
    problems.push(first.at(['kind'], `没有县安委办，无牵头部门的事项将无处可去；请把一个机构写成 kind: ${officeKind}`))
  }
  for (const { at } of offices.slice(1)) problems.push(at(['kind'], '县安委办只能有一个，请改正'))
  return problems
}

function matrixProblems({ matrix, gaps, sectors, bodies }: DirectoryEntries): string[] {
  const known = new Set(sectors.map(({ entry }) => entry.id))
  const bodyIds = new Set(bodies.map(({ entry }) => entry.id))
  const sectorAt = (at: Placed<unknown>['at'], path: (string | number)[], id: string) =>
    known.has(id) ? [] : [at(path, `行业领域“${id}”不在 sectors.yaml 里，请改正或先补登`)]
  return [
    ...matrix.flatMap(({ entry: { sector, body }, at }) => [
      ...sectorAt(at, ['sector'], sector),
      ...(bodyIds.has(body) ? [] : [at(['body'], `机构“${body}”不在 bodies.yaml 里，请改正或先补登机构`)]),
    ]),
    ...gaps.flatMap(({ entry, at }) => entry.sectors.flatMap((id, nth) => sectorAt(at, ['sectors', nth], id))),
  ]
}

/** A parameter that is missing would be missed by whoever first needs it, in the middle of their work. */
function parameterProblems({ parameters, dutyParameters }: DirectoryEntries): string[] {
  const there = new Set(parameters.map(({ entry }) => entry.id))
  const problems = parameters.flatMap(({ entry: { id, value }, at }) => {
    if (!Object.hasOwn(parameterRules, id)) {
      return dutyParameters.has(id) ? [] : [at(['id'], `系统没有参数“${id}”，也没有职责用到它，请改正代码或删去`)]
    }
    const misfit = parameterMisfit(id, value)
    return misfit === undefined ? [] : [at(['value'], `${misfit}，请改正`)]
  })
  const missing = Object.keys(parameterRules).filter((id) => !there.has(id))
  const last = parameters.at(-1)
  if (missing.length > 0 && last) {
    problems.push(
      last.at([], `parameters.yaml 缺少系统要用的参数 ${missing.join('、')}，请从示例数据包照抄后改成本县的值`),
    )
  }
  return problems
}

function standardProblems({ standards }: DirectoryEntries): string[] {
  const ids = new Map<string, string>()
  return standards.flatMap(({ value, file }) => {
    const before = ids.get(value.id)
    ids.set(value.id, file.path)
    return before === undefined ? [] : [file.at(['id'], `标准代码“${value.id}”在 ${before} 已经用过，请改一个`)]
  })
}
