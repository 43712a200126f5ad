import { z } from 'zod'
import { type ActionContract, type OperationContract, operationPath } from '#kernel/contract.ts'
import { coreErrors, type ErrorDef } from '#kernel/errors.ts'
import { Id } from '#kernel/ids.ts'
import { fileErrors } from '#platform/files/errors.ts'
import { FinishedUpload, NewUpload } from '#platform/http/uploads.ts'
import type { ServerModule } from '#platform/module/module.ts'

type Json = Record<string, unknown>

const always = [coreErrors.tooMany, coreErrors.unavailable, coreErrors.diskFull, coreErrors.internal]
const signedIn = [coreErrors.signInFirst, coreErrors.notAllowed]
const onRecord = [coreErrors.notFound, coreErrors.wrongState, coreErrors.staleVersion]

/** The schema as JSON; what a caller may leave out because it has a default is optional in the input. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _version, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json
  return rest
}

const problemBody = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }

/** One response per HTTP status, described by the codes that come with it; errors.md has their words. */
function problems(defs: readonly ErrorDef[]): Json {
  const byStatus = new Map<number, string[]>()
  for (const { status, code } of new Set(defs)) byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  const rows = [...byStatus].sort(([a], [b]) => a - b)
  return Object.fromEntries(
    rows.map(([status, codes]) => [status, { description: codes.sort().join('、'), content: problemBody }]),
  )
}

const json = (schema: Json) => ({ 'application/json': { schema } })
const ok = (schema: Json, description = '办理成功') => ({ '200': { description, content: json(schema) } })
const crossSiteHeader = {
  name: 'x-zhiben',
  in: 'header',
  required: true,
  description: '固定为 1。其他网站的页面不能带这个请求头，以此防止跨站伪造请求',
  schema: { const: '1' },
}

function about(contract: OperationContract, tag: string): Json {
  const clauses = contract.clauses ?? []
  return {
    operationId: contract.id,
    summary: contract.title,
    tags: [tag],
    ...(clauses.length > 0 ? { 'x-clauses': clauses } : {}),
    'x-permission': contract.permission,
    ...(contract.permission === 'public' ? { security: [] } : {}),
  }
}

/** POST with the envelope; the same `actionId` sent again answers the first result and writes nothing. */
function action(contract: ActionContract, tag: string): Json {
  const schema = {
    type: 'object',
    properties: {
      actionId: { $ref: '#/components/schemas/Id', description: '客户端生成；重复提交同一编号返回第一次的结果' },
      recordId: { $ref: '#/components/schemas/Id' },
      ...(contract.creates ? {} : { version: { type: 'integer', minimum: 0, description: '提交人看到的版本' } }),
      input: schemaOf(contract.input, 'input'),
    },
    required: ['actionId', 'recordId', ...(contract.creates ? [] : ['version']), 'input'],
  }
  const result = {
    allOf: [
      { $ref: '#/components/schemas/ActionResult' },
      { type: 'object', properties: { output: schemaOf(contract.output, 'output') }, required: ['output'] },
    ],
  }
  const input = contract.input
  const files = 'shape' in input && typeof input.shape === 'object' && input.shape && 'attachments' in input.shape
  const refusals = [
    ...signedIn,
    ...(contract.creates ? [] : onRecord),
    ...[coreErrors.replayMismatch, coreErrors.invalidInput, coreErrors.tooLarge, coreErrors.crossSite],
    ...always,
    ...contract.errors,
    ...(files ? Object.values(fileErrors) : []),
  ]
  return {
    post: {
      ...about(contract, tag),
      parameters: [crossSiteHeader],
      requestBody: { required: true, content: json(schema) },
      responses: { ...ok(result), ...problems(refusals) },
    },
  }
}

/** GET with the input as JSON in `?input=`. `answer` is what comes back. */
function read(contract: OperationContract, tag: string, answer: Json): Json {
  const parameter = { name: 'input', in: 'query', content: json(schemaOf(contract.input, 'input')) }
  const refusals = [
    ...(contract.permission === 'public' ? [] : signedIn),
    ...[coreErrors.notFound, coreErrors.invalidInput],
    ...always,
    ...contract.errors,
  ]
  return { get: { ...about(contract, tag), parameters: [parameter], responses: { ...answer, ...problems(refusals) } } }
}

function plainPost(contract: OperationContract, tag: string): Json {
  const refusals = [
    ...(contract.permission === 'public' ? [] : [coreErrors.signInFirst]),
    ...[coreErrors.invalidInput, coreErrors.crossSite],
    ...always,
    ...contract.errors,
  ]
  return {
    post: {
      ...about(contract, tag),
      parameters: [crossSiteHeader],
      requestBody: { content: json(schemaOf(contract.input, 'input')) },
      responses: { ...ok(schemaOf(contract.output, 'output')), ...problems(refusals) },
    },
  }
}

const binary = {
  '200': {
    description: '文件',
    content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
  },
}

function pathsOf(module: ServerModule): [string, Json][] {
  const path = (contract: OperationContract) => operationPath(contract.id)
  const answer = (contract: OperationContract) => ok(schemaOf(contract.output, 'output'), '查询结果')
  return [
    ...(module.actions ?? [])
      .filter(({ contract }) => !contract.internal)
      .map(({ contract }): [string, Json] => [path(contract), action(contract, module.name)]),
    ...(module.queries ?? []).map(({ contract }): [string, Json] => [
      path(contract),
      read(contract, module.name, answer(contract)),
    ]),
    ...(module.downloads ?? []).map(({ contract }): [string, Json] => [
      path(contract),
      read(contract, module.name, binary),
    ]),
    ...(module.plain ?? []).map(({ contract, method }): [string, Json] => [
      path(contract),
      method === 'POST' ? plainPost(contract, module.name) : read(contract, module.name, answer(contract)),
    ]),
  ]
}

const components = {
  securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'zhiben_session' } },
  schemas: {
    Id: schemaOf(Id, 'input'),
    ActionResult: {
      type: 'object',
      properties: {
        actionId: { $ref: '#/components/schemas/Id' },
        recordId: { $ref: '#/components/schemas/Id' },
        version: { type: 'integer' },
        replayed: { type: 'boolean', description: '这一编号以前已经办理过，本次没有再写入' },
      },
      required: ['actionId', 'recordId', 'version', 'output', 'replayed'],
    },
    Problem: {
      type: 'object',
      properties: {
        type: { type: 'string' },
        title: { type: 'string' },
        status: { type: 'integer' },
        code: { type: 'string' },
        detail: { type: 'string', description: '告诉使用者下一步怎么做的中文说明' },
        fields: {
          type: 'array',
          items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } },
        },
        data: { type: 'object' },
        retryable: { type: 'boolean' },
        requestId: { type: 'string' },
      },
      required: ['type', 'title', 'status', 'code', 'detail', 'fields', 'retryable', 'requestId'],
    },
  },
}

const idParameter = { name: 'id', in: 'path', required: true, schema: { $ref: '#/components/schemas/Id' } }
const received: Json = { type: 'object', properties: { received: { type: 'integer', description: '已收到的字节数' } } }
const standing: Json = {
  type: 'object',
  properties: {
    received: { type: 'integer', description: '已收到的字节数' },
    size: { type: 'integer' },
    name: { type: 'string' },
    finished: { type: 'boolean' },
    image: { type: 'boolean' },
  },
}
const variantParameter = {
  name: 'variant',
  in: 'query',
  schema: { enum: ['file', 'view', 'thumb'], default: 'file' },
  description: '图片：file 为原件（需有权限），view、thumb 为不含拍摄信息的大图和缩略图',
}
const onFile = [...signedIn, coreErrors.notFound, coreErrors.invalidInput]

function fileOperation(summary: string, answer: Json, changes: boolean, more: Json = {}): Json {
  const refusals = [
    ...onFile,
    ...always,
    ...(changes ? [coreErrors.crossSite, ...Object.values(fileErrors)] : [fileErrors.lost]),
  ]
  const parameters = [...(changes ? [crossSiteHeader] : []), ...((more.parameters as Json[] | undefined) ?? [])]
  return { summary, tags: ['files'], ...more, parameters, responses: { ...answer, ...problems(refusals) } }
}

/** Files come in parts, outside the contracts: their bodies are bytes. */
const filePaths: [string, Json][] = [
  [
    '/api/uploads',
    {
      post: fileOperation('开始上传，或询问已收到多少', ok(received), true, {
        requestBody: { required: true, content: json(schemaOf(NewUpload, 'input')) },
      }),
    },
  ],
  [
    '/api/uploads/{id}',
    {
      get: fileOperation('上传进度', ok(standing), false, { parameters: [idParameter] }),
      delete: fileOperation('放弃没有传完的上传', ok({ type: 'object' }), true, { parameters: [idParameter] }),
      put: fileOperation('接着 offset 上传一段', ok(received), true, {
        parameters: [
          idParameter,
          { name: 'offset', in: 'query', required: true, schema: { type: 'integer', minimum: 0 } },
        ],
        requestBody: { required: true, content: binary['200'].content },
      }),
    },
  ],
  [
    '/api/uploads/{id}/finish',
    {
      post: fileOperation('上传完毕，核对内容', ok({ type: 'object' }), true, {
        parameters: [idParameter],
        requestBody: { content: json(schemaOf(FinishedUpload, 'input')) },
      }),
    },
  ],
  [
    '/api/uploads/{id}/file',
    {
      get: fileOperation('取自己上传、还没有用在记录上的文件', binary, false, {
        parameters: [idParameter, variantParameter],
      }),
    },
  ],
  [
    '/api/attachments/{id}',
    {
      get: fileOperation('取记录的附件；能看到该记录的人才能取', binary, false, {
        parameters: [idParameter, variantParameter],
      }),
    },
  ],
]

/** OpenAPI 3.1 of every operation, made from the contracts the routes are made from. */
export function openApi(modules: readonly ServerModule[]): string {
  const paths = [...modules.flatMap(pathsOf), ...filePaths].sort(([a], [b]) => (a < b ? -1 : 1))
  const document = {
    openapi: '3.1.0',
    'x-generated': '本文件由 npm run docs 从 src/capabilities/*/model/contract*.ts 生成，请勿手工修改',
    info: {
      title: '治本 Zhiben',
      version: '1',
      description:
        '写操作为 POST，请求体是办理信封（actionId、recordId、version、input）；读操作为 GET，查询条件写成 JSON 放在 input 参数里。错误一律为 application/problem+json。文件先按 /api/uploads 分段上传，再在办理时引用。',
    },
    security: [{ session: [] }],
    tags: [...modules.map(({ name }) => name), 'files'].map((name) => ({ name })),
    paths: Object.fromEntries(paths),
    components,
  }
  return `${written(document, 5)}\n`
}

/** JSON that people can read and compare: one line for each thing down to `depth` levels, the rest of it in that line. */
function written(value: unknown, depth: number, indent = ''): string {
  if (depth === 0 || Array.isArray(value) || value === null || typeof value !== 'object') return JSON.stringify(value)
  const inner = `${indent} `
  const lines = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => `${inner}${JSON.stringify(key)}: ${written(item, depth - 1, inner)}`)
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`
}
