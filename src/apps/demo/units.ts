import { addPost, registerUnit, setHighRisk } from '#capabilities/directory/model/index.ts'
import { creditCodeCheckDigit } from '#kernel/chinese/codes.ts'
import type { Actor } from '#kernel/grants.ts'
import { addDays, type Day } from '#kernel/time.ts'
import type { BatchRun } from '#platform/actions/runner.ts'
import type { Pack } from '../packs/read.ts'
import { personName } from './cast.ts'
import { at } from './days.ts'
import { demoId } from './ids.ts'
import { createRandom, type Random } from './random.ts'
import { type Trade, trades } from './trades/index.ts'

export interface DemoUnit {
  readonly id: string
  readonly name: string
  readonly area: string
  readonly trade: Trade
  readonly principal: string
  /** Its login is unit001 …; the first units also have a worker, unit001-w. */
  readonly login: string
  /** The day it came into the register; nothing is found there before. */
  readonly since: Day
}

/** The register was set up in January 2023; about one unit in seven came later. */
export const firstRegistered: Day = '2023-01-04'

function creditCode(county: string, serial: number): string {
  const first17 = `91${county}MA${String(serial).padStart(7, '0')}`
  return first17 + creditCodeCheckDigit(first17)
}

/** The supervised towns with the zone and the county seat drawn more often, as industry lies there. */
function placesOf(pack: Pack): string[] {
  const towns = pack.areas.filter((area) => area.supervised)
  return towns.flatMap((area, index) =>
    Array.from({ length: area.level === 'zone' || index === 0 ? 4 : 1 }, () => area.code),
  )
}

/** Plans the units of the demo county; the same every time. Names end in （演示）, so no paper takes them for real ones. */
export function planUnits(pack: Pack, random: Random): DemoUnit[] {
  const places = placesOf(pack)
  const short = new Map(
    pack.areas.map((area) => [area.code, area.level === 'zone' ? '开发区' : area.name.replace(/[镇乡]$/, '')]),
  )
  const units: DemoUnit[] = []
  const taken = new Map<string, number>()
  for (const trade of trades) {
    for (let index = 0; index < trade.units; index += 1) {
      const area = random.pick(places)
      const base = `${short.get(area) ?? ''}${trade.names[index % trade.names.length] ?? ''}`
      const turn = (taken.get(base) ?? 0) + 1
      taken.set(base, turn)
      const serial = units.length + 1
      // The first unit has to be there from the start: who tries the product signs in as its principal.
      const late = serial > 1 && random.chance(0.15)
      const since = addDays(firstRegistered, late ? random.int(30, 1100) : random.int(0, 20))
      units.push({
        id: demoId(`unit ${serial}`, at(since, serial, null)),
        name: `${base}${turn > 1 ? `${turn}号` : ''}（演示）`,
        area,
        trade,
        principal: personName(100 + serial),
        login: `unit${String(serial).padStart(3, '0')}`,
        since,
      })
    }
  }
  return units
}

export const hasWorker = (unit: DemoUnit): boolean => Number(unit.login.slice(4)) % 10 === 1

/** Somewhere around the middle of the county, units of one town near each other. */
function positionOf(pack: Pack, unit: DemoUnit, random: Random) {
  const { centre } = pack.manifest
  if (!centre) return null
  const town = createRandom(Number(unit.area.slice(0, 9)))
  const near = (middle: number, spread: number) =>
    Math.round((middle + (town.next() - 0.5) * spread + (random.next() - 0.5) * 0.03) * 1e6) / 1e6
  return { lng: near(centre.lng, 0.4), lat: near(centre.lat, 0.3) }
}

/** Registers the units from one number to another (exclusive), each on its own day. */
export async function registerUnits(
  run: BatchRun,
  actor: Actor,
  pack: Pack,
  units: readonly DemoUnit[],
  [from, until]: readonly [number, number],
  now: Date,
): Promise<void> {
  for (const [index, unit] of units.entries()) {
    if (index < from || index >= until) continue
    const random = createRandom(7_000 + index)
    const { trade } = unit
    const phone = `139${String(10_000_000 + index * 137).slice(-8)}`
    const principal = { personId: null, name: unit.principal, phone, idNumber: null }
    const other = {
      ...principal,
      name: personName(400 + index),
      phone: `138${String(20_000_000 + index * 91).slice(-8)}`,
    }
    const input = {
      name: unit.name,
      creditCode: trade.kind === 'place' && random.chance(0.5) ? null : creditCode(pack.manifest.county, index + 1),
      kind: trade.kind,
      area: unit.area,
      sectors: [trade.sector, ...trade.also],
      scale: random.pick(trade.scales),
      tags: [...trade.tags],
      address: '（演示地址）',
      contacts: [{ name: personName(700 + index), phone: `0566-${5_000_000 + index}`, duty: '安全管理员' }],
      position: positionOf(pack, unit, random),
      principal,
      controller: random.chance(0.3) ? other : principal,
      confirmNew: true,
    }
    const then = at(unit.since, index, now)
    const envelope = { actionId: demoId(`register ${unit.login}`, then), recordId: unit.id, input }
    await run(actor, registerUnit.id, envelope, { now: then })
  }
}

/** What the office adds once a unit is known: who minds its safety, and where the sector misjudges its risk. */
export async function furnishUnits(run: BatchRun, actor: Actor, units: readonly DemoUnit[], now: Date): Promise<void> {
  for (const [index, unit] of units.entries()) {
    const day = addDays(unit.since, 6)
    const then = at(day, index, now)
    let version = 1
    const steps: [string, string, Record<string, unknown>][] = []
    if (unit.trade.override) steps.push(['risk', setHighRisk.id, unit.trade.override])
    if (unit.trade.scales.includes('large')) {
      const person = { name: personName(900 + index), phone: `137${String(30_000_000 + index * 53).slice(-8)}` }
      const input = { kind: 'safetyOfficer', person, title: '安全科科长', fromDay: day }
      steps.push(['officer', addPost.id, input])
    }
    for (const [words, name, input] of steps) {
      const actionId = demoId(`${words} ${unit.login}`, then)
      version = (await run(actor, name, { actionId, recordId: unit.id, version, input }, { now: then })).version
    }
  }
}
