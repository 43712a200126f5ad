import { z } from 'zod'
import { defineQuery } from '#kernel/contract.ts'
import { roles } from '#kernel/grants.ts'
import { Id } from '#kernel/ids.ts'
import { named } from '#kernel/list/filter.ts'
import { Paging, pageOf } from '#kernel/paging.ts'
import { GrantView, RoleId, SessionView, SignInInput } from '#kernel/session.ts'
import { Day } from '#kernel/time.ts'
import { NewPassword } from './contract.ts'
import { identityErrors as e } from './errors.ts'
import { accountStates } from './lifecycle.ts'

const StateId = z.enum(['active', 'disabled'])
const stateWords = Object.fromEntries(Object.entries(accountStates).map(([id, { label }]) => [id, label]))

export const AccountGrantView = GrantView.extend({
  id: Id,
  roleName: z.string(),
  /** Names of `sectors`, in their order. */
  sectorNames: z.array(z.string()).nullable(),
  from: Day,
  to: Day.nullable(),
  effective: z.boolean(),
})
export type AccountGrantView = z.infer<typeof AccountGrantView>

const facts = {
  id: Id,
  version: z.number().int(),
  login: z.string(),
  name: z.string(),
  personId: Id.nullable(),
  state: StateId,
  stateName: z.string(),
  createdOn: Day,
  mustChangePassword: z.boolean(),
  passwordSetOn: Day.nullable(),
}

/** `grants` holds those in effect today. */
export const AccountRow = z.object({ ...facts, grants: z.array(AccountGrantView) })
export type AccountRow = z.infer<typeof AccountRow>

export const AccountFilter = z.object({
  /** Part of the login or the name. */
  text: named(z.string().trim().max(40, '查询内容最多40字').optional(), '账号、姓名'),
  /** Accounts that hold this role today. */
  role: named(RoleId.optional(), '角色', roles),
  state: named(StateId.optional(), '状态', stateWords),
})
export type AccountFilter = z.infer<typeof AccountFilter>

export const listAccounts = defineQuery({
  id: 'identity.listAccounts',
  title: '账号列表',
  permission: 'identity.readAccounts',
  input: AccountFilter.extend(Paging),
  output: pageOf(AccountRow),
  errors: [],
})

export const OpenSessionView = z.object({
  id: z.string(),
  since: z.string(),
  lastSeenAt: z.string(),
  ip: z.string(),
  agent: z.string(),
})

/** One account with all its grants, past ones too, and what may be done with it now. */
export const getAccount = defineQuery({
  id: 'identity.getAccount',
  title: '账号详情',
  permission: 'identity.readAccounts',
  input: z.object({ id: Id }),
  output: AccountRow.extend({
    allowedActions: z.array(z.object({ action: z.string(), blocked: z.string().optional() })),
    sessions: z.array(OpenSessionView),
    /** Until when the login is closed after wrong passwords; null when it is open. */
    lockedUntil: z.string().nullable(),
  }),
  errors: [],
})

export const signIn = defineQuery({
  id: 'identity.signIn',
  title: '登录',
  permission: 'public',
  input: SignInInput,
  output: z.object({ mustChangePassword: z.boolean(), endsAt: z.string() }),
  errors: [e.signInFailed],
})

export const signOut = defineQuery({
  id: 'identity.signOut',
  title: '退出登录',
  permission: 'public',
  input: z.object({}),
  output: z.object({}),
  errors: [],
})

export const getSession = defineQuery({
  id: 'identity.session',
  title: '当前登录',
  permission: 'session',
  input: z.object({}),
  output: SessionView,
  errors: [],
})

export const changePassword = defineQuery({
  id: 'identity.changePassword',
  title: '修改密码',
  permission: 'session',
  input: z.object({ current: z.string().min(1, '请输入原密码').max(256, '密码太长'), next: NewPassword }),
  output: z.object({ endedSessions: z.number().int() }),
  errors: [e.oldPasswordWrong, e.passwordUnchanged, e.passwordUnfit, e.passwordUsed, e.signInFailed],
})

/** What a person may know of the own account: what it may see and do, until when, and where it is signed in. */
export const getOwnAccount = defineQuery({
  id: 'identity.ownAccount',
  title: '我的账号',
  permission: 'session',
  input: z.object({}),
  output: z.object({
    login: z.string(),
    name: z.string(),
    passwordSetOn: Day.nullable(),
    /** Last day of the present password; null where passwords do not run out. */
    passwordUntil: Day.nullable(),
    grants: z.array(
      AccountGrantView.extend({
        /** What the grant lets its holder see, in a sentence. */
        sees: z.string(),
        /** What it lets its holder do: the titles of its permissions. */
        may: z.array(z.string()),
      }),
    ),
    sessions: z.array(OpenSessionView.extend({ here: z.boolean() })),
  }),
  errors: [],
})

/** Ends one of the own sessions elsewhere, or all but this one. */
export const endOwnSessions = defineQuery({
  id: 'identity.endOwnSessions',
  title: '结束其他登录',
  permission: 'session',
  input: z.object({ sessionId: z.string().max(64).nullable().default(null) }),
  output: z.object({ ended: z.number().int() }),
  errors: [],
})

export const DemoAccount = z.object({ login: z.string(), name: z.string(), role: z.string(), password: z.string() })
export type DemoAccount = z.infer<typeof DemoAccount>

/** The demo accounts with their passwords, for the sign-in page of a database that holds demo data only. */
export const listDemoAccounts = defineQuery({
  id: 'identity.demoAccounts',
  title: '演示账号',
  permission: 'public',
  input: z.object({}),
  output: z.object({ accounts: z.array(DemoAccount) }),
  errors: [],
})
