import type { Mechanism } from '#platform/module/module.ts'

const test = 'test/plan/standings.int.test.ts'
const hazard = (name: string, title: string, path = '/hazards'): Mechanism => ({
  id: `hazard:${name}`,
  title,
  path,
  test,
})

const ofCounty: readonly Mechanism[] = [
  hazard('stock', '重大隐患存量清零'),
  hazard('growth', '重大隐患增量压减', '/statistics'),
  hazard('zero', '重大隐患动态清零', '/statistics'),
  hazard('plans', '重大隐患五落实'),
  hazard('closure', '重大隐患整改销号'),
  hazard('closureAll', '隐患整改销号'),
  hazard('overdue', '逾期重大隐患攻坚'),
  hazard('selfCheck', '企业自查重大隐患整改'),
  hazard('inspection', '督导检查重大隐患整改'),
  hazard('publicReport', '群众举报重大隐患整改'),
  hazard('database', '隐患库覆盖各乡镇'),
  hazard('channels', '隐患库汇总各渠道'),
]

/** Prefixes of mechanisms there are for every sector of the pack. */
export const inSector = 'in-'
export const overdueInSector = 'overdue-'

/** The hazard loop as clauses may name it: for the county, and for every sector. */
export function hazardMechanisms(sectors: readonly { readonly id: string; readonly name: string }[]): Mechanism[] {
  return [
    ...ofCounty,
    ...sectors.flatMap(({ id, name }) => [
      hazard(`${inSector}${id}`, `${name}重大隐患整改销号`),
      hazard(`${overdueInSector}${id}`, `${name}逾期重大隐患攻坚`),
    ]),
  ]
}

export const statisticsMechanisms: readonly Mechanism[] = [
  { id: 'statistics:table', title: '分区域、分行业统计', path: '/statistics', test },
  { id: 'statistics:reopened', title: '销号后不反弹', path: '/statistics', test },
]
