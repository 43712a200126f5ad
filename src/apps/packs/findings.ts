import { officeKind } from '#capabilities/directory/server/reference/store.ts'
import type { PackFinding } from '#capabilities/system/model/index.ts'
import type { Day } from '#kernel/time.ts'
import { partsOf } from './parts.ts'
import type { Pack } from './read.ts'
import { ledgerProblems } from './reading/ledgers.ts'

const partWords = {
  plan: '阶段',
  areas: '行政区划',
  bodies: '机构',
  sectors: '行业领域',
  matrix: '责任分工',
  gaps: '待明确事项',
  standards: '判定标准',
  words: '口语说法',
  tasks: '任务',
  parameters: '参数',
  holidays: '工作日历年份',
  ledgers: '台账',
} as const

/** What contradicts itself in a pack though each of its files is well formed. None means that it can be installed whole. */
export function packProblems(pack: Pack): string[] {
  const areas = new Set(pack.areas.map(({ code }) => code))
  const bodies = new Set(pack.bodies.map(({ id }) => id))
  const sectors = new Set(pack.sectors.map(({ id }) => id))
  const problems: string[] = []
  const known = (set: ReadonlySet<string>, id: string | null | undefined, where: string, what: string) => {
    if (typeof id === 'string' && !set.has(id)) problems.push(`${where}写的${what}“${id}”不在数据包里`)
  }
  for (const { part, entries } of partsOf(pack)) {
    for (const key of twice(entries.map((entry) => entry.key))) problems.push(`${partWords[part]}“${key}”写了两次`)
  }
  for (const id of twice(pack.standards.flatMap(({ items }) => items.map((item) => item.id)))) {
    problems.push(`判定标准条目“${id}”写了两次`)
  }
  for (const area of pack.areas) {
    known(areas, area.parent, `行政区划${area.name}`, '上级区划')
    known(bodies, area.body, `行政区划${area.name}`, '机构')
  }
  for (const body of pack.bodies) known(areas, body.area, `机构${body.name}`, '行政区划')
  for (const { sector, body, clause } of pack.matrix) {
    known(sectors, sector, `责任分工 ${clause} `, '行业领域')
    known(bodies, body, `责任分工 ${clause} `, '机构')
  }
  for (const gap of pack.gaps) for (const id of gap.sectors) known(sectors, id, `待明确事项“${gap.topic}”`, '行业领域')
  if (!pack.bodies.some(({ kind }) => kind === officeKind)) {
    problems.push('机构里没有县安委办（kind: committeeOffice），无牵头部门的事项将无处可去')
  }
  if (!pack.areas.some(({ supervised }) => supervised)) problems.push('行政区划里没有一个督导单位（supervised: true）')
  problems.push(...ledgerProblems(pack.ledgers, { sectors, bodies }))
  return problems
}

function twice(keys: readonly string[]): string[] {
  const seen = new Set<string>()
  return [...new Set(keys.filter((key) => seen.size === seen.add(key).size))]
}

/** What a pack does not know, or is not sure of: no mistake, but work for the county. */
export function packGaps(pack: Pack, today: Day): PackFinding[] {
  const led = new Set(pack.matrix.filter(({ role }) => role !== 'participant').map(({ sector }) => sector))
  const titles = (some: readonly { readonly title: string }[]) => some.map(({ title }) => title)
  const year = Number(today.slice(0, 4))
  const wanted = [year, ...(today.slice(5, 7) >= '11' ? [year + 1] : [])]
  const vague = pack.standards.flatMap(({ title, items }) =>
    items.filter(({ confidence }) => confidence === 'low').map(({ no }) => `《${title}》${no}`),
  )
  const sectors = new Set(pack.sectors.map(({ id }) => id))
  const national = [...pack.standards, ...pack.words].flatMap((one) => one.sectors ?? [])
  const findings: PackFinding[] = [
    { part: 'gaps', words: '方案没有写明或写法不一，已列为待明确', names: pack.gaps.map(({ topic }) => topic) },
    {
      part: 'sectors',
      words: '方案列入但没有牵头部门的行业领域，登记的事项先由县安委办接收',
      names: pack.sectors.filter(({ id, planSector }) => planSector && !led.has(id)).map(({ name }) => name),
    },
    {
      part: 'sectors',
      words: '全国判定标准写到、本县没有列的行业领域',
      names: [...new Set(national.filter((id) => !sectors.has(id)))],
    },
    {
      part: 'standards',
      words: '只收录目录、还没有条文的判定标准，可在标准页录入',
      names: titles(pack.standards.filter(({ itemised }) => !itemised)),
    },
    {
      part: 'standards',
      words: '条文没有与公布文本逐字核对的判定标准',
      names: titles(pack.standards.filter(({ itemised, verified }) => itemised && !verified)),
    },
    { part: 'standards', words: '来源不可靠或没有收录原文的条文', names: vague },
    {
      part: 'parameters',
      words: '没有依据、暂按推定填写的参数，请县里确定',
      names: titles(pack.parameters.filter(({ confidence }) => confidence === 'low')),
    },
    {
      part: 'holidays',
      words: '放假安排没有录全的年份（县里可在工作日历补录）',
      names: wanted
        .filter((one) => !pack.holidays.some((known) => known.year === one && known.complete))
        .map((one) => `${one}年`),
    },
  ]
  return findings.filter(({ names }) => names.length > 0)
}
