import * as t from '#capabilities/task/model/index.ts'
import type { ActionContract } from '#kernel/contract.ts'
import { newId } from '#kernel/ids.ts'
import { type Crew, county, town, townBody } from '#test/kit/hazard-acts.ts'
import { raiseAll } from '#test/kit/raising.ts'
import type { Sides } from '../../oracle/reading.ts'
import type { Driver, Sample, Stage } from './stage.ts'

const content = ({ product }: Stage) => ({
  title: '开展加油站专项检查',
  assigneeBodyId: townBody(product, town),
  dueOn: '2026-12-31',
})
const sides = ({ product }: Stage): Sides => ({
  area: town,
  sectors: null,
  unitId: null,
  bodies: [townBody(product, town)],
})

type Step = readonly [contract: ActionContract, by: keyof Crew, input: object]
const issue: Step = [t.issueTask, 'office', {}]
const receive: Step = [t.receiveTask, 'town', {}]
const report: Step = [t.reportTask, 'town', { text: '已检查三家，余下本月完成' }]
const submit: Step = [t.submitTask, 'town', { statement: '检查八家，问题已整改' }]
const sendBack: Step = [t.returnTask, 'office', { reason: '没有写明整改结果' }]

/** The way to each state of a task. */
const ways: Readonly<Record<t.TaskState, readonly Step[]>> = {
  drafted: [],
  issued: [issue],
  received: [issue, receive],
  doing: [issue, receive, report],
  submitted: [issue, submit],
  returned: [issue, submit, sendBack],
  done: [issue, submit, [t.acceptTask, 'office', {}]],
  void: [[t.voidTask, 'office', { reason: '与另一任务重复' }]],
}

async function taskIn(stage: Stage, state: t.TaskState) {
  const { product, crew } = stage
  const recordId = newId(product.clock.now().getTime())
  let { version } = await product.run(crew.office, t.draftTask, { recordId, input: content(stage) })
  for (const [contract, by, input] of ways[state]) {
    version = (await product.run(crew[by], contract, { recordId, version, input })).version
  }
  return { recordId, version }
}

const onTask =
  (from: t.TaskState, by: keyof Crew, input: object | ((stage: Stage) => object)) =>
  async (stage: Stage): Promise<Sample> => ({
    by: stage.crew[by],
    on: await taskIn(stage, from),
    input: typeof input === 'function' ? input(stage) : input,
    sides: sides(stage),
  })

const tasks = new Map<string, ReturnType<typeof taskIn>>()

export const taskDriver: Driver = {
  record: 'task',
  read: 'task.read',
  samples: {
    'task.draft': async (stage) => ({ by: stage.crew.office, input: content(stage), sides: sides(stage) }),
    'task.amend': onTask('drafted', 'office', (stage) => ({ ...content(stage), title: '开展加油站检查' })),
    'task.issue': onTask('drafted', 'office', {}),
    'task.receive': onTask('issued', 'town', {}),
    'task.report': onTask('received', 'town', { text: '已派两人参加检查' }),
    'task.submit': onTask('received', 'town', { statement: '检查八家，问题已整改' }),
    'task.accept': onTask('submitted', 'office', { opinion: '同意办结' }),
    'task.return': onTask('submitted', 'office', { reason: '没有写明整改结果' }),
    'task.extend': onTask('issued', 'office', { dueOn: '2027-01-31', reason: '道路施工，检查推迟' }),
    'task.chase': onTask('issued', 'office', { words: '请抓紧办理' }),
    'task.void': onTask('issued', 'office', { reason: '与另一任务重复' }),
  },
  inState(stage, state) {
    const made = tasks.get(state) ?? taskIn(stage, state as t.TaskState)
    tasks.set(state, made)
    return made
  },
}

const meeting = {
  kind: 'mobilise' as const,
  title: '木镇镇动员部署会',
  heldOn: '2026-05-20' as const,
  minutes: '部署三年行动各项任务',
  people: ['张三'],
}

async function meetingIn(stage: Stage, state: string) {
  const { product, crew } = stage
  let { recordId, version } = await product.run(crew.town, t.recordMeeting, { input: meeting })
  if (state === 'void') {
    const input = { reason: '登记错了日期' }
    version = (await product.run(crew.town, t.voidMeeting, { recordId, version, input })).version
  }
  return { recordId, version }
}

const onMeeting =
  (input: object) =>
  async (stage: Stage): Promise<Sample> => ({
    by: stage.crew.town,
    on: await meetingIn(stage, 'recorded'),
    input,
    sides: sides(stage),
  })

/** Whoever records a meeting records one of their own body. */
export const meetingDriver: Driver = {
  record: 'meeting',
  read: 'task.readMeetings',
  samples: {
    'task.recordMeeting': async (stage) => ({
      by: stage.crew.town,
      input: meeting,
      sides: sides(stage),
      eachTheirOwn: true,
    }),
    'task.addMinutes': onMeeting({ text: '补充参会名单' }),
    'task.voidMeeting': onMeeting({ reason: '登记错了日期' }),
  },
  inState: meetingIn,
}

const raised = new WeakMap<Stage, Promise<number>>()

/** What the plan's jobs have made, once for the scene. */
export function raisedOnce(stage: Stage): Promise<number> {
  const made = raised.get(stage) ?? raiseAll(stage.product)
  raised.set(stage, made)
  return made
}

/** Who answers for what is no secret; the chain is changed by the office or by whoever leads it. */
export const chainDriver: Driver = {
  record: 'chain',
  read: 'session',
  samples: {
    'task.editChain': async (stage) => {
      await raisedOnce(stage)
      const { rows } = await stage.product.product.database.pool.query(
        'select id, version, lead, links from chain order by key limit 1',
      )
      const { id, version, lead, links } = rows[0]
      const named = links.map((link: { lead: string | null }) => ({ ...link, lead: link.lead ?? lead }))
      return {
        by: stage.crew.office,
        on: { recordId: id, version },
        input: { links: named, reason: '县安委会议定' },
        sides: { area: county, sectors: null, unitId: null, bodies: [lead] },
      }
    },
  },
}
