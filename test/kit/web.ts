import type { FastifyInstance, InjectOptions } from 'fastify'
import { openHttp } from '#apps/server/product.ts'
import { operationPath } from '#kernel/contract.ts'
import { newId } from '#kernel/ids.ts'
import { type TestProduct, testPassword } from './product.ts'

export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape, good and wrong ones.
  readonly body: any
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
}

/** A browser's side of the product: the real HTTP application, spoken to without a socket. */
export interface Web {
  readonly app: FastifyInstance
  request(options: InjectOptions): Promise<Answer>
  /** Signs in; answers the cookie to send with later requests, '' when it was refused. */
  signIn(login: string, password?: string, more?: InjectOptions): Promise<Answer & { readonly cookie: string }>
  get(path: string, cookie?: string, input?: unknown): Promise<Answer>
  /** POST as the product's own pages send it. */
  post(path: string, body: unknown, cookie?: string, headers?: Record<string, string>): Promise<Answer>
  act(
    cookie: string,
    operation: string,
    call: { recordId: string; version?: number; actionId?: string; input: unknown },
  ): Promise<Answer>
  close(): Promise<void>
}

export const ownPage = { 'x-zhiben': '1', 'sec-fetch-site': 'same-origin' }

export async function openWeb(test: TestProduct): Promise<Web> {
  const app = await openHttp(test.product, undefined)
  const request: Web['request'] = async (options) => {
    const reply = await app.inject(options)
    const json = /json/.test(String(reply.headers['content-type']))
    return { status: reply.statusCode, body: json ? reply.json() : reply.rawPayload, headers: reply.headers }
  }
  const post: Web['post'] = (path, body, cookie = '', headers = {}) =>
    request({
      method: 'POST',
      url: path,
      headers: { 'content-type': 'application/json', cookie, ...ownPage, ...headers },
      payload: JSON.stringify(body),
    })
  return {
    app,
    request,
    post,
    async signIn(login, password = testPassword, more = {}) {
      const answer = await request({
        method: 'POST',
        url: '/api/identity/signIn',
        payload: { login, password },
        ...more,
        headers: { ...ownPage, ...more.headers },
      })
      const set = [answer.headers['set-cookie'] ?? ''].flat().map(String)
      return { ...answer, cookie: set.map((line) => line.split(';')[0]).join('; ') }
    },
    get: (path, cookie = '', input) =>
      request({
        method: 'GET',
        url: input === undefined ? path : `${path}?input=${encodeURIComponent(JSON.stringify(input))}`,
        headers: { cookie },
      }),
    act: (cookie, operation, call) =>
      post(operationPath(operation), { actionId: newId(test.clock.now().getTime()), ...call }, cookie),
    close: () => app.close(),
  }
}
