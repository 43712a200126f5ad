import { z } from 'zod'
import { isAreaCode } from '#kernel/area.ts'
import { defineAction } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { RoleId } from '#kernel/session.ts'
import { Day } from '#kernel/time.ts'
import { identityErrors as e } from './errors.ts'

const reason = z.string().trim().min(4, '请写明原因（至少4个字）').max(300, '原因最多300字')

/** Case does not matter at sign-in; the alphabet is narrow so that nobody makes a look-alike of another's login. */
export const Login = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9\p{Script=Han}][A-Za-z0-9._\-\p{Script=Han}]{1,39}$/u, {
    message: '登录账号为2至40位的字母、数字或汉字，可含点、横线和下划线，须以字母、数字或汉字开头',
  })
const Name = z.string().trim().min(2, '请填写姓名（至少2个字）').max(40, '姓名最多40字')

/** A new password. Which rules it must keep the county decides (parameters password.*), so the server checks them. */
export const NewPassword = z.string().min(1, '请输入新密码').max(256, '密码太长')

/**
 * Typed twice by whoever sets it. The field names end in 'password': the runner keeps such fields out of the audit, so
 * a field that holds a password under any other name would write it down for good.
 */
export const passwordPair = { password: NewPassword, confirmPassword: z.string().max(256, '密码太长') }
export const pairMatches = (pair: { password: string; confirmPassword: string }) =>
  pair.password === pair.confirmPassword
export const pairDiffers = { path: ['confirmPassword'], message: '两次输入的密码不一致，请重新输入' }

export const GrantInput = z.object({
  role: RoleId,
  area: z.string().refine(isAreaCode, '请选择授权的区域'),
  sectors: z
    .array(z.string().min(1).max(40))
    .min(1, '请至少选择一个行业领域，或不限行业')
    .max(40, '行业领域最多选40个')
    .nullable()
    .default(null),
  unitId: Id.nullable().default(null),
  bodyId: z.string().min(1).max(60).nullable().default(null),
  /** First day; today when absent. */
  from: Day.optional(),
  /** Last day; null = until it is ended. */
  to: Day.nullable().default(null),
})
export type GrantInput = z.output<typeof GrantInput>

const State = z.object({ state: z.string() })
const on = { record: 'account', permission: 'identity.manageAccounts' } as const
const grantErrors = [e.grantOutsideReach, e.grantNotFitting]

export const createAccount = defineAction({
  ...on,
  id: 'identity.createAccount',
  title: '新建账号',
  creates: true,
  input: z
    .object({
      login: Login,
      name: Name,
      personId: Id.nullable().default(null),
      grants: z.array(GrantInput).max(20, '一次最多授权20项').default([]),
      ...passwordPair,
    })
    .refine(pairMatches, pairDiffers),
  output: State,
  errors: [...grantErrors, e.loginTaken, e.passwordUnfit],
})

export const updateAccount = defineAction({
  ...on,
  id: 'identity.updateAccount',
  title: '修改账号信息',
  input: z.object({ name: Name }),
  output: State,
  errors: [],
})

export const addGrant = defineAction({
  ...on,
  id: 'identity.addGrant',
  title: '添加授权',
  input: GrantInput,
  output: State.extend({ grantId: Id }),
  errors: [...grantErrors, e.grantHeld],
})

/** Without `to` the grant ends at once; with it, at the end of that day. */
export const endGrant = defineAction({
  ...on,
  id: 'identity.endGrant',
  title: '结束授权',
  input: z.object({ grantId: Id, to: Day.optional(), reason }),
  output: State,
  errors: [e.grantUnknown, e.grantEnded, e.grantNotFitting, e.ownAdministrator, e.lastAdministrator],
})

export const disableAccount = defineAction({
  ...on,
  id: 'identity.disableAccount',
  title: '停用账号',
  input: z.object({ reason }),
  output: State,
  errors: [e.ownAccount, e.lastAdministrator],
})

export const enableAccount = defineAction({
  ...on,
  id: 'identity.enableAccount',
  title: '启用账号',
  input: z.object({ reason }),
  output: State,
  errors: [],
})

/** Sets a first password that the person must change; all sessions of the account end. */
export const resetPassword = defineAction({
  ...on,
  id: 'identity.resetPassword',
  title: '重置密码',
  input: z.object(passwordPair).refine(pairMatches, pairDiffers),
  output: State,
  errors: [e.ownReset, e.passwordUnfit],
})

/** Signs an account out, on one device or on all of them. */
export const endSessions = defineAction({
  ...on,
  id: 'identity.endSessions',
  title: '结束登录',
  input: z.object({ sessionId: z.string().max(64).nullable().default(null), reason }),
  output: State.extend({ ended: z.number().int() }),
  errors: [e.sessionGone],
})

/** Opens the door of a login that was closed after too many wrong passwords. */
export const unlockAccount = defineAction({
  ...on,
  id: 'identity.unlockAccount',
  title: '解除锁定',
  input: z.object({ reason }),
  output: State,
  errors: [],
})
