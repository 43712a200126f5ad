import { z } from 'zod'
import { checkMobilePhone } from '#kernel/chinese/codes.ts'
import { defineAction, defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { named } from '#kernel/list/filter.ts'
import { Paging, pageOf } from '#kernel/paging.ts'
import { Day } from '#kernel/time.ts'
import { checked, line } from './contract-unit.ts'
import { directoryErrors as e } from './errors.ts'
import { bodyPostKindIds, bodyPostKinds } from './terms.ts'

const officePhone = z
  .string()
  .trim()
  .regex(/^(\+?[\d\s()-]{5,20})?$/, '办公电话应为5至20位数字，可含区号和分机')
  .default('')
const noPhone = { ok: true, code: '', warnings: [] } as const

const holding = {
  name: line(40, '姓名').pipe(z.string().min(2, '请填写姓名（至少2个字）')),
  phone: checked((value) => (value.trim() === '' ? noPhone : checkMobilePhone(value))).default(''),
  officePhone,
  kind: z.enum(bodyPostKindIds, '请选择职务类别'),
  title: line(40, '职务名称').default(''),
}

const on = { permission: 'directory.manageBodyPosts', record: 'bodyPost' } as const
const errors = [e.alreadyHolds, e.postDaysWrong, e.idNumberTaken]

export const addBodyPost = defineAction({
  ...on,
  id: 'directory.addBodyPost',
  title: '登记机构人员',
  creates: true,
  input: z.object({ bodyId: z.string().max(60), ...holding, fromDay: Day.optional() }),
  output: z.object({ personId: Id }),
  errors: [e.bodyUnknown, ...errors],
})

/** Corrects a holding and the person's name and numbers; another person is another holding. */
export const editBodyPost = defineAction({
  ...on,
  id: 'directory.editBodyPost',
  title: '更正机构人员',
  input: z.object({ ...holding, fromDay: Day, toDay: Day.nullable().default(null) }),
  output: z.object({}),
  errors,
})

export const endBodyPost = defineAction({
  ...on,
  id: 'directory.endBodyPost',
  title: '结束机构任职',
  input: z.object({ toDay: Day.optional() }),
  output: z.object({}),
  errors: [e.postEnded, e.postDaysWrong],
})

export const bodyPostContracts = [addBodyPost, editBodyPost, endBodyPost]

export const BodyPostRow = z.object({
  id: Id,
  version: z.number().int(),
  bodyId: z.string(),
  bodyName: z.string(),
  name: z.string(),
  phone: z.string(),
  officePhone: z.string(),
  kind: z.enum(bodyPostKindIds),
  title: z.string(),
  fromDay: z.string(),
  toDay: z.string().nullable(),
  mayChange: z.boolean(),
})
export type BodyPostRow = z.infer<typeof BodyPostRow>

export const BodyPostFilter = z.object({
  text: named(z.string().trim().max(60, '检索词最多60字').optional(), '姓名、机构'),
  bodyId: named(z.string().max(60).optional(), '机构', 'body'),
  kind: named(z.enum(bodyPostKindIds).optional(), '职务', bodyPostKinds),
  current: named(z.boolean().default(true), '只看在任'),
})
export type BodyPostFilter = z.output<typeof BodyPostFilter>

/** The people of the county's bodies, one row per holding, the same for everybody who may look. */
export const listBodyPosts = defineQuery({
  id: 'directory.listBodyPosts',
  title: '机构人员',
  permission: 'directory.readBodyPosts',
  input: BodyPostFilter.extend(Paging),
  output: pageOf(BodyPostRow),
  errors: [],
})
