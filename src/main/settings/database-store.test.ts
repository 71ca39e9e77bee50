import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keyring, otherKeyring } from '../../../tests/support/keyring.ts'
import { settingsFolder } from '../../../tests/support/settings-folder.ts'
import { savedDatabase } from './index.ts'

const folder = settingsFolder()
const SERVER = {
  kind: 'server',
  url: 'postgres://signal@db.example:5433/bars',
  password: 'hunter2 @:/%é',
} as const

test('a server’s address is saved with its password encrypted, which no window ever sees', () => {
  expect(folder.open().view().database).toEqual({ kind: 'file', hasPassword: false })
  expect(folder.open().databaseUrl()).toBeUndefined()
  folder.open().saveDatabase(SERVER, false)
  expect(folder.read('database.json')).not.toContain('hunter2')
  const store = folder.open()
  expect(store.databaseUrl()).toBe('postgres://signal:hunter2%20%40%3A%2F%25%C3%A9@db.example:5433/bars')
  expect(decodeURIComponent(new URL(store.databaseUrl() ?? '').password)).toBe(SERVER.password)
  expect(store.view().database).toEqual({ kind: 'server', url: SERVER.url, hasPassword: true })
  expect(JSON.stringify(store.view())).not.toContain('hunter2')
  store.saveDatabase({ kind: 'file' }, false)
  expect(folder.open().databaseUrl()).toBeUndefined()
  expect(folder.read('database.json')).not.toContain('password')
})

test.each([
  'postgres://signal:hunter2@db.example/bars',
  'postgres://signal@db.example/bars?password=hunter2',
])('a password inside the address (%s) is taken out of it', (url) => {
  const store = folder.open()
  store.saveDatabase({ kind: 'server', url }, false)
  expect(JSON.stringify(store.view().database)).not.toContain('hunter2')
  expect(folder.read('database.json')).not.toContain('hunter2')
  expect(store.databaseUrl()).toBe('postgres://signal:hunter2@db.example/bars')
})

test('without a typed password the saved one is used, for that address only', () => {
  const store = folder.open()
  store.saveDatabase(SERVER, false)
  const { url } = SERVER
  expect(store.databaseUrlOf({ kind: 'server', url })).toEqual({ ok: true, value: store.databaseUrl() })
  const elsewhere = 'postgres://signal@thief.example:5433/bars'
  expect(store.databaseUrlOf({ kind: 'server', url: elsewhere })).toEqual({ ok: true, value: elsewhere })
})

test('an invalid address is refused with a reason, and the previous one stays', () => {
  const store = folder.open()
  store.saveDatabase(SERVER, false)
  const nonsense = { kind: 'server', url: 'postgres://signal@db:nowhere/bars' } as const
  expect(store.saveDatabase(nonsense, false)).toMatchObject({
    ok: false,
    error: { kind: 'invalid', field: 'database' },
  })
  expect(store.view().database.url).toBe(SERVER.url)
})

test('without a keyring a password is saved only after consent, an address without one immediately', () => {
  const store = folder.open({}, { ...keyring, available: false })
  expect(store.saveDatabase(SERVER, false)).toMatchObject({ ok: false, error: { kind: 'no-encryption' } })
  expect(existsSync(join(folder.dataDir, 'database.json'))).toBe(false)
  expect(store.saveDatabase({ kind: 'server', url: SERVER.url }, false).ok).toBe(true)
  expect(store.saveDatabase(SERVER, true).ok).toBe(true)
  expect(folder.open().databaseUrl()).toContain('hunter2')
})

test('SIGNAL_DATABASE_URL overrides the choice, shows as its origin, and its password stays hidden', () => {
  folder.open().saveDatabase({ kind: 'server', url: 'postgres://other/bars' }, false)
  const environment = { SIGNAL_DATABASE_URL: 'postgres://signal:hunter2@db.example/bars' }
  const store = folder.open(environment)
  expect(store.databaseUrl()).toBe(environment.SIGNAL_DATABASE_URL)
  expect(store.view().database).toEqual({
    kind: 'server',
    url: 'postgres://signal@db.example/bars',
    hasPassword: true,
    fixedBy: 'SIGNAL_DATABASE_URL',
  })
  expect(store.saveDatabase({ kind: 'file' }, false)).toEqual({
    ok: false,
    error: { kind: 'fixed', field: 'database', variable: 'SIGNAL_DATABASE_URL' },
  })
})

test('an unreadable choice is backed up and reported, as is a password that cannot be decrypted', () => {
  folder.write('database.json', '{"url": 7}')
  expect(folder.open().view().warnings[0]).toMatch(/choice of database couldn’t be read.*backed up/)
  folder.open().saveDatabase(SERVER, false)
  const store = folder.open({}, otherKeyring)
  expect(store.view().warnings[0]).toMatch(/couldn’t decrypt the database password/)
  expect(store.databaseUrl()).toBe(SERVER.url)
})

test('another database leaves no password in the backups of an unreadable file', () => {
  folder.write(
    'database.json',
    '{ "url": "postgres://me@db/x", "password": { "plain": "hunter2-hunter2" }, oops',
  )
  const store = folder.open()
  expect(readdirSync(folder.dataDir).join()).toContain('database.json.broken-')
  store.saveDatabase({ kind: 'file' }, false)
  expect(readdirSync(folder.dataDir).join()).not.toContain('broken')
})

test.each([
  ['postgres://signal:hunter2@db:nowhere/bars', { encrypted: 'c2VjcmV0' }],
  ['postgres://signal:hunter2@db:nowhere/bars', { plain: 'hunter2' }],
  ['postgres://signal@[::1/bars?password=hunter2', undefined],
  ['not an address', { plain: 'hunter2' }],
])(
  'a saved address that cannot be read stops no start, is said, and leads to no other database: %s',
  (url, password) => {
    folder.write('database.json', JSON.stringify({ url, password }))
    const store = folder.open()
    expect(store.view().warnings).toContainEqual(expect.stringMatching(/saved database address can’t be read.*Correct it in Settings/)) // prettier-ignore
    expect(store.databaseUrl()).toBe(url)
    expect(store.view().database.kind).toBe('server')
    expect(JSON.stringify(store.view())).not.toContain('hunter2')
    expect(savedDatabase(folder.dataDir)).toEqual({ kind: 'unreadable' })
    expect(store.saveDatabase({ kind: 'file' }, false).ok).toBe(true)
    expect(store.databaseUrl()).toBeUndefined()
  },
)

test('SIGNAL_DATABASE_URL that cannot be read is shown as a server, without what may be its password', () => {
  const store = folder.open({ SIGNAL_DATABASE_URL: 'postgres://signal:hunter2@db:nowhere/bars' })
  expect(store.view().database).toMatchObject({ kind: 'server', url: 'postgres://db:nowhere/bars' })
})

test('a command finds the app’s database, or learns that its password is sealed', () => {
  expect(savedDatabase(folder.dataDir)).toEqual({ kind: 'file' })
  const store = folder.open()
  store.saveDatabase({ kind: 'server', url: SERVER.url }, false)
  expect(savedDatabase(folder.dataDir)).toEqual({ kind: 'server', url: SERVER.url })
  store.saveDatabase(SERVER, false)
  expect(savedDatabase(folder.dataDir)).toEqual({ kind: 'sealed', url: SERVER.url })
  folder.open({}, { ...keyring, available: false }).saveDatabase(SERVER, true)
  expect(savedDatabase(folder.dataDir)).toEqual({ kind: 'server', url: store.databaseUrl() })
  store.saveDatabase({ kind: 'file' }, false)
  expect(savedDatabase(folder.dataDir)).toEqual({ kind: 'file' })
})
