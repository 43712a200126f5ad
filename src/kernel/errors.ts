/** One refusal a person can meet: a stable code, its HTTP status, and Chinese words that say what to do next. */
export interface ErrorDef {
  readonly code: string
  readonly status: number
  readonly message: string
  /** True when the same request may succeed later without being changed. */
  readonly retryable: boolean
}

type ErrorRow = readonly [status: number, message: string, retryable?: boolean]

/** Builds a capability's error table. Codes come out as `<capability>.<key>`; statuses are HTTP. */
export function defineErrors<K extends string>(capability: string, rows: Record<K, ErrorRow>): Record<K, ErrorDef> {
  const out = {} as Record<K, ErrorDef>
  for (const key of Object.keys(rows) as K[]) {
    const [status, message, retryable = false] = rows[key]
    out[key] = { code: `${capability}.${key}`, status, message, retryable }
  }
  return out
}

/** The refusals every operation may return. The four 'cannot' codes stay apart: not allowed, not found, wrong state, stale. */
export const coreErrors = defineErrors('core', {
  signInFirst: [401, '请先登录'],
  notAllowed: [403, '您的账号没有办理这一事项的权限，如确需办理请联系县安委办管理员授权'],
  notFound: [404, '没有找到这条记录，可能已不在您的管辖范围内'],
  wrongState: [409, '当前状态不能办理这一事项，请刷新后查看最新状态'],
  staleVersion: [409, '这条记录刚刚被他人更新，请刷新后核对再提交', true],
  replayMismatch: [409, '同一操作编号已用于另一项操作，请刷新页面后重新提交'],
  alreadyCreated: [409, '这条内容已经提交过，请到列表中核对，不要重复提交。要另行登记的，请清除草稿后刷新页面重新填写'],
  duplicate: [409, '填写的内容与刚刚保存的另一条记录重复，请刷新后核对再提交', true],
  referenceGone: [409, '所选的内容刚刚被他人删除或变更，请刷新后重新选择', true],
  invalidInput: [422, '填写的内容有误，请按提示修改后再提交'],
  tooLarge: [413, '提交的内容太大，请减少后分批提交'],
  unsupportedType: [415, '不支持这种提交格式'],
  tooMany: [429, '操作过于频繁，请稍候再试', true],
  unknownOperation: [404, '没有这个接口'],
  crossSite: [403, '请求来源不可信，请从本系统页面内操作'],
  unavailable: [503, '系统暂时无法处理，您填写的内容没有丢失，请稍后重试', true],
  diskFull: [507, '服务器磁盘空间已满，暂时不能保存。您填写的内容没有丢失，请通知系统管理员清理磁盘后重试', true],
  internal: [500, '系统内部错误，已记录，请把错误编号告诉管理员'],
})

export interface FieldError {
  /** Dotted path in the input, as the form names it. */
  readonly path: string
  readonly message: string
}

export interface ProblemOptions {
  readonly detail?: string
  readonly fields?: readonly FieldError[]
  readonly data?: Readonly<Record<string, unknown>>
}

/** The only exception business code throws on purpose; HTTP turns it into application/problem+json. */
export class Problem extends Error {
  readonly def: ErrorDef
  readonly detail: string | undefined
  readonly fields: readonly FieldError[]
  readonly data: Readonly<Record<string, unknown>> | undefined

  constructor(def: ErrorDef, options: ProblemOptions = {}) {
    super(options.detail ?? def.message)
    this.name = 'Problem'
    this.def = def
    this.detail = options.detail
    this.fields = options.fields ?? []
    this.data = options.data
  }
}

/** Stops the current operation with a named refusal. */
export function refuse(def: ErrorDef, options: ProblemOptions = {}): never {
  throw new Problem(def, options)
}
