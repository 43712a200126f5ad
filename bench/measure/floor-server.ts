// What the product is compared with: the same SQL behind a bare route, with no session, grant, contract or log.
// Statements come as JSON in FLOOR_STATEMENTS: {name: [[sql, parameters], …]}; GET /<name> runs them at once.
import Fastify from 'fastify'
import pg from 'pg'
import '#platform/db/pool.ts'

const statements: Record<string, [string, unknown[]][]> = JSON.parse(process.env.FLOOR_STATEMENTS ?? '{}')
const pool = new pg.Pool({ connectionString: process.env.FLOOR_DATABASE ?? '', max: 12 })
const app = Fastify()
for (const [name, list] of Object.entries(statements)) {
  app.get(`/${name}`, async () => {
    const answers = await Promise.all(list.map(([text, values]) => pool.query(text, values)))
    return answers.map((answer) => answer.rows)
  })
}
await app.listen({ port: 0, host: '127.0.0.1' })
const address = app.server.address()
process.send?.({ port: typeof address === 'object' && address ? address.port : 0 })
process.on('disconnect', () => process.exit(0))
