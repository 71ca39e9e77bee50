import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** The server in SIGNAL_TEST_DATABASE_URL; undefined if it is not set. */
export const benchServer = process.env['SIGNAL_TEST_DATABASE_URL']

/** Runs `work` with the address of an empty database on the server, and drops the database afterward. */
export async function withServerDatabase<T>(server: string, work: (url: string) => Promise<T>): Promise<T> {
  const name = `signal_bench_${randomBytes(6).toString('hex')}`
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  await admin.query(`create database ${name}`)
  try {
    const url = new URL(server)
    url.pathname = `/${name}`
    return await work(url.href)
  } finally {
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
  }
}
