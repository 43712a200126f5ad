import type { CastMember } from '#apps/demo/cast.ts'
import type { ActionContract } from '#kernel/contract.ts'
import type { Actor, Role } from '#kernel/grants.ts'
import { type Crew, county, openCrew, sector, stored, town, townBody } from '#test/kit/hazard-acts.ts'
import { openPlay, type Play } from '#test/kit/hazard-play.ts'
import type { TestProduct } from '#test/kit/product.ts'
import type { Web } from '#test/kit/web.ts'
import type { GivenGrant, Sides } from '../../oracle/reading.ts'

/** Somebody with an account, and what was granted to it. */
export interface Person {
  readonly login: string
  readonly actor: Actor
  readonly grants: readonly GivenGrant[]
}

/** A small scene on which every action of every capability can be done: one town, one sector, one unit. */
export interface Stage {
  readonly product: TestProduct
  readonly play: Play
  readonly crew: Crew
  readonly unitId: string
  readonly leadBodyId: string
  /** Opens a session of the account, as its owner would. */
  signIn(login: string): Promise<void>
  /** An account with these grants, made when it is not there. */
  person(login: string, grants: readonly Granted[]): Promise<Person>
}

export type Granted = Pick<GivenGrant, 'role'> & Partial<Omit<GivenGrant, 'role' | 'from' | 'to'>>

/** One call that is right, on a record made for it alone. */
export interface Sample {
  /** Somebody who may do it. */
  readonly by: Actor
  /** The record it is done on; absent when it brings one into being. */
  readonly on?: { readonly recordId: string; readonly version: number }
  readonly input: object
  /** The sides of the record, by which the page of permissions says who else may. */
  readonly sides: Sides
  /** What somebody who holds the permission elsewhere is told where the record is still to be made; 'core.notAllowed' else. */
  readonly elsewhere?: string | null
  /** Whoever asks makes one for themselves: it is refused to nobody who has a grant at all. */
  readonly eachTheirOwn?: boolean
}

/** What the records of one type are, and a right call for every action on them. */
export interface Driver {
  readonly record: string
  /** The permission without which a record answers 'not found'. */
  readonly read: string
  readonly samples: Readonly<Record<string, (stage: Stage) => Promise<Sample>>>
  /** A record of its lifecycle's state, none where another test walks through the states (named beside it). */
  readonly inState?: (stage: Stage, state: string) => Promise<{ readonly recordId: string; readonly version: number }>
}

export async function openStage(product: TestProduct, web: Web): Promise<Stage> {
  const play = await openPlay(product)
  const office = await product.as('anwei')
  const unitId = await product.unit('青阳县试验民爆器材有限公司', town, sector)
  const first = await play.register(office, { unitId, sector, channel: 'inspection', major: true })
  const { leadBodyId } = await stored(product, first)
  const crew = await openCrew(product, unitId, leadBodyId)
  return {
    product,
    play,
    crew,
    unitId,
    leadBodyId,
    signIn: async (login) => void (await web.signIn(login)),
    async person(login, granted) {
      const grants = granted.map((grant): GivenGrant => {
        const open = { area: county, sectors: null, unitId: null, bodyId: null, from: '2000-01-01', to: null }
        return { ...open, ...grant }
      })
      const given = grants.map(({ from: _, to: __, sectors, ...rest }) => ({
        ...rest,
        sectors: sectors && [...sectors],
      }))
      return { login, grants, actor: await product.account(login, given as CastMember['grants']) }
    },
  }
}

/** Everybody who is not meant: each role over the whole scene, each role somewhere else, and an account without grants. */
export async function strangers(stage: Stage): Promise<Person[]> {
  const otherTown = '341723102'
  const otherUnit = await stage.product.unit('青阳县外镇石料有限公司', otherTown, 'industryTrade')
  const here = {
    department: stage.leadBodyId,
    committeeOffice: 'committee-office',
    town: townBody(stage.product, town),
  }
  const there = {
    department: 'forestry',
    committeeOffice: 'committee-office',
    town: townBody(stage.product, otherTown),
  }
  const roles: readonly Role[] = [
    'committeeOffice',
    'countyLeader',
    'department',
    'town',
    'inspector',
    'unitPrincipal',
    'unitWorker',
    'administrator',
    'auditor',
  ]
  const people: Person[] = [await stage.person('stranger-bare', [])]
  for (const role of roles) {
    const ofUnit = role === 'unitPrincipal' || role === 'unitWorker'
    const bodyOf = (bodies: typeof here) => bodies[role as keyof typeof here] ?? null
    const near = {
      role,
      area: role === 'town' ? town : county,
      unitId: ofUnit ? stage.unitId : null,
      bodyId: bodyOf(here),
    }
    const far = { role, area: otherTown, unitId: ofUnit ? otherUnit : null, bodyId: bodyOf(there) }
    people.push(await stage.person(`near-${role}`, [near]), await stage.person(`far-${role}`, [far]))
  }
  // Sees everything in one role, and may do things in another, but not here.
  const sees = { role: 'inspector' as const, area: county, sectors: [sector], bodyId: stage.leadBodyId }
  const elsewhere = { role: 'department' as const, area: otherTown, bodyId: 'forestry' }
  people.push(await stage.person('sees-here-acts-there', [sees, elsewhere]))
  return people
}

/** A value like the given one and different from it, as right in form; undefined when the form leaves no choice. */
export function altered(contract: ActionContract, input: object): object | undefined {
  const right = contract.input.parse(input)
  const same = JSON.stringify(right)
  for (const candidate of variants(input)) {
    const parsed = contract.input.safeParse(candidate)
    if (parsed.success && JSON.stringify(parsed.data) !== same) return candidate as object
  }
  return undefined
}

/** The value with one leaf changed, for every leaf; passwords stay, for they do not count. */
function* variants(value: unknown): Generator<unknown> {
  if (typeof value === 'string')
    yield* [`${value}，另写`, `${value}1`, `${value}001`, value.replace(/.$/, (last) => (last === '0' ? '1' : '0'))]
  else if (typeof value === 'number') yield* [value + 1, value - 1]
  else if (typeof value === 'boolean') yield !value
  else if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) for (const other of variants(item)) yield value.with(at, other)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if (/password$/i.test(key)) continue
      for (const other of variants(item)) yield { ...value, [key]: other }
    }
  }
}
