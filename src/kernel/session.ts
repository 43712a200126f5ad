import { z } from 'zod'
import { Id } from './ids.ts'

export const RoleId = z.enum([
  'committeeOffice',
  'countyLeader',
  'department',
  'town',
  'inspector',
  'unitPrincipal',
  'unitWorker',
  'administrator',
  'auditor',
])

export const GrantView = z.object({
  role: RoleId,
  area: z.string(),
  areaName: z.string(),
  sectors: z.array(z.string()).nullable(),
  unitId: Id.nullable(),
  unitName: z.string().nullable(),
  bodyId: z.string().nullable(),
  bodyName: z.string().nullable(),
})

/** What the browser knows of its own session (`GET /api/identity/session`). */
export const SessionView = z.object({
  county: z.string(),
  countyName: z.string(),
  accountId: Id,
  personId: Id.nullable(),
  login: z.string(),
  name: z.string(),
  grants: z.array(GrantView),
  /** Ids of the permissions held anywhere; menus and pages ask these. */
  permissions: z.array(z.string()),
  unread: z.number().int(),
  /** Legal day of the server's clock, so that a wrong PC clock does not show wrong days left. */
  today: z.string(),
  /** True while the database holds generated demo data; every screen then carries the 演示 mark. */
  demo: z.boolean(),
  /** Years whose holiday notice is in the calendar; a deadline in any other may turn out to be a holiday. */
  publishedYears: z.array(z.number().int()),
  /** Nothing else opens until the password is changed: it is the first one, or it has run out. */
  mustChangePassword: z.boolean(),
  password: z.object({
    /** What a new one must keep to, in words. */
    rules: z.string(),
    expired: z.boolean(),
    /** Days it may still be used; null where passwords do not run out. */
    daysLeft: z.number().int().nullable(),
  }),
  /** Bytes a file may have now; the server refuses larger ones anyway, before the first byte. */
  uploadMaxBytes: z.number().int(),
  /** Instant at which the session ends for good. */
  endsAt: z.string(),
  /** Minutes without a request after which it ends earlier. */
  idleMinutes: z.number(),
  /** The server's clock at the answer: the browser's may be wrong, and only differences are taken from it. */
  now: z.string(),
})
export type SessionView = z.infer<typeof SessionView>

/** `POST /api/identity/signIn`. Wrong name, wrong password and locked account answer alike except for the waiting time. */
export const SignInInput = z.object({
  login: z.string().trim().min(1, '请输入账号').max(64, '账号太长'),
  password: z.string().min(1, '请输入密码').max(256, '密码太长'),
})
