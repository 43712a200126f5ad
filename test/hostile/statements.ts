import pg from 'pg'

/**
 * Writes down every statement the process sends to the database while `work` runs, in order. What an answer costs is
 * the round trips it makes: they can be counted, where a clock on a busy machine only guesses.
 */
export async function statementsOf<T>(
  work: () => Promise<T>,
): Promise<{ readonly answer: T; readonly statements: readonly string[] }> {
  const statements: string[] = []
  const { query } = pg.Client.prototype
  const listen = function (this: pg.Client, ...given: unknown[]) {
    const [first] = given
    statements.push(typeof first === 'string' ? first : ((first as { text?: string }).text ?? ''))
    return (query as (...args: unknown[]) => unknown).apply(this, given)
  }
  pg.Client.prototype.query = listen as typeof query
  try {
    return { answer: await work(), statements }
  } finally {
    pg.Client.prototype.query = query
  }
}
