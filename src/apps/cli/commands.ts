import { ensureAccount } from '#capabilities/identity/server/module.ts'
import { addDays, type Day, dayOf, isDay, partsOfDay } from '#kernel/time.ts'
import { type TallyDifference, verifyTally } from '#platform/tally/verify.ts'
import type { Product } from '../server/product.ts'
import { auditRoots, auditVerify } from './audit.ts'
import { backup, restore } from './backup.ts'
import { type Bare, type Command, keepEvidence, type Outcome, readArgs, type Say, UsageError } from './command.ts'
import { planCoverage } from './coverage.ts'
import { dbDistribute } from './distribute.ts'
import { planRead } from './plan.ts'
import { serve } from './serve.ts'

const shownRows = 20

/** The legal days statistics are compared as of: ends of the last two months and of the last three years. */
export function usualDays(today: Day): Day[] {
  const { year, month } = partsOfDay(today)
  const first = (of: number, at: number) => `${of}-${String(at).padStart(2, '0')}-01` as Day
  const monthStarts = [first(year, month), month === 1 ? first(year - 1, 12) : first(year, month - 1)]
  const yearStarts = [year, year - 1, year - 2].map((of) => first(of, 1))
  return [...new Set([...monthStarts, ...yearStarts].map((day) => addDays(day, -1)))].sort()
}

function differenceLine({ asOf, cell, counted, booked, sum }: TallyDifference): string {
  const parts = [cell.area, cell.sector, cell.level, cell.channel, cell.state, cell.month].filter((part) => part !== '')
  const when = sum ? `汇总 ${sum.grain} ${sum.period || '当前'}` : asOf ? `截至 ${asOf}` : '当前'
  return `  ${when}　${cell.metric}（${parts.join('，')}）：重新清点 ${counted}，统计数 ${booked}`
}

const tallyVerify: Command = {
  words: 'tally verify',
  usage: 'tally verify [--as-of 2026-06-30]…',
  purpose: '从隐患记录重新清点一遍，与统计数逐格比较，应当没有差异',
  prepare(args) {
    const given = readArgs(args, { 'as-of': { type: 'string', multiple: true } })['as-of']
    const days = (given as string[] | undefined) ?? []
    const wrong = days.find((day) => !isDay(day))
    if (wrong !== undefined) throw new UsageError(`--as-of ${wrong} 不是日期。请写成 2026-06-30`)
    return (product, say) => runTallyVerify(product, say, days as Day[])
  },
}

async function runTallyVerify(product: Product, say: Say, given: readonly Day[]): Promise<Outcome> {
  const { county, modules, options } = product
  const days = given.length > 0 ? given : usualDays(dayOf(options.clock.now()))
  const recounts = modules.all.flatMap((module) => module.recounts ?? [])
  // One snapshot for both sides: people go on working meanwhile, and what they book must not look like a difference.
  const { cells, differences } = await product.database.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((tx) => verifyTally(tx, county, recounts, days))
  say(`统计核对：比较了 ${cells} 格，时点为当前和 ${days.join('、')}`)
  if (differences.length === 0) {
    say('结果：没有差异。')
    return 0
  }
  say(`结果：有 ${differences.length} 格不一致：`)
  for (const difference of differences.slice(0, shownRows)) say(differenceLine(difference))
  if (differences.length > shownRows) say(`  ……其余 ${differences.length - shownRows} 格从略`)
  say(keepEvidence)
  return 1
}

const adminCreate: Command = {
  words: 'admin create',
  usage: 'admin create --login 登录名 --name 姓名',
  purpose: '新建一个全县的系统管理员账号，初始密码只显示一次',
  prepare(args) {
    const values = readArgs(args, { login: { type: 'string' }, name: { type: 'string' } })
    const [login, name] = [text(values.login), text(values.name)]
    if (!login || !name) throw new UsageError(`请写明登录名和姓名：${adminCreate.usage}`)
    return async ({ database, county, modules, runner, options }, say) => {
      const parts = { db: database.db, county, passwords: modules.passwords, run: runner.run }
      const grants = [{ role: 'administrator' as const, area: county }]
      const made = await ensureAccount(parts, { login, name, grants }, options.clock.now())
      if (!made) {
        say(`登录名 ${login} 已经有人使用，没有新建。请换一个登录名；忘记密码的，请另一位管理员在“账号”页面重置。`)
        return 1
      }
      say(`已新建系统管理员：${made.login}（${name}）`)
      say(`初始密码：${made.password}`)
      say('密码只显示这一次，首次登录后须修改。')
      return 0
    }
  },
}

const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '')

/** Those that work on the product as it is put together. */
export const commands: readonly Command[] = [tallyVerify, auditVerify, auditRoots, adminCreate, backup, dbDistribute]
export const bareCommands: readonly Bare[] = [serve, restore, planRead, planCoverage]

export function helpText(): string {
  const lines = [...commands, ...bareCommands].map(({ usage, purpose }) => `  ${usage}\n      ${purpose}`)
  return [
    '治本命令行。用法：npm run zhiben -- <命令>',
    '',
    ...lines,
    '  help\n      显示本说明',
    '',
    '系统运行时和停止时都可以使用。数据目录用 ZHIBEN_HOME 指明，自有数据库用 DATABASE_URL 指明，与启动时一致。',
    '退出码：0 正常；1 发现问题；2 命令有误或无法执行。',
  ].join('\n')
}
