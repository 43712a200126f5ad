import type { PackFinding } from '#capabilities/system/model/index.ts'
import type { Day } from '#kernel/time.ts'
import type { Pack } from './read.ts'

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
