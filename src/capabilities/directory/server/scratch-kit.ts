import pg from 'pg'
import { migrate } from '#platform/db/migrate.ts'
import { openDatabase } from '#platform/db/pool.ts'

export async function createTestDatabase() {
  const name = `t${Math.floor(performance.timeOrigin + performance.now())}${process.pid}`
  const admin = new pg.Client('postgres://postgres@127.0.0.1:55917/postgres')
  await admin.connect()
  await admin.query(`create database ${name}`)
  await admin.end()
  const database = openDatabase(`postgres://postgres@127.0.0.1:55917/${name}`, {})
  await migrate(database.pool, '/work/main/db/migrations')
  return database
}
