import { z } from 'zod'
import type { FieldError } from '#kernel/errors.ts'

const Body = z.object({
  title: z.string().optional(),
  status: z.number().int().optional(),
  code: z.string(),
  detail: z.string().optional(),
  fields: z.array(z.object({ path: z.string(), message: z.string() })).default([]),
  data: z.record(z.string(), z.unknown()).optional(),
  retryable: z.boolean().default(false),
  requestId: z.string().optional(),
})

interface ProblemParts {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly fields?: readonly FieldError[]
  readonly data?: Readonly<Record<string, unknown>> | undefined
  readonly retryable?: boolean
  readonly requestId?: string | undefined
}

/** A refusal as the screen shows it. `status` 0 means that no answer came at all; `detail` is always Chinese. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly fields: readonly FieldError[]
  readonly data: Readonly<Record<string, unknown>> | undefined
  readonly retryable: boolean
  readonly requestId: string | undefined

  constructor(parts: ProblemParts) {
    super(parts.detail)
    this.name = 'ApiProblem'
    this.status = parts.status
    this.code = parts.code
    this.detail = parts.detail
    this.fields = parts.fields ?? []
    this.data = parts.data
    this.retryable = parts.retryable ?? false
    this.requestId = parts.requestId
  }
}

/** What a failed connection comes out as: the person must know that nothing was lost and what to do. */
export function offlineProblem(): ApiProblem {
  return new ApiProblem({
    status: 0,
    code: 'client.offline',
    detail: '网络不通，没有连上服务器。您填写的内容还在，请检查网络后重试',
    retryable: true,
  })
}

/** Reads an error answer. A proxy in front may answer with a page of its own; then only the status speaks. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const text = await response.text().catch(() => '')
  const parsed = Body.safeParse(parseOrUndefined(text))
  if (!parsed.success) return gatewayProblem(response.status)
  const body = parsed.data
  return new ApiProblem({
    status: body.status ?? response.status,
    code: body.code,
    detail: body.detail ?? body.title ?? '操作没有成功，请稍后重试',
    fields: body.fields,
    data: body.data,
    retryable: body.retryable,
    requestId: body.requestId,
  })
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function gatewayProblem(status: number): ApiProblem {
  const away = status === 502 || status === 503 || status === 504
  const detail = away
    ? '服务器暂时没有响应，您填写的内容还在，请稍后重试'
    : `服务器返回了无法识别的内容（${status}），请刷新页面后重试`
  return new ApiProblem({ status, code: away ? 'client.gateway' : 'client.unreadable', detail, retryable: away })
}

/** Anything thrown while asking the server, as an ApiProblem; programming errors keep their message for the console. */
export function asApiProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  return new ApiProblem({ status: 0, code: 'client.internal', detail: '页面出现错误，请刷新后重试' })
}
