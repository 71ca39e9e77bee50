import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { openDatabase, testDatabase } from '../../../src/storage/database/index.ts'
import { administer, plainPostgres, realServer, type EmptyDatabase } from '../../support/databases.ts'
import { createAuthority, createCertificate, tlsFront, type Certificate } from '../../support/tls-front.ts'

/** This machine by a name that Signal doesn't take for it (it is short for 127.0.0.1). */
const ELSEWHERE = '127.1'

let folder: string
let place: EmptyDatabase
let ca: Certificate
let front: Awaited<ReturnType<typeof tlsFront>> | undefined

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'signal-tls-'))
  ca = createAuthority(folder, 'ca')
  place = await plainPostgres.create()
}, 60_000)
afterEach(async () => {
  await front?.close()
  vi.unstubAllEnvs()
})
afterAll(async () => {
  await place.remove()
  rmSync(folder, { recursive: true })
})

/** The server behind TLS; answers its address at that host. */
async function served(
  certificate: Certificate | 'plain',
  host: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { hostname, port } = new URL(place.url)
  front = await tlsFront({ host: hostname, port: Number(port) }, certificate)
  return `postgres://postgres:hunter2@${host}:${front.port}/postgres?${new URLSearchParams(parameters).toString()}`
}

async function problemOf(url: string) {
  const tested = await testDatabase(url, place.options)
  if (tested.kind === 'usable') throw new Error(`it could be used: ${tested.capabilities.description}`)
  expect(tested.problem.message).not.toContain('hunter2')
  return tested.problem
}

test.each([
  ['localhost', 'DNS:localhost'],
  ['127.0.0.1', 'IP:127.0.0.1'],
])('a server whose certificate names %s is used, encrypted', async (host, names) => {
  const url = await served(createCertificate(folder, ca, names), host, {
    sslmode: 'verify-full',
    sslrootcert: ca.cert,
  })
  expect(await testDatabase(url, place.options)).toMatchObject({ kind: 'usable' })
  expect(front?.plainConnections()).toBe(0)
})

test('a certificate that nobody known signed is refused, also if the environment would let it pass', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  const url = await served(createCertificate(folder, ca, `DNS:${ELSEWHERE}`), ELSEWHERE)
  expect(await problemOf(url)).toMatchObject({
    kind: 'unknown-ca',
    message: /signed by nobody this computer trusts.*sslrootcert/,
  })
})

test('a certificate that another authority signed is refused', async () => {
  const other = createAuthority(folder, 'other')
  const url = await served(createCertificate(folder, other, `DNS:${ELSEWHERE}`), ELSEWHERE, {
    sslrootcert: ca.cert,
  })
  expect(await problemOf(url)).toMatchObject({ kind: 'unknown-ca' })
})

test.each([
  [ELSEWHERE, 'DNS:db.example.com'],
  ['127.0.0.1', 'DNS:localhost'],
])('a certificate for another host is refused: %s shows %s', async (host, names) => {
  const url = await served(createCertificate(folder, ca, names), host, { sslrootcert: ca.cert })
  expect(await problemOf(url)).toMatchObject({ kind: 'certificate-name', message: /is for another host/ })
})

test('a certificate that has expired is refused', async () => {
  const expired = createCertificate(folder, ca, `DNS:${ELSEWHERE}`, -1)
  const url = await served(expired, ELSEWHERE, { sslrootcert: ca.cert })
  expect(await problemOf(url)).toMatchObject({ kind: 'certificate-date', message: /has expired/ })
})

test('a server without TLS is refused before a user name or a password is sent', async () => {
  const url = await served('plain', ELSEWHERE)
  expect(await problemOf(url)).toMatchObject({
    kind: 'no-tls',
    message: /doesn't offer encryption.*Settings/,
  })
  expect(front?.plainConnections()).toBe(0)
})

test('with consent in the address the connection is plain, and says so', async () => {
  const url = await served('plain', ELSEWHERE, { sslmode: 'disable' })
  const tested = await testDatabase(url, place.options)
  expect(tested.kind === 'usable' && tested.capabilities.description).toMatch(
    /The connection is not encrypted: others on the network can read and change what is sent\.$/,
  )
  expect(front?.plainConnections()).toBeGreaterThan(0)
})

test('a server on this computer needs no TLS', async () => {
  const url = await served('plain', '127.0.0.1')
  const tested = await testDatabase(url, place.options)
  expect(tested.kind === 'usable' && tested.capabilities.description).not.toContain('not encrypted')
})

test.each(['sslrootcert', 'sslcert', 'sslkey'])(
  'a missing file of %s is named, and nothing else',
  async (name) => {
    expect(await problemOf(`postgres://me:hunter2@db.example.com/bars?${name}=/nowhere/it.pem`)).toEqual({
      kind: 'certificate-file',
      message: `Can't read the file of ${name}: /nowhere/it.pem (ENOENT).`,
    })
  },
)

test.each([
  ['sslrootcert', 'certificate'],
  ['sslcert', 'certificate'],
  ['sslkey', 'private key without a passphrase'],
])('a file of %s that holds something else is named', async (name, holds) => {
  const file = join(folder, 'garbage.pem')
  writeFileSync(file, '-----BEGIN NOTHING-----\n')
  expect(await problemOf(`postgres://me:hunter2@db.example.com/bars?${name}=${file}`)).toEqual({
    kind: 'certificate-file',
    message: `The file of ${name} holds no ${holds}: ${file}.`,
  })
})

test.each([
  ['sslmode=no-verify', /sslmode .* is verify-full .* or disable/],
  ['sslmode=prefer', /sslmode .* is verify-full .* or disable/],
  ['uselibpqcompat=true&sslmode=require', /unknown parameter: uselibpqcompat/],
  ['ssl=false', /unknown parameter: ssl/],
  ['port=none', /port in the database address isn't valid/],
  ['port=99999', /port in the database address isn't valid/],
  ['port=0', /port in the database address isn't valid/],
  ['host=db%00.example.com', /host in the database address isn't valid/],
])('%s in the address is refused: nothing lowers TLS but consent', async (parameters, message) => {
  expect(await problemOf(`postgres://me:hunter2@db.example.com/bars?${parameters}`)).toMatchObject({
    message,
  })
})

test('a server that ignores startup parameters is refused before anything is created in the wrong place', async () => {
  const answer = await testDatabase(place.url, { ...place.options, schema: 'signal_demo' })
  expect(answer).toMatchObject({ kind: 'unusable', problem: { message: /ignores startup parameters/ } })
})

describe(realServer.skipped ? `a real server (skipped: ${realServer.skipped})` : 'a real server', () => {
  const check = test.skipIf(realServer.skipped)
  let real: EmptyDatabase
  beforeAll(async () => {
    if (!realServer.skipped) real = await realServer.create()
  })
  afterAll(() => real?.remove())

  check('has the demo market’s tables in their own schema, and nothing in the other one', async () => {
    const database = await openDatabase(real.url, { schema: 'signal_demo' })
    const { rows } = await sql<{ schemaname: string }>`
      select schemaname from pg_tables where tablename = 'events'`.execute(database.query)
    expect(rows).toEqual([{ schemaname: 'signal_demo' }])
    await database.close()
  })

  check('without TLS is refused if TLS is wanted', async () => {
    expect(await problemOf(`${real.url}?sslmode=verify-full`)).toMatchObject({ kind: 'no-tls' })
  })

  check('says which right is missing: to connect, or to create tables', async () => {
    const role = `signal_role_${process.pid}`
    const url = new URL(real.url)
    const name = url.pathname.slice(1)
    await administer(`create role ${role} login password 'hunter2'`)
    ;[url.username, url.password] = [role, 'hunter2']
    expect(await problemOf(url.href)).toMatchObject({
      kind: 'no-permission',
      message: /The user lacks rights .*permission denied for schema public.*create tables/,
    })
    await administer(`revoke connect on database ${name} from public`)
    expect(await problemOf(url.href)).toMatchObject({
      kind: 'no-permission',
      message: /permission denied for database .*Grant it CONNECT/,
    })
    url.username = 'nobody'
    expect(await problemOf(url.href)).toMatchObject({ kind: 'password' })
    await administer(`drop role ${role}`)
  })
})
