import type { z } from 'zod'
import * as progress from '#capabilities/progress/model/index.ts'
import { loadPeriods, loadReturn, owedReturns } from '#capabilities/progress/server/store.ts'
import * as task from '#capabilities/task/model/index.ts'
import { loadTask, owedTasks } from '#capabilities/task/server/store.ts'
import type { ActionContract } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { addDays, type Day, dayOf } from '#kernel/time.ts'
import type { BatchRun } from '#platform/actions/runner.ts'
import type { Tx } from '#platform/db/tables.ts'
import { systemActor } from '../../server/modules.ts'
import type { Product } from '../../server/product.ts'
import { at, earlier } from '../days.ts'
import { demoId } from '../ids.ts'
import { drawPaper, sendIn } from '../papers.ts'
import { settlePast } from '../store.ts'

type Account = (login: string) => Promise<Actor | undefined>

/** One telling: within one transaction, as of days of the past. */
interface Telling {
  readonly product: Product
  readonly account: Account
  readonly run: BatchRun
  readonly tx: Tx
  readonly now: Date
}

const later = (a: Day, b: Day): Day => (earlier(a, b) === a ? b : a)

/** Records of one transaction. */
const together = 60

/** A number of a text, the same on every machine: who is late and who forgets follows from it. */
const drawn = (words: string): number => [...words].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7)

async function act<I extends z.ZodType>(
  { run, now }: Telling,
  actor: Actor,
  contract: ActionContract<I>,
  record: { readonly id: string; version: number },
  input: z.input<I>,
  day: Day,
): Promise<void> {
  const step = drawn(`${record.id}${contract.id}`) % 9
  const then = at(day, step, now)
  const ids = { actionId: demoId(`${contract.id} ${record.id} ${record.version}`, then), recordId: record.id }
  const version = contract.creates ? {} : { version: record.version }
  record.version = (await run(actor, contract.id, { ...ids, ...version, input }, { now: then })).version
}

/** The days on which something of the plan begins, until today. */
function beginnings(issued: Day, today: Day): Day[] {
  const years = [2024, 2025, 2026]
  const days = years.flatMap((year) =>
    ['01-01', '01-05', '04-01', '05-06', '07-01', '10-01', '10-08', '11-01'].map((day) => `${year}-${day}`),
  )
  return [issued, ...days].filter((day) => day >= issued && day <= today).sort()
}

/**
 * What the county has done of the plan: filed and late, met and studied, returned quarter by quarter. Told again it finds
 * what has been told and goes on behind it.
 */
export async function tellPlanWork(product: Product, account: Account, now: Date): Promise<void> {
  const { runner, county, pack } = product
  const actor = systemActor(county)
  const today = dayOf(now)
  const batch = (work: (telling: Telling) => Promise<void>) =>
    runner.batch(async (run, tx) => {
      await work({ product, account, run, tx, now })
      await settlePast(tx, county, now)
    })
  for (const day of beginnings(pack.manifest.issuedOn, today)) {
    await batch(async ({ run, tx }) => void (await product.modules.raise({ run, tx, actor, now: at(day, 0, now) })))
  }
  const { db } = product.database
  const tasks = await owedTasks(db, county)
  await inPieces(tasks, async (piece) => batch((telling) => tellTasks(telling, piece)))
  await batch(tellMeetings)
  const returns = await owedReturns(db, county)
  await inPieces(returns, async (piece) => batch((telling) => tellReturns(telling, piece)))
  await batch(lockOld)
}

async function inPieces<T>(all: readonly T[], work: (piece: readonly T[]) => Promise<void>): Promise<void> {
  for (let from = 0; from < all.length; from += together) await work(all.slice(from, from + together))
}

async function tellTasks(telling: Telling, tasks: readonly task.Task[]): Promise<void> {
  const today = dayOf(telling.now)
  const office = await telling.account('anwei')
  const clerk = await telling.account('anwei2')
  for (const { id, assigneeBodyId, dueOn, issuedOn, key } of tasks) {
    const handler =
      assigneeBodyId === telling.product.modules.directory.index.reference.officeBodyId
        ? clerk
        : await telling.account(assigneeBodyId)
    const record = await loadTask(telling.tx, telling.product.county, id, true)
    if (!handler || !office || !record || record.state !== 'issued' || issuedOn === null) continue
    const luck = drawn(`${assigneeBodyId}${key}${record.period}`) % 20
    // One in twenty forgets, three are late, and what is due in the coming weeks is mostly still to come.
    if (luck === 19 || (dueOn > today && luck > 5)) continue
    const early = addDays(dueOn, -1 - (luck % 4))
    const sent = luck >= 16 ? addDays(dueOn, 2 + (luck % 5)) : later(early, issuedOn)
    const mine = { id, version: record.version }
    if (dueOn > today || sent >= today) {
      if (record.kind === 'task')
        await act(telling, handler, task.receiveTask, mine, {}, earlier(addDays(issuedOn, 1), today))
      continue
    }
    await submit(telling, handler, record.kind, mine, sent)
    const judged = addDays(sent, 2)
    if (judged >= today) continue
    if (luck === 7) {
      await act(telling, office, task.returnTask, mine, { reason: '没有写明责任人和完成时间，请补充后重报' }, judged)
      await submit(telling, handler, record.kind, mine, addDays(judged, 1))
    }
    const accepted = addDays(judged, luck === 7 ? 3 : 0)
    if (accepted < today) await act(telling, office, task.acceptTask, mine, { opinion: '' }, accepted)
  }
}

async function submit(
  telling: Telling,
  handler: Actor,
  kind: task.TaskKind,
  mine: { id: string; version: number },
  day: Day,
) {
  const { files, database } = telling.product
  const then = at(day, 1, telling.now)
  const name = kind === 'filing' ? '备案件（演示）.pdf' : '佐证材料（演示）.pdf'
  const paper = {
    id: demoId(`paper ${mine.id} ${mine.version}`, then),
    name,
    bytes: drawPaper(`Demo paper ${day}`),
    purpose: 'order' as const,
  }
  const attachments = kind === 'filing' ? [await sendIn(files, database.db, handler, paper, then)] : []
  const statement = kind === 'filing' ? '按要求报送，请予备案' : '已按要求完成，资料存档备查'
  await act(telling, handler, task.submitTask, mine, { statement, attachments }, day)
}

/** Mobilisation by nearly everybody, study every half-year by the towns, and the county's own meetings. */
async function tellMeetings(telling: Telling): Promise<void> {
  const { pack, modules } = telling.product
  const today = dayOf(telling.now)
  const office = await telling.account('anwei2')
  for (const wanted of pack.tasks.meetings) {
    for (const body of task.bodiesOf(wanted.who, modules.directory.index.reference)) {
      const host = body.id === modules.directory.index.reference.officeBodyId ? office : await telling.account(body.id)
      for (const [nth, window] of task.windowsOf(wanted).entries()) {
        const luck = drawn(`${body.id}${wanted.id}${nth}`) % 12
        const heldOn = addDays(window.from, 50 + luck)
        if (!host || luck === 11 || heldOn >= today || heldOn > window.to) continue
        const record = { id: demoId(`meeting ${wanted.id} ${body.id} ${nth}`, at(heldOn, 0, telling.now)), version: 0 }
        const towns = body.id === office?.grants[0]?.bodyId
        await act(
          telling,
          host,
          task.recordMeeting,
          record,
          {
            kind: wanted.kind,
            title: `${body.name}${wanted.title}（演示）`,
            heldOn,
            place: '本单位会议室',
            chair: '主要负责同志',
            people: ['班子成员', '各科室负责人'],
            materials: wanted.kind === 'study' ? '关于安全生产的重要论述' : '三年行动方案',
            minutes: `${wanted.title}，结合本单位实际研究了下一步工作。`,
            decisions: towns && nth % 4 === 0 ? [{ text: '各单位对照任务清单逐项核对，逾期的说明原因' }] : [],
          },
          heldOn,
        )
      }
    }
  }
}

/** The last period is still being handed in: some forgot, some wait for the head of their body, some for the office. */
async function tellReturns(telling: Telling, returns: readonly progress.ProgressReturn[]): Promise<void> {
  const { product, tx, now, account } = telling
  const today = dayOf(now)
  const office = await account('anwei')
  const last = (await loadPeriods(tx, product.county)).find(({ dueOn }) => dueOn <= today)?.id
  for (const { id, bodyId, dueOn, opensOn, periodId } of returns) {
    const clerk = await account(`${bodyId}-jc`)
    const head = await account(bodyId)
    const record = await loadReturn(tx, product.county, id, true)
    if (!clerk || !head || !office || record?.state !== 'due' || dueOn > today) continue
    const recent = periodId === last
    const luck = drawn(`${bodyId}${dueOn}`) % 16
    if (luck === 15 || (recent && luck % 5 === 4)) continue
    const sent = luck === 14 ? addDays(dueOn, 3) : addDays(opensOn, 3 + (luck % 6))
    const mine = { id, version: record.version }
    await act(telling, clerk, progress.submitReturn, mine, said[luck % said.length] ?? said[0], sent)
    if (recent && luck % 5 === 3) continue
    await act(telling, head, progress.endorseReturn, mine, { opinion: '' }, addDays(sent, 1))
    if (recent && luck % 5 === 2) continue
    await act(telling, office, progress.acceptReturn, mine, { opinion: '' }, addDays(sent, 3))
  }
}

const said = [
  {
    progress: '按方案推进各项任务，督导检查按计划完成，重大隐患均在整改期限内。',
    problems: '基层力量不足，部分小单位自查不实。',
    next: '开展专题培训，抽查自查质量。',
  },
  { progress: '完成本期排查，发现的问题已全部交办，逾期的已催办。', problems: '', next: '紧盯逾期隐患，逐条销号。' },
  {
    progress: '组织专项整治，联合相关部门检查重点单位。',
    problems: '个别单位整改资金落实较慢。',
    next: '约谈整改缓慢的单位。',
  },
] as const

/** Periods whose day is more than a quarter ago are locked. */
async function lockOld(telling: Telling): Promise<void> {
  const office = await telling.account('anwei')
  const today = dayOf(telling.now)
  for (const { id, version, dueOn, state } of await loadPeriods(telling.tx, telling.product.county)) {
    const on = addDays(dueOn, 20)
    if (office && state === 'open' && addDays(dueOn, 60) < today)
      await act(telling, office, progress.lockPeriod, { id, version }, {}, on)
  }
}
