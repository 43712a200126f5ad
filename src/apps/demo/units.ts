import { registerUnit } from '#capabilities/directory/model/index.ts'
import { creditCodeCheckDigit } from '#kernel/chinese/codes.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import type { BatchRun } from '#platform/actions/runner.ts'
import type { Pack } from '../packs/read.ts'
import { personName } from './cast.ts'
import type { Random } from './random.ts'
import { type Trade, trades } from './trades.ts'

export interface DemoUnit {
  readonly id: string
  readonly name: string
  readonly area: string
  readonly trade: Trade
  readonly principal: string
}

function creditCode(county: string, serial: number): string {
  const first17 = `91${county}MA${String(serial).padStart(7, '0')}`
  return first17 + creditCodeCheckDigit(first17)
}

/** The supervised towns with the zone and the county seat drawn more often, as industry lies there. */
function placesOf(pack: Pack): string[] {
  const towns = pack.areas.filter((area) => area.supervised)
  return towns.flatMap((area, at) => Array.from({ length: area.level === 'zone' || at === 0 ? 4 : 1 }, () => area.code))
}

/** Plans the units of the demo county; the same every time. Names end in （演示）, so no paper takes them for real ones. */
export function planUnits(pack: Pack, random: Random, now: Date): DemoUnit[] {
  const places = placesOf(pack)
  const short = new Map(
    pack.areas.map((area) => [area.code, area.level === 'zone' ? '开发区' : area.name.replace(/[镇乡]$/, '')]),
  )
  const units: DemoUnit[] = []
  for (const trade of trades) {
    for (let at = 0; at < trade.units; at += 1) {
      const area = random.pick(places)
      const base = trade.names[at % trade.names.length] ?? ''
      const turn = Math.floor(at / trade.names.length)
      const number = turn > 0 ? `${turn + 1}号` : ''
      units.push({
        id: newId(now.getTime()),
        name: `${short.get(area) ?? ''}${base}${number}（演示）`,
        area,
        trade,
        principal: personName(100 + units.length),
      })
    }
  }
  return units
}

export async function registerDemoUnit(
  run: BatchRun,
  actor: Actor,
  pack: Pack,
  unit: DemoUnit,
  at: number,
  random: Random,
  now: Date,
): Promise<void> {
  const small = unit.trade.sector === 'fire' || unit.trade.sector === 'selfBuiltHouse'
  const phone = `139${String(10_000_000 + at * 137).slice(-8)}`
  const principal = { personId: null, name: unit.principal, phone, idNumber: null }
  const ownPhone = `138${String(20_000_000 + at * 91).slice(-8)}`
  const owner = { personId: null, name: personName(400 + at), phone: ownPhone, idNumber: null }
  const input = {
    name: unit.name,
    creditCode: small && random.chance(0.5) ? null : creditCode(pack.manifest.county, at + 1),
    kind: small ? ('place' as const) : ('unit' as const),
    area: unit.area,
    sectors: [unit.trade.sector],
    scale: random.pick(['small', 'small', 'small', 'micro', 'medium', 'large'] as const),
    tags: small ? (['small'] as const) : [],
    address: '（演示地址）',
    principal,
    controller: random.chance(0.3) ? owner : principal,
    confirmNew: true,
  }
  await run(actor, registerUnit.id, { actionId: newId(now.getTime()), recordId: unit.id, input }, { now })
}
