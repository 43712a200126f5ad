import * as hazard from '#capabilities/hazard/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { addDays } from '#kernel/time.ts'
import { askEnd, delistHazard, listHazard } from './listed.ts'
import type { Ending, Story } from './story.ts'
import type { Teller } from './teller.ts'

const order: readonly Ending[] = [
  'reported',
  'registered',
  'assigned',
  'rectifying',
  'awaitingAcceptance',
  'awaitingReview',
  'awaitingClosure',
  'closed',
]

const reaches = ({ ending }: Story, state: Ending): boolean => order.indexOf(ending) >= order.indexOf(state)

const judgementOf = (teller: Teller) => {
  const { level, finding, foundOn } = teller.story
  return {
    level,
    criterionId: level === 'major' ? teller.stage.criterionOn(finding.criteria, foundOn) : null,
    reason: level === 'major' ? '经现场核查，符合判定标准所列情形，可能导致群死群伤' : '',
  }
}

/** The finding itself. Told first and one after the other, so that numbers follow the days. */
export async function find(teller: Teller): Promise<void> {
  const { story, players } = teller
  const { unit, finding, channel, foundOn, ending, photos } = story
  const byUnit = channel === 'selfCheck'
  const unjudged = byUnit || ending === 'reported' || ending === 'rejected'
  const finder = byUnit ? players.finder : unjudged || channel === 'publicReport' ? players.clerk : players.inspector
  await teller.act(finder, hazard.reportHazard, {
    channel,
    unitId: unit.id,
    sector: story.sector,
    description: finding.text,
    location: finding.place,
    foundOn,
    source: channel === 'publicReport' ? '12350 举报核实（演示）' : '',
    judgement: unjudged ? null : judgementOf(teller),
    attachments: photos ? await teller.paper(finder, 'before') : [],
  })
}

/** Everything after the finding, through the product's own actions, each at its own time. */
export async function play(teller: Teller): Promise<void> {
  const { story, players } = teller
  const { ending, channel } = story
  if (ending === 'reported') return
  if (ending === 'fixedAtOnce') return fixAtOnce(teller)
  if (ending === 'rejected') {
    teller.pass(2)
    await teller.act(players.inspector, hazard.rejectHazard, { reason: '现场核实，所报情况不构成隐患' })
    return
  }
  if (channel === 'selfCheck') {
    teller.pass(1)
    await teller.act(players.inspector, hazard.verifyHazard, { judgement: judgementOf(teller), note: '' })
  }
  if (story.echo !== 'none') await echo(teller)
  if (ending === 'voided') {
    await teller.act(players.office, hazard.voidHazard, { reason: '登记时填错单位，另行登记，此条作废' })
    return
  }
  if (ending === 'transferred') return transfer(teller)
  if (!reaches(story, 'assigned')) return
  await assign(teller)
  if (!reaches(story, 'rectifying')) return
  await prepare(teller)
  // What the year's batch lists stands still until then.
  if (story.yearly === null) await carryOn(teller)
}

/** From the beginning of the work to wherever the story ends. */
export async function carryOn(teller: Teller): Promise<void> {
  const { story } = teller
  await rectify(teller)
  if (!reaches(story, 'awaitingAcceptance')) return
  await apply(teller)
  if (story.returned) await rework(teller)
  if (story.level === 'general') return reaches(story, 'closed') ? closeGeneral(teller) : undefined
  await askEnd(teller)
  await conclude(teller)
}

/** Acceptance, review, closing, and what may come after it. */
async function conclude(teller: Teller): Promise<void> {
  const { story } = teller
  if (!reaches(story, 'awaitingReview')) return
  await accept(teller)
  if (!reaches(story, 'awaitingClosure')) return
  await review(teller)
  if (!reaches(story, 'closed')) return
  const drawn = await close(teller)
  const fails = drawn ? await reinspect(teller) : false
  if (!teller.listing && (fails || story.reopened) && teller.hasTime(70)) await reopen(teller, fails)
}

async function fixAtOnce(teller: Teller): Promise<void> {
  // A unit closes by itself only what it found by itself.
  const { principal, inspector } = teller.players
  const actor = teller.story.channel === 'selfCheck' ? principal : inspector
  const attachments = await teller.paper(actor, 'after')
  const note = `已当场整改：${teller.story.finding.measure}`
  const { drawn } = await teller.act(actor, hazard.fixAtOnce, { note, attachments })
  if (drawn) await reinspect(teller, true)
}

async function transfer(teller: Teller): Promise<void> {
  teller.pass(3)
  const reason = '责任单位已迁往县外，由所在地部门继续督促整改'
  const { office } = teller.players
  const attachments = await teller.paper(office, 'order')
  await teller.act(office, hazard.transferOut, { receiver: '邻县应急管理局（演示）', reason, attachments })
}

/** The same hazard seen by another: filed under it, or registered anew and then merged. */
async function echo(teller: Teller): Promise<void> {
  const { story, players } = teller
  const { clerk } = players
  teller.pass(2)
  const description = `群众反映：${story.finding.text}`
  const foundOn = teller.day
  const source = '12345 热线转办（演示）'
  if (story.echo === 'report') {
    await teller.act(clerk, hazard.addReport, { channel: 'publicReport', description, foundOn, source })
    return
  }
  const twin = teller.thing('twin')
  const finding = {
    channel: 'publicReport' as const,
    unitId: story.unit.id,
    sector: story.sector,
    description,
    location: story.finding.place,
    foundOn,
    source,
    judgement: judgementOf(teller),
  }
  await teller.act(clerk, hazard.reportHazard, finding, twin)
  const into = { into: teller.hazard.id, intoVersion: teller.hazard.version }
  await teller.act(clerk, hazard.mergeHazard, { ...into, reason: '与已登记的隐患为同一处，合并办理' }, twin)
  teller.hazard.version += 1
}

async function assign(teller: Teller): Promise<void> {
  const { story, players } = teller
  const major = story.level === 'major'
  teller.pass(major ? 2 : 1)
  const dueOn = addDays(teller.day, story.allowed)
  const demand = major ? '落实五落实要求，限期整改，整改期间落实临时管控措施' : '限期整改并报送整改情况'
  await teller.act(players.department, hazard.assignHazard, { bodyId: players.bodyId, dueOn, demand })
  teller.due = dueOn
}

async function prepare(teller: Teller): Promise<void> {
  const { story, players } = teller
  const { principal, department } = players
  const { finding, unit, level, variation } = story
  teller.pass(2)
  const plan = {
    responsiblePerson: unit.principal,
    measures: [
      {
        kind: (['engineering', 'technology', 'management'] as const)[variation % 3] ?? 'engineering',
        text: finding.measure,
        done: false,
      },
    ],
    fundsYuan: level === 'major' ? 5_000 + (variation % 90) * 2_500 : null,
    deadline: teller.due,
    emergencyPlan: level === 'major' ? '发现险情立即停止作业、撤离人员并报告，启动现场处置方案' : '',
  }
  if (level === 'major') {
    await teller.act(principal, hazard.setInterim, { text: '设置警戒区域，专人值守，整改完成前停止相关作业' })
  }
  await teller.act(principal, hazard.savePlan, { plan })
  await teller.act(principal, hazard.startRectifying, { note: '' })
  if (story.stopped) {
    await teller.act(department, hazard.orderStop, {
      scope: finding.place,
      reason: '隐患排除前无法保证安全，责令该部位停产停业整改',
      document: `责改〔${teller.day.slice(0, 4)}〕${(variation % 80) + 1}号`,
    })
  }
  if (story.listed !== 'none') await listHazard(teller)
}

async function rectify(teller: Teller): Promise<void> {
  const { story, players } = teller
  const { pace, extended, listed, ending } = story
  teller.pass(pace)
  await teller.passDeadline()
  const text = '正在按整改方案推进，已完成物资准备和人员培训'
  await teller.act(players.principal, hazard.reportProgress, { text, percent: 40 })
  if (extended && listed === 'none' && teller.due !== null && teller.due > teller.day) {
    const to = addDays(teller.due, 30)
    await teller.act(players.principal, hazard.requestExtension, { to, reason: '设备采购周期较长，申请延长整改期限' })
    if (ending === 'rectifying') return
    await teller.act(players.department, hazard.decideExtension, { grant: true, note: '情况属实，同意延期一次' })
    teller.due = to
  }
  teller.pass(pace * 2)
  await teller.passDeadline()
  if (ending !== 'rectifying') return
  // What is still open today has been open ever since: its deadline may have passed long ago.
  teller.day = teller.today
  await teller.passDeadline()
}

async function apply(teller: Teller): Promise<void> {
  const { principal } = teller.players
  teller.pass(teller.story.pace)
  await teller.passDeadline()
  const attachments = await teller.paper(principal, 'after')
  const statement = `整改完成：${teller.story.finding.measure}`
  await teller.act(principal, hazard.applyAcceptance, { statement, attachments })
  teller.due = null
}

async function rework(teller: Teller): Promise<void> {
  teller.pass(2)
  const reason = '整改不到位，佐证材料不足，退回继续整改'
  await teller.act(teller.players.department, hazard.returnForRework, { reason })
  teller.pass(3)
  await apply(teller)
}

async function closeGeneral(teller: Teller): Promise<void> {
  teller.pass(2)
  const opinion = '现场核对整改到位，同意销号'
  const { drawn } = await teller.act(teller.players.department, hazard.closeGeneral, { opinion })
  if (drawn) await reinspect(teller, true)
}

async function accept(teller: Teller): Promise<void> {
  teller.pass(3)
  await teller.act(teller.players.department, hazard.acceptHazard, { opinion: '资料齐全，同意验收，请安排现场复查' })
}

const seen = async (teller: Teller, reviewer: Actor, passed: boolean, findings: string) => {
  // Invented names repeat: a namesake of whoever rectified is told apart by what they do.
  const reviewers = [`${reviewer.name}（检查人员）`, '专家（演示）']
  return { on: teller.day, reviewers, findings, passed, attachments: await teller.paper(reviewer, 'review') }
}

async function review(teller: Teller): Promise<void> {
  teller.pass(3)
  const { inspector } = teller.players
  const found = await seen(teller, inspector, true, '现场复查，隐患已消除，措施落实到位')
  await teller.act(inspector, hazard.recordReview, found)
  if (!teller.story.stopped) return
  await teller.act(teller.players.department, hazard.liftStop, { opinion: '复查合格，同意恢复生产经营' })
}

/** True when the closing was drawn for a re-inspection: the server's own chance, the one thing no seed decides. */
async function close(teller: Teller): Promise<boolean> {
  const { office, department, leader } = teller.players
  teller.pass(3)
  const approver = teller.story.yearly ? leader : teller.listing ? office : department
  const document = teller.story.listed === 'city' ? '市安委办同意销号（演示）' : ''
  const { drawn } = await teller.act(approver, hazard.approveClosure, { opinion: '复查合格，同意销号', document })
  await delistHazard(teller)
  return drawn
}

/** True when the re-inspection finds the hazard back. What was closed lately still waits for its re-inspection. */
async function reinspect(teller: Teller, holds = teller.story.holds): Promise<boolean> {
  if (!teller.hasTime(25)) return false
  teller.pass(20)
  const words = holds ? '抽查复核，整改效果保持良好' : '抽查复核，同一部位问题反弹，整改未能保持'
  const { town } = teller.players
  await teller.act(town, hazard.recordReinspection, await seen(teller, town, holds, words))
  return !holds
}

async function reopen(teller: Teller, failed: boolean): Promise<void> {
  teller.pass(failed ? 2 : 40)
  const dueOn = addDays(teller.day, 30)
  const reason = failed ? '抽查复核不合格，重新打开继续整改' : '回头看发现同一问题反弹，重新打开'
  await teller.act(teller.players.department, hazard.reopenHazard, { reason, dueOn })
  teller.due = dueOn
  teller.pass(10)
  await apply(teller)
  await accept(teller)
  teller.pass(3)
  const { inspector } = teller.players
  await teller.act(inspector, hazard.recordReview, await seen(teller, inspector, true, '再次复查，隐患已消除'))
  teller.pass(3)
  await teller.act(teller.players.department, hazard.approveClosure, { opinion: '再次复查合格，同意销号' })
}
