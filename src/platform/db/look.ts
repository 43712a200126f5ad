import pg from 'pg'

export interface DatabaseLook {
  /** Major version of the server. */
  readonly major: number
  /** True when a demo county lives in it, whose passwords are public. */
  readonly demo: boolean
}

/** Looks at a database before anything is written into it. Throws what the connection throws. */
export async function lookAtDatabase(url: string): Promise<DatabaseLook> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  // Without a listener a broken connection would end the process instead of the question.
  client.on('error', () => {})
  await client.connect()
  try {
    const asked = await client.query<{ version: number; known: boolean }>(
      `select current_setting('server_version_num')::int as version, to_regclass('setting') is not null as known`,
    )
    const { version = 0, known = false } = asked.rows[0] ?? {}
    const marks = known ? await client.query(`select from setting where key = 'demo' and value = 'true'::jsonb`) : null
    return { major: Math.floor(version / 10_000), demo: (marks?.rowCount ?? 0) > 0 }
  } finally {
    await client.end()
  }
}
