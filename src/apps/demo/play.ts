import type { z } from 'zod'
import * as hazard from '#capabilities/hazard/model/index.ts'
import * as listing from '#capabilities/listing/model/index.ts'
import type { AttachmentInput } from '#kernel/attachment.ts'
import type { ActionContract } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { addDays, type Day, dayOf } from '#kernel/time.ts'
import type { BatchRun } from '#platform/actions/runner.ts'
import type { Db } from '#platform/db/tables.ts'
import type { Files } from '#platform/files/files.ts'
import { drawPaper, drawPicture, sendIn } from './papers.ts'
import { at, type Ending, earlier, type Story } from './story.ts'

/** The people of one story; none of them takes two of the parts that must be different people. */
export interface Players {
  readonly office: Actor
  readonly clerk: Actor
  readonly department: Actor
  readonly inspector: Actor
  readonly principal: Actor
  readonly leader: Actor
  readonly system: Actor
  readonly bodyId: string
}

export interface Stage {
  readonly run: BatchRun
  readonly db: Db
  readonly files: Files
  readonly now: Date
  /** The first of these criteria that was in force on that day; with none the case had to be reasoned. */
  criterionOn(ids: readonly string[], day: Day): string | null
}

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

/** Plays one story through the product's own actions, each at its own time. */
export async function play(stage: Stage, story: Story, players: Players): Promise<void> {
  await new Playing(stage, story, players).play()
}

class Playing {
  readonly #stage: Stage
  readonly #story: Story
  readonly #players: Players
  readonly #id: string
  readonly #today: Day
  #version = 0
  #day: Day
  #step = 0
  #due: Day | null = null
  #listing: { id: string; version: number } | undefined

  constructor(stage: Stage, story: Story, players: Players) {
    this.#stage = stage
    this.#story = story
    this.#players = players
    this.#today = dayOf(stage.now)
    this.#day = story.foundOn
    this.#id = newId(at(story.foundOn, 0, stage.now).getTime())
  }

  async play(): Promise<void> {
    const { ending, level } = this.#story
    await this.#find()
    if (ending === 'reported') return
    if (ending === 'voided')
      return this.#do(this.#players.office, hazard.voidHazard, { reason: '与同期登记的隐患重复，予以作废' })
    if (ending === 'fixedAtOnce') return this.#fixAtOnce()
    if (!this.#reaches('assigned')) return
    await this.#assign()
    if (!this.#reaches('rectifying')) return
    await this.#prepare()
    await this.#rectify()
    if (!this.#reaches('awaitingAcceptance')) return
    await this.#apply()
    if (this.#story.returned) await this.#rework()
    if (level === 'general') return this.#reaches('closed') ? this.#closeGeneral() : undefined
    if (!this.#reaches('awaitingReview')) return
    await this.#accept()
    if (!this.#reaches('awaitingClosure')) return
    await this.#review()
    if (!this.#reaches('closed')) return
    await this.#close()
    if (this.#story.reopened) await this.#reopen()
  }

  #reaches(state: Ending): boolean {
    const { ending } = this.#story
    return order.indexOf(ending === 'fixedAtOnce' || ending === 'voided' ? 'reported' : ending) >= order.indexOf(state)
  }

  #pass(days: number): void {
    const next = addDays(this.#day, days)
    this.#day = earlier(next, this.#today)
  }

  get #now(): Date {
    return at(this.#day, this.#step, this.#stage.now)
  }

  async #do<I extends z.ZodType>(actor: Actor, contract: ActionContract<I>, input: z.input<I>): Promise<void> {
    this.#step += 1
    const now = this.#now
    const envelope = { actionId: newId(now.getTime()), recordId: this.#id, version: this.#version, input }
    const result = await this.#stage.run(actor, contract.id, envelope, { now })
    this.#version = result.version
  }

  /** The clock of that day: a deadline that passed unmet was marked overdue the next morning. */
  async #passDeadline(): Promise<void> {
    if (this.#due === null || this.#due >= this.#day) return
    const day = this.#day
    this.#day = addDays(this.#due, 1)
    await this.#do(this.#players.system, hazard.passDeadline, { basis: this.#due })
    this.#day = day
    this.#due = null
  }

  async #paper(actor: Actor, purpose: 'after' | 'review' | 'before'): Promise<AttachmentInput[]> {
    const { db, files } = this.#stage
    const { photos, variation } = this.#story
    const picture = photos && purpose !== 'review'
    const bytes = picture
      ? await drawPicture(variation, purpose === 'after')
      : drawPaper(`Demo ${purpose} record ${variation}-${this.#step}`)
    const name = picture ? `${purpose}-${variation}.jpg` : `${purpose}-${variation}.pdf`
    return [await sendIn(files, db, actor, { name, bytes, purpose }, this.#now)]
  }

  async #find(): Promise<void> {
    const { unit, finding, channel, level, foundOn, ending, photos } = this.#story
    const { principal, inspector, clerk } = this.#players
    const byUnit = channel === 'selfCheck'
    const finder = byUnit ? principal : channel === 'publicReport' ? clerk : inspector
    const judgement = {
      level,
      criterionId: level === 'major' ? this.#stage.criterionOn(finding.criteria, foundOn) : null,
      reason: level === 'major' ? '经现场核查，符合判定标准所列情形，可能导致群死群伤' : '',
    }
    const unjudged = byUnit || ending === 'reported'
    const result = await this.#create(unjudged && !byUnit ? clerk : finder, {
      channel,
      unitId: unit.id,
      sector: unit.trade.sector,
      description: finding.text,
      location: finding.place,
      foundOn,
      source: channel === 'publicReport' ? '12350 举报核实（演示）' : '',
      judgement: unjudged ? null : judgement,
      attachments: photos ? await this.#paper(unjudged && !byUnit ? clerk : finder, 'before') : [],
    })
    if (result !== 'reported' || ending === 'reported' || ending === 'fixedAtOnce') return
    this.#pass(1)
    await this.#do(inspector, hazard.verifyHazard, { judgement, note: '' })
  }

  async #create(actor: Actor, input: z.input<typeof hazard.reportHazard.input>): Promise<string> {
    this.#step += 1
    const now = this.#now
    const envelope = { actionId: newId(now.getTime()), recordId: this.#id, input }
    const result = await this.#stage.run(actor, hazard.reportHazard.id, envelope, { now })
    this.#version = result.version
    return hazard.reportHazard.output.parse(result.output).state
  }

  async #fixAtOnce(): Promise<void> {
    // A unit closes by itself only what it found by itself.
    const actor = this.#story.channel === 'selfCheck' ? this.#players.principal : this.#players.inspector
    const attachments = await this.#paper(actor, 'after')
    await this.#do(actor, hazard.fixAtOnce, { note: `已当场整改：${this.#story.finding.measure}`, attachments })
  }

  async #assign(): Promise<void> {
    const { department, bodyId } = this.#players
    const { allowed, level } = this.#story
    this.#pass(level === 'major' ? 2 : 1)
    const dueOn = addDays(this.#day, allowed)
    const demand = level === 'major' ? '落实五落实要求，限期整改，整改期间落实临时管控措施' : '限期整改并报送整改情况'
    await this.#do(department, hazard.assignHazard, { bodyId, dueOn, demand })
    this.#due = dueOn
  }

  async #prepare(): Promise<void> {
    const { principal } = this.#players
    const { finding, unit, level, listed, variation } = this.#story
    this.#pass(2)
    const deadline = this.#due
    const plan = {
      responsiblePerson: unit.principal,
      measures: [{ kind: 'engineering' as const, text: finding.measure, done: false }],
      fundsYuan: level === 'major' ? 5_000 + (variation % 90) * 2_500 : null,
      deadline,
      emergencyPlan: level === 'major' ? '发现险情立即停止作业、撤离人员并报告，启动现场处置方案' : '',
    }
    if (level === 'major') {
      const text = '设置警戒区域，专人值守，整改完成前停止相关作业'
      await this.#do(principal, hazard.setInterim, { text })
    }
    await this.#do(principal, hazard.savePlan, { plan })
    await this.#do(principal, hazard.startRectifying, { note: '' })
    if (listed) await this.#list()
  }

  async #list(): Promise<void> {
    const { clerk, office, bodyId } = this.#players
    const id = newId(this.#now.getTime())
    const steps: [Actor, ActionContract, Record<string, unknown>][] = [
      [
        clerk,
        listing.proposeListing,
        { hazardId: this.#id, level: 'county', reason: '隐患危害较大、整改难度大，建议挂牌督办' },
      ],
      [office, listing.approveListing, { opinion: '同意县级挂牌督办' }],
      [
        clerk,
        listing.orderListing,
        {
          document: `安委办督〔${this.#day.slice(0, 4)}〕${(this.#story.variation % 60) + 1}号`,
          name: `${this.#story.unit.name}重大事故隐患挂牌督办`,
          matters: this.#story.finding.text,
          requirements: '制定整改方案，落实五落实，整改期间落实管控措施，每周报告进展',
          dueOn: addDays(this.#day, 90),
          release: '整改完成后由督办责任部门现场核查，报挂牌机关批准摘牌',
          supervisingBodyId: bodyId,
        },
      ],
      [clerk, listing.publiciseListing, { on: this.#day, where: '县政府门户网站（演示）' }],
    ]
    let version = 0
    for (const [actor, contract, input] of steps) {
      this.#step += 1
      const now = this.#now
      const envelope = {
        actionId: newId(now.getTime()),
        recordId: id,
        ...(contract.creates ? {} : { version }),
        input,
      }
      version = (await this.#stage.run(actor, contract.id, envelope, { now })).version
    }
    this.#listing = { id, version }
    // The order changed the hazard too.
    this.#version += 1
    this.#due = addDays(this.#day, 90)
  }

  async #rectify(): Promise<void> {
    const { principal, department } = this.#players
    const { pace, extended, listed, ending } = this.#story
    const text = '正在按整改方案推进，已完成物资准备和人员培训'
    this.#pass(pace)
    await this.#passDeadline()
    await this.#do(principal, hazard.reportProgress, { text, percent: 40 })
    if (extended && !listed && this.#due !== null && this.#due > this.#day) {
      const to = addDays(this.#due, 30)
      await this.#do(principal, hazard.requestExtension, { to, reason: '设备采购周期较长，申请延长整改期限' })
      if (ending === 'rectifying') return
      await this.#do(department, hazard.decideExtension, { grant: true, note: '情况属实，同意延期一次' })
      this.#due = to
    }
    this.#pass(pace * 2)
    await this.#passDeadline()
    if (ending === 'rectifying') {
      // What is still open today has been open ever since: its deadline may have passed long ago.
      this.#day = this.#today
      await this.#passDeadline()
    }
  }

  async #apply(): Promise<void> {
    const { principal } = this.#players
    this.#pass(this.#story.pace)
    await this.#passDeadline()
    const attachments = await this.#paper(principal, 'after')
    const statement = `整改完成：${this.#story.finding.measure}`
    await this.#do(principal, hazard.applyAcceptance, { statement, attachments })
    this.#due = null
  }

  async #rework(): Promise<void> {
    this.#pass(2)
    await this.#do(this.#players.department, hazard.returnForRework, {
      reason: '整改不到位，佐证材料不足，退回继续整改',
    })
    this.#pass(3)
    await this.#apply()
  }

  async #closeGeneral(): Promise<void> {
    this.#pass(2)
    await this.#do(this.#players.department, hazard.closeGeneral, { opinion: '现场核对整改到位，同意销号' })
  }

  async #accept(): Promise<void> {
    this.#pass(3)
    await this.#do(this.#players.department, hazard.acceptHazard, { opinion: '资料齐全，同意验收，请安排现场复查' })
  }

  async #review(): Promise<void> {
    const { inspector } = this.#players
    this.#pass(3)
    await this.#do(inspector, hazard.recordReview, {
      on: this.#day,
      reviewers: [`${inspector.name}（检查人员）`, '专家（演示）'],
      findings: '现场复查，隐患已消除，措施落实到位',
      passed: true,
      attachments: await this.#paper(inspector, 'review'),
    })
  }

  async #close(): Promise<void> {
    const { office, department, clerk } = this.#players
    this.#pass(3)
    const approver = this.#listing ? office : department
    await this.#do(approver, hazard.approveClosure, { opinion: '复查合格，同意销号' })
    if (!this.#listing) return
    this.#step += 1
    const now = this.#now
    const { id, version } = this.#listing
    const input = { reason: '隐患已整改销号，同意摘牌' }
    const envelope = { actionId: newId(now.getTime()), recordId: id, version, input }
    await this.#stage.run(clerk, listing.delistListing.id, envelope, { now })
    this.#version += 1
  }

  async #reopen(): Promise<void> {
    if (this.#listing) return
    this.#pass(40)
    const dueOn = addDays(this.#day, 30)
    await this.#do(this.#players.department, hazard.reopenHazard, { reason: '回头看发现同一问题反弹，重新打开', dueOn })
    this.#due = dueOn
    this.#pass(10)
    await this.#apply()
    await this.#accept()
    await this.#review()
    this.#pass(3)
    await this.#do(this.#players.department, hazard.approveClosure, { opinion: '再次复查合格，同意销号' })
  }
}
