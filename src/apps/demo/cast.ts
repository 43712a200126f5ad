import type { z } from 'zod'
import type { GrantInput } from '#capabilities/identity/model/index.ts'
import type { DemoAccount } from '#capabilities/identity/server/module.ts'
import type { Pack } from '../packs/read.ts'

export const demoPassword = 'Zhiben@2026'

export interface CastMember {
  readonly login: string
  readonly name: string
  readonly role: string
  readonly grants: readonly z.input<typeof GrantInput>[]
  /** Offered on the sign-in page; the others can sign in all the same. */
  readonly shown: boolean
}

const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧'.split('')
const given = [
  '建国',
  '志强',
  '秀英',
  '海燕',
  '文斌',
  '晓东',
  '国平',
  '丽华',
  '永明',
  '春梅',
  '立新',
  '玉兰',
  '伟',
  '芳',
  '军',
  '静',
  '勇',
  '敏',
]

/** Invented names, the same on every run. */
export const personName = (at: number): string =>
  `${surnames[(at * 7) % surnames.length] ?? '王'}${given[(at * 5 + 3) % given.length] ?? '伟'}`

/** Accounts of the demo county: one of every role, every lead department and every town. */
export function castOf(pack: Pack): CastMember[] {
  const { county } = pack.manifest
  const office = pack.bodies.find((body) => body.kind === 'committeeOffice')
  const officeId = office?.id ?? ''
  const governmentId = pack.bodies.find((body) => body.kind === 'government')?.id ?? null
  const cast: CastMember[] = [
    {
      login: 'anwei',
      name: personName(1),
      role: '县安委办（审批）',
      grants: [{ role: 'committeeOffice', area: county, bodyId: officeId }],
      shown: true,
    },
    {
      login: 'anwei2',
      name: personName(2),
      role: '县安委办（经办）',
      grants: [{ role: 'committeeOffice', area: county, bodyId: officeId }],
      shown: true,
    },
    {
      login: 'leader',
      name: personName(3),
      role: '县领导',
      grants: [{ role: 'countyLeader', area: county, bodyId: governmentId }],
      shown: true,
    },
    {
      login: 'admin',
      name: '系统管理员',
      role: '系统管理员',
      grants: [{ role: 'administrator', area: county }],
      shown: true,
    },
    { login: 'auditor', name: personName(4), role: '审计员', grants: [{ role: 'auditor', area: county }], shown: true },
  ]
  const leads = [...new Set(pack.matrix.filter((entry) => entry.role !== 'participant').map((entry) => entry.body))]
  for (const [at, bodyId] of leads.entries()) {
    const name = pack.bodies.find((body) => body.id === bodyId)?.name ?? bodyId
    const grant = { role: 'department' as const, area: county, bodyId }
    cast.push({ login: bodyId, name: personName(10 + at), role: name, grants: [grant], shown: bodyId === leads[0] })
    const sectors = pack.matrix.filter((entry) => entry.body === bodyId && entry.role !== 'participant')
    cast.push({
      login: `${bodyId}-jc`,
      name: personName(40 + at),
      role: `${name}检查人员`,
      grants: [
        { role: 'inspector', area: county, bodyId, sectors: [...new Set(sectors.map((entry) => entry.sector))] },
      ],
      shown: false,
    })
  }
  for (const [at, area] of pack.areas.filter((candidate) => candidate.supervised).entries()) {
    cast.push({
      login: area.body ?? area.code,
      name: personName(70 + at),
      role: area.name,
      grants: [{ role: 'town', area: area.code, bodyId: area.body ?? null }],
      shown: at === 1,
    })
    cast.push({
      login: `${area.body ?? area.code}-jc`,
      name: personName(100 + at),
      role: `${area.name}检查人员`,
      grants: [{ role: 'inspector', area: area.code, bodyId: area.body ?? null }],
      shown: false,
    })
  }
  return cast
}

/** What the sign-in page offers: the county's roles, the busiest department and its inspector, a town, a unit. */
export function shownAccounts(cast: readonly CastMember[], department: string): DemoAccount[] {
  return cast
    .filter((member) => member.shown || member.login === department || member.login === `${department}-jc`)
    .map(({ login, name, role }) => ({ login, name, role, password: demoPassword }))
}
