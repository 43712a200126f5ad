import * as i from '#capabilities/identity/model/index.ts'
import { county } from '#test/kit/hazard-acts.ts'
import { pick, type Question } from '../draw.ts'
import type { Sides } from '../reading.ts'
import type { Visit } from '../visit.ts'

export const accountOperations = [i.listAccounts, i.accountExport.contract, i.getAccount]

interface AccountRow {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly areas: readonly string[]
}

/** Where an account is at home: in the smallest area that holds all grants it has or ever had. */
function home({ areas }: AccountRow): Sides {
  const [first = county] = areas
  const holding = [12, 9, 6]
    .filter((length) => length <= first.length)
    .map((length) => first.slice(0, length))
    .find((area) => areas.every((one) => one.startsWith(area)))
  return { area: areas.length === 0 ? county : (holding ?? county), sectors: null, unitId: null, bodies: [] }
}

export async function lookAtAccounts(visit: Visit, question: Question): Promise<void> {
  const { pool } = visit.world.product.product.database
  const { rows } = await pool.query<AccountRow>(
    `select a.id, a.login, a.name, array_remove(array_agg(g.area), null) as areas from account a
     left join account_grant g on g.county = a.county and g.account_id = a.id group by a.id, a.login, a.name`,
  )
  const inSight = rows.filter((row) => visit.reading.may('identity.readAccounts', home(row)))
  for (const text of ['', '%', '-1', '_乙']) {
    const list = await visit.ask(i.listAccounts, { ...(text ? { text } : {}), size: 200 })
    if (!list) return
    const expected = inSight.filter((row) => row.login.includes(text) || row.name.includes(text))
    visit.sameIds(`identity.listAccounts “${text}”`, list.rows, expected)
    visit.same(`identity.listAccounts “${text}” total`, list.total, expected.length)
    const file = await visit.lines(i.accountExport.contract, text ? { text } : {}, '登录账号')
    if (file) visit.same(`identity.exportAccounts “${text}”`, file.sort(), expected.map(({ login }) => login).sort())
  }
  for (const row of pick(rows, question.picks.slice(0, 3))) {
    const view = await visit.read(i.getAccount, row.id, inSight.includes(row))
    if (view) await visit.buttons(i.accountLifecycle, view, home(row))
    await visit.attempt('identity.updateAccount', row.id, { name: '陈明远' }, inSight.includes(row), home(row))
  }
}
