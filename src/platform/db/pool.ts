import { Socket } from 'node:net'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Db, PlatformTables } from './tables.ts'
import { wired } from './wire.ts'

// Legal days stay text: a Date would drag a time zone into them. Counts fit a number long before a county reaches 2^53.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)

export interface Database {
  readonly db: Db
  readonly pool: pg.Pool
  /** Breaks every connection, also those somebody waits on; the next query connects anew. */
  abandon(): void
  close(): Promise<void>
}

export interface DatabaseOptions {
  readonly max?: number
  readonly onError?: (error: Error) => void
  /** Tests: hears every statement that was put together here. */
  readonly heard?: ((statement: string) => void) | undefined
}

/**
 * A connection of its own, on which rows are copied in or out as a stream: those of the pool send ahead, and a stream of rows
 * takes the whole connection. Whoever asks for it ends it.
 */
export async function connectAlone(pool: pg.Pool): Promise<pg.Client> {
  const client = new pg.Client({ ...pool.options, pipeline: false })
  await client.connect()
  return client
}

/** Opens a connection pool. `onError` hears of idle connections that broke; the next query reconnects by itself. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const { heard } = options
  const sockets = new Set<Socket>()
  const stream = () => {
    const socket = new Socket()
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    return socket
  }
  const pool = new pg.Pool({
    stream,
    connectionString: url,
    max: options.max ?? 12,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    application_name: 'zhiben',
    // A statement may be sent before the one before it has been answered; see wire.ts.
    pipeline: true,
  })
  pool.on('error', (error) => options.onError?.(error))
  pool.on('connect', (client) => {
    client.on('error', (error) => options.onError?.(error))
  })
  const db = new Kysely<PlatformTables>({
    dialect: new PostgresDialect({ pool: wired(pool) }),
    ...(heard ? { log: (event) => heard(event.query.sql) } : {}),
  })
  return {
    db,
    pool,
    abandon() {
      for (const socket of sockets) socket.destroy(new Error('Connection terminated: the database is silent'))
    },
    async close() {
      await db.destroy()
      // Kysely ends the pool only when it has asked it something itself.
      if (!pool.ended) await pool.end()
    },
  }
}
