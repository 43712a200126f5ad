import { z } from 'zod'
import { defineAction } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { Day } from '#kernel/time.ts'
import { progressErrors as e } from './errors.ts'

const words = (what: string, max = 500) =>
  z.string().trim().min(2, `请写明${what}（至少2个字）`).max(max, `${what}最多${max}字`)
const said = (what: string) => z.string().trim().max(2000, `${what}最多2000字`).default('')
const opinion = z.string().trim().max(300, '审核意见最多300字').default('')
const State = z.object({ state: z.string() })
const on = { record: 'progressReturn', output: State, clauses: ['N-1', 'S1-2'] }

/** The clerk comments; the numbers come from the records of that moment and are frozen. */
export const submitReturn = defineAction({
  ...on,
  id: 'progress.submit',
  title: '报送进展',
  permission: 'progress.fill',
  input: z.object({
    progress: words('工作进展', 2000),
    problems: said('存在的问题'),
    next: said('下一步安排'),
  }),
  errors: [e.otherBody, e.periodLocked, e.notOpen],
})

export const endorseReturn = defineAction({
  ...on,
  id: 'progress.endorse',
  title: '本单位审核通过',
  permission: 'progress.endorse',
  input: z.object({ opinion }),
  errors: [e.onlyHead, e.ownWork, e.periodLocked],
})

export const sendBackReturn = defineAction({
  ...on,
  id: 'progress.return',
  title: '退回重报',
  permission: 'progress.review',
  input: z.object({ reason: words('退回的原因') }),
  errors: [e.onlyHead, e.onlyOffice, e.ownWork, e.periodLocked],
})

export const acceptReturn = defineAction({
  ...on,
  id: 'progress.accept',
  title: '审定',
  permission: 'progress.accept',
  input: z.object({ opinion }),
  errors: [e.ownWork],
})

export const chaseReturn = defineAction({
  ...on,
  id: 'progress.chase',
  title: '催报',
  permission: 'progress.accept',
  input: z.object({ words: words('催报的内容', 200) }),
  errors: [e.periodLocked],
})

export const correctReturn = defineAction({
  ...on,
  id: 'progress.correct',
  title: '更正',
  permission: 'progress.accept',
  input: z.object({
    number: z.string().min(1, '请选择要更正的数字').max(60),
    to: z.number().int('请填写整数').min(0, '不能小于0').max(10_000_000),
    reason: words('更正的理由'),
  }),
  errors: [e.numberUnknown, e.sameNumber],
})

export const openReturn = defineAction({
  ...on,
  id: 'progress.openReturn',
  title: '建立报送件',
  permission: 'progress.raise',
  creates: true,
  internal: true,
  input: z.object({ periodId: Id, bodyId: z.string() }),
  errors: [],
})

export const lockReturn = defineAction({
  ...on,
  id: 'progress.lockReturn',
  title: '随报送期锁定',
  permission: 'progress.accept',
  internal: true,
  input: z.object({}),
  errors: [],
})

const period = { record: 'progressPeriod', output: State }

export const openPeriod = defineAction({
  ...period,
  id: 'progress.openPeriod',
  title: '开始报送期',
  permission: 'progress.raise',
  creates: true,
  internal: true,
  input: z.object({ name: z.string(), from: Day, to: Day, opensOn: Day, dueOn: Day }),
  errors: [],
})

export const lockPeriod = defineAction({
  ...period,
  id: 'progress.lockPeriod',
  title: '锁定本期',
  permission: 'progress.accept',
  clauses: ['N-1'],
  input: z.object({}),
  errors: [e.notDue],
})

export const returnContracts = [
  openReturn,
  submitReturn,
  endorseReturn,
  sendBackReturn,
  acceptReturn,
  chaseReturn,
  correctReturn,
  lockReturn,
]
