import { z } from 'zod'
import { type CodeCheck, checkCreditCode, checkIdNumber, checkMobilePhone } from '#kernel/chinese/codes.ts'
import { normaliseText } from '#kernel/chinese/text.ts'
import { defineAction } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { Day } from '#kernel/time.ts'
import { directoryErrors as e } from './errors.ts'
import { PositionInput } from './position.ts'
import { Contact } from './record.ts'

export const checked = (check: (value: string) => CodeCheck) =>
  z
    .string()
    .max(60, '号码太长，请核对')
    .transform((value, context) => {
      const result = check(value)
      if (result.ok) return result.code
      context.addIssue({ code: 'custom', message: result.reason })
      return z.NEVER
    })
export const line = (max: number, what: string) =>
  z
    .string()
    .max(max * 2, `${what}最多${max}字`)
    .transform(normaliseText)
    .pipe(z.string().max(max, `${what}最多${max}字`))
export const reason = (what: string) =>
  z.string().trim().min(4, `请写明${what}（至少4个字）`).max(300, `${what}最多300字`)

export const CreditCode = checked(checkCreditCode)
export const UnitKindId = z.enum(['unit', 'place'], '请选择类别：单位或场所')
export const ScaleId = z.enum(['large', 'medium', 'small', 'micro'], '请选择规模：大型、中型、小型或微型')
export const BelongingId = z.enum(['county', 'city', 'central'], '请选择隶属：县属、市属、中央和省属驻青')
export const TagId = z.enum(['big', 'small', 'novel', 'oldArea'], '请选择大单位、小场所、新业态或旧区域')
export const PostKindId = z.enum(
  ['principal', 'controller', 'deputy', 'safetyDirector', 'safetyOfficer', 'specialOperator', 'worker'],
  '请选择职务类别',
)
export const TownOrVillage = z.string().regex(/^\d{9}(\d{3})?$/, '请选择所在乡镇（开发区）或村（社区）')

const noPhone: CodeCheck = { ok: true, code: '', warnings: [] }

/** Somebody already known (`personId`), or the words to know him by. */
export const PersonInput = z.object({
  personId: Id.nullable().default(null),
  name: line(40, '姓名').default(''),
  phone: checked((value) => (value.trim() === '' ? noPhone : checkMobilePhone(value))).default(''),
  idNumber: checked(checkIdNumber).nullable().default(null),
})
export type PersonInput = z.infer<typeof PersonInput>
const personGiven = PersonInput.refine((person) => person.personId !== null || person.name.length >= 2, {
  path: ['name'],
  message: '请选择人员，或填写姓名（至少2个字）',
})

const facts = {
  name: line(120, '单位名称').pipe(z.string().min(2, '请填写单位名称（至少2个字）')),
  creditCode: CreditCode.nullable().default(null),
  kind: UnitKindId,
  area: TownOrVillage,
  sectors: z.array(z.string().max(40)).min(1, '请至少选择一个行业领域').max(10, '行业领域最多选10个'),
  scale: ScaleId,
  belonging: BelongingId.default('county'),
  tags: z.array(TagId).max(4).default([]),
  address: line(200, '地址').default(''),
  contacts: z.array(Contact).max(5, '联系人最多5个').default([]),
  position: PositionInput.nullable().default(null),
}

/** A unit has its credit code; only a place may do without (requirements §5, small places). */
const codedOrPlace = (unit: { kind: 'unit' | 'place'; creditCode: string | null }) =>
  unit.kind === 'place' || unit.creditCode !== null
const codeMissing = {
  path: ['creditCode'],
  message: '单位须填写统一社会信用代码；没有营业执照的小场所，类别请选“场所”',
}

export const UnitInput = z
  .object({
    ...facts,
    principal: personGiven.nullable().default(null),
    controller: personGiven.nullable().default(null),
    /** The person's word that none of the probable duplicates is this unit. */
    confirmNew: z.boolean().default(false),
  })
  .refine(codedOrPlace, codeMissing)
export type UnitInput = z.output<typeof UnitInput>

const State = z.object({ state: z.string() })
const on = { record: 'unit' } as const
const positionErrors = [e.positionSwapped, e.positionOutside]
const placeErrors = [e.areaUnknown, e.sectorUnknown, e.creditCodeTaken, ...positionErrors]
const personErrors = [e.personUnknown, e.idNumberTaken]

export const registerUnit = defineAction({
  ...on,
  id: 'directory.registerUnit',
  title: '登记单位',
  permission: 'directory.registerUnit',
  creates: true,
  input: UnitInput,
  output: z.object({ state: z.string(), highRisk: z.boolean() }),
  errors: [...placeErrors, ...personErrors, e.probableDuplicate],
})

export const editUnit = defineAction({
  ...on,
  id: 'directory.editUnit',
  title: '修改单位信息',
  permission: 'directory.editUnit',
  input: z.object(facts).refine(codedOrPlace, codeMissing),
  output: State,
  errors: [...placeErrors, e.movedOutOfScope],
})

export const editContacts = defineAction({
  ...on,
  id: 'directory.editContacts',
  title: '修改联系方式和位置',
  permission: 'directory.editContacts',
  /** Whoever stands at the gate with a phone may say where it is; an absent position stays as it was. */
  input: z.object({
    contacts: facts.contacts,
    address: facts.address,
    position: PositionInput.nullable().optional(),
  }),
  output: State,
  errors: positionErrors,
})

/** `value: null` gives the decision back to the sectors. */
export const setHighRisk = defineAction({
  ...on,
  id: 'directory.setHighRisk',
  title: '调整高危标识',
  permission: 'directory.setHighRisk',
  input: z.object({ value: z.boolean().nullable(), reason: reason('调整的理由') }),
  output: z.object({ state: z.string(), highRisk: z.boolean() }),
  errors: [e.overrideSame],
})

const appointment = z.object({ person: personGiven, title: line(40, '职务名称').default(''), fromDay: Day.optional() })

export const setPrincipal = defineAction({
  ...on,
  id: 'directory.setPrincipal',
  title: '登记主要负责人',
  permission: 'directory.managePosts',
  clauses: ['M17-7'],
  input: appointment,
  output: z.object({ state: z.string(), personId: Id }),
  errors: [...personErrors, e.alreadyHolds, e.postDaysWrong],
})

export const setController = defineAction({
  ...setPrincipal,
  id: 'directory.setController',
  title: '登记实际控制人',
})

export const addPost = defineAction({
  ...on,
  id: 'directory.addPost',
  title: '登记任职',
  permission: 'directory.managePosts',
  input: appointment.extend({
    kind: PostKindId.exclude(['principal', 'controller'], '主要负责人和实际控制人请用各自的登记功能'),
  }),
  output: z.object({ state: z.string(), personId: Id, postId: Id }),
  errors: [...personErrors, e.alreadyHolds, e.postDaysWrong],
})

export const endPost = defineAction({
  ...on,
  id: 'directory.endPost',
  title: '结束任职',
  permission: 'directory.managePosts',
  input: z.object({ postId: Id, toDay: Day.optional() }),
  output: State,
  errors: [e.postUnknown, e.postEnded, e.postDaysWrong],
})

/** Corrects name and numbers of somebody who holds a post at the unit. An absent field stays as it is. */
export const editPerson = defineAction({
  ...on,
  id: 'directory.editPerson',
  title: '修改人员信息',
  permission: 'directory.managePosts',
  input: z.object({
    personId: Id,
    name: line(40, '姓名').pipe(z.string().min(2, '请填写姓名（至少2个字）')).optional(),
    phone: checked(checkMobilePhone).optional(),
    idNumber: checked(checkIdNumber).nullable().optional(),
  }),
  output: State,
  errors: [e.personNotHere, e.idNumberTaken],
})

/** Corrects what was written down of a post: its words and its days. `toDay: null` = it lasts. */
export const editPost = defineAction({
  ...on,
  id: 'directory.editPost',
  title: '更正任职',
  permission: 'directory.managePosts',
  input: z.object({
    postId: Id,
    title: line(40, '职务名称').default(''),
    fromDay: Day,
    toDay: Day.nullable().default(null),
  }),
  output: State,
  errors: [e.postUnknown, e.postDaysWrong],
})

export const suspendUnit = defineAction({
  ...on,
  id: 'directory.suspendUnit',
  title: '登记停业停产',
  permission: 'directory.changeState',
  input: z.object({ reason: reason('停业停产的原因') }),
  output: State,
  errors: [],
})

export const closeUnit = defineAction({
  ...suspendUnit,
  id: 'directory.closeUnit',
  title: '登记注销关闭',
  input: z.object({ reason: reason('注销关闭的原因') }),
})

export const reopenUnit = defineAction({
  ...suspendUnit,
  id: 'directory.reopenUnit',
  title: '恢复在营',
  input: z.object({ reason: reason('恢复在营的依据') }),
})

export const unitContracts = [
  registerUnit,
  editUnit,
  editContacts,
  setHighRisk,
  setPrincipal,
  setController,
  addPost,
  endPost,
  editPost,
  editPerson,
  suspendUnit,
  closeUnit,
  reopenUnit,
]
