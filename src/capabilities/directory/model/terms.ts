import type { StateSpec } from '#kernel/lifecycle.ts'

/** 单位 = a legal entity or sole trader; 场所 = a site of one, or a small place without papers. */
export const unitKinds = { unit: '单位', place: '场所' } as const
export type UnitKind = keyof typeof unitKinds

export const scales = { large: '大型', medium: '中型', small: '小型', micro: '微型' } as const
export type Scale = keyof typeof scales

/** Whose enterprise it is: 县属及其他, 市属, 中央（省属）在青. */
export const belongings = { county: '县属', city: '市属', central: '中央和省属驻青' } as const
export type Belonging = keyof typeof belongings

/** The fire-safety classes the plan watches (M07-3..5) and old districts. */
export const unitTags = { big: '大单位', small: '小场所', novel: '新业态', oldArea: '旧区域' } as const
export type UnitTag = keyof typeof unitTags

export const postKinds = {
  principal: '主要负责人',
  controller: '实际控制人',
  deputy: '分管负责人',
  safetyDirector: '安全总监',
  safetyOfficer: '安全管理人员',
  specialOperator: '特种作业人员',
  worker: '从业人员',
} as const
export type PostKind = keyof typeof postKinds

/** Posts a unit has once at a time; they change only through their own actions. */
export const singlePosts = ['principal', 'controller'] as const
export type SinglePost = (typeof singlePosts)[number]

export function isSinglePost(kind: PostKind): kind is SinglePost {
  return kind === 'principal' || kind === 'controller'
}

export const unitStates = {
  active: { label: '在营', type: 'open' },
  suspended: { label: '停业停产', type: 'waiting' },
  closed: { label: '已注销关闭', type: 'closed' },
} as const satisfies Record<string, StateSpec>
export type UnitState = keyof typeof unitStates

/** 机构: who acts for the county. The order is that of the list of bodies. */
export const bodyKinds = {
  committee: '安委会',
  committeeOffice: '安委办',
  government: '政府',
  department: '部门',
  town: '乡镇',
  zone: '开发区',
  other: '其他',
} as const
export type BodyKind = keyof typeof bodyKinds
export const bodyKindIds = Object.keys(bodyKinds) as [BodyKind, ...BodyKind[]]

/** Posts at a body. Several people may hold the same one: a town has a party secretary and a mayor (党政同责). */
export const bodyPostKinds = {
  principal: '主要负责人',
  deputy: '分管负责人',
  officeDirector: '安办主任',
  liaison: '联络员',
  safetyStaff: '安全监管人员',
} as const
export type BodyPostKind = keyof typeof bodyPostKinds
export const bodyPostKindIds = Object.keys(bodyPostKinds) as [BodyPostKind, ...BodyPostKind[]]

export const matrixRoles = { lead: '牵头', joint: '共同牵头', participant: '配合' } as const
export type MatrixRole = keyof typeof matrixRoles
