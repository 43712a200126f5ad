import { client, type Visitor } from '#test/kit/served.ts'
import { startFloor } from '../measure/floor.ts'
import { drive, type Sample } from '../measure/load.ts'
import { perSecond, type Row } from '../measure/report.ts'
import { type Statement, statementsOf } from '../measure/statements.ts'
import type { Ground, Stage } from '../stage/stage.ts'
import { visit } from '../stage/stage.ts'

const path = '/api/hazard/list'
const connections = 10

/** Lists as they are opened every day: what stands, what is late, one sector's second page. */
const lists = [
  { stateType: 'standing', size: 50, sort: '-foundOn' },
  { overdue: true, size: 50, sort: 'dueOn' },
  { level: 'major', stateType: 'standing', size: 50, page: 2, sort: '-foundOn' },
] as const

export interface ListFigures {
  readonly admin: Sample
  readonly clerk: Sample
  readonly adminFloor: Sample
  readonly clerkFloor: Sample
}

/** Lists of fifty through the product and the same statements behind a bare route, turn by turn. */
export async function measureLists(
  ground: Ground,
  stage: Stage,
  visitors: { readonly admin: Visitor; readonly clerk: Visitor },
  clerkLogin: string,
  seconds: number,
): Promise<ListFigures> {
  const product = await visit(ground, stage.url)
  const statements: Record<string, Statement[]> = {}
  try {
    for (const [login, who] of [
      ['admin', 'admin'],
      [clerkLogin, 'clerk'],
    ] as const) {
      for (const [at, input] of lists.entries()) {
        statements[`${who}${at}`] = await statementsOf(product, login, 'hazard.list', input)
      }
    }
  } finally {
    await product.close()
  }
  const floor = await startFloor(stage.url, statements)
  try {
    const bare = client(floor.base, connections)
    const ask = (visitor: Visitor) => (n: number) => visitor.ask(path, lists[n % lists.length])
    const askFloor = (who: string) => (n: number) => bare.send('GET', `/${who}${n % lists.length}`, {})
    const figures = {
      adminFloor: await drive(connections, seconds, askFloor('admin')),
      admin: await drive(connections, seconds, ask(visitors.admin)),
      clerkFloor: await drive(connections, seconds, askFloor('clerk')),
      clerk: await drive(connections, seconds, ask(visitors.clerk)),
    }
    bare.close()
    return figures
  } finally {
    await floor.stop()
  }
}

export function listRow({ admin, clerk, adminFloor, clerkFloor }: ListFigures, stage: Stage): Row {
  const ratio = Math.min(admin.perSecond / adminFloor.perSecond, clerk.perSecond / clerkFloor.perSecond)
  const between = clerk.perSecond / admin.perSecond
  return {
    id: 'a',
    title: `list of 50 of ${stage.size.hazards}, filtered, sorted, with total`,
    measured: `${perSecond(admin.perSecond)} admin, ${perSecond(clerk.perSecond)} clerk (×${between.toFixed(2)})`,
    floor: `${perSecond(adminFloor.perSecond)}, ${perSecond(clerkFloor.perSecond)} same SQL, bare route`,
    ratio,
    aim: '≥ 0.5, clerk = admin ± 20 %',
    met: ratio >= 0.5 && Math.abs(between - 1) <= 0.2,
    figures: { admin, clerk, adminFloor, clerkFloor, clerkToAdmin: between, connections, lists },
  }
}
