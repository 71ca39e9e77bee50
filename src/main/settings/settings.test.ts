import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '#process/clock'
import { silentLog } from '#process/log'
import {
  demoAddressIn,
  openSettings,
  readEnvironment,
  savedDatabase,
  type Encryption,
  type Environment,
} from './index.ts'

const KEYS = { apiKey: 'PKTESTKEY0000000ABCD', apiSecret: 'the-very-secret-secret' }

/** Reverses the text: enough to see that the disk does not hold what was typed. */
const keyring: Encryption = {
  available: true,
  encrypt: (text) => Buffer.from(text).reverse(),
  decrypt: (data) => Buffer.from(data).reverse().toString(),
}

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'signal-settings-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const open = (environment: Environment = {}, encryption = keyring) =>
  openSettings({
    dataDir,
    environment,
    signal: readEnvironment(environment),
    encryption,
    clock: systemClock,
    log: silentLog,
  })

const write = (name: string, text: string) => writeFileSync(join(dataDir, name), text)

test('a first start shows the demo market with the default watchlist', () => {
  const { settings, warnings } = open().view()
  expect(settings.mode).toBe('demo')
  expect(settings.symbols).toHaveLength(17)
  expect(warnings).toEqual([])
})

test('saved settings are there after a restart', () => {
  open().save({ theme: 'dark', throttleMs: 250 })
  expect(open().current()).toMatchObject({ theme: 'dark', throttleMs: 250, palette: 'classic' })
})

test('listeners get every change along with the previous settings', () => {
  const store = open()
  const seen: string[] = []
  const stop = store.onChange((view, before) =>
    seen.push(`${before.settings.theme} > ${view.settings.theme}`),
  )
  store.save({ theme: 'dark' })
  stop()
  store.save({ theme: 'light' })
  expect(seen).toEqual(['system > dark'])
})

test('deleted keys are gone from the backups of unreadable files too', () => {
  write('credentials.json', `{ "paper": { "plain": ${JSON.stringify(KEYS)} }, oops`)
  const store = open()
  const holding = () =>
    readdirSync(dataDir).filter((name) => readFileSync(join(dataDir, name), 'utf8').includes(KEYS.apiSecret))
  expect(holding()).toEqual([expect.stringMatching(/^credentials\.json\.broken-/)])
  store.saveCredentials('paper', KEYS, false)
  expect(store.forgetCredentials('paper')).toMatchObject({ ok: true })
  expect(holding()).toEqual([])
})

test('another database leaves no password in the backups of an unreadable file', () => {
  write('database.json', '{ "url": "postgres://me@db/x", "password": { "plain": "hunter2-hunter2" }, oops')
  const store = open()
  expect(readdirSync(dataDir).join()).toContain('database.json.broken-')
  store.saveDatabase({ kind: 'file' }, false)
  expect(readdirSync(dataDir).join()).not.toContain('broken')
})

test.skipIf(process.platform === 'win32')(
  'a data folder for everybody stays as it is, and the view says that others may read it',
  () => {
    chmodSync(dataDir, 0o1777)
    expect(open().view().warnings.join()).toContain('may be readable by other users of this computer')
    chmodSync(dataDir, 0o700)
    expect(open().view().warnings).toEqual([])
  },
)

test.each(['{ "theme": ', '[]', 'null', '"dark"', '\u0000\u0001'])(
  'a damaged settings file (%j) is backed up, the defaults are used, and a warning is shown',
  (text) => {
    write('settings.json', text)
    const view = open().view()
    expect(view.settings.theme).toBe('system')
    expect(view.warnings[0]).toMatch(/could not be read/)
    const aside = readdirSync(dataDir).find((name) => name.startsWith('settings.json.broken-'))
    expect(readFileSync(join(dataDir, aside ?? ''), 'utf8')).toBe(text)
  },
)

test('an invalid value does not affect the others', () => {
  write('settings.json', JSON.stringify({ theme: 'dark', throttleMs: 1, symbols: ['AAPL', 'AAPL'] }))
  const { settings, warnings } = open().view()
  expect(settings).toMatchObject({ theme: 'dark', throttleMs: 100 })
  expect(settings.symbols).toHaveLength(17)
  expect(warnings.join()).toMatch(/"symbols" names a symbol twice.*"throttleMs" is at least 50 ms/)
})

test('one entry of the watchlist that is no symbol is left out and named, and BRK-B is BRK.B', () => {
  write('settings.json', JSON.stringify({ symbols: ['AAPL', '12', 'BRK-B'] }))
  const { settings, warnings } = open().view()
  expect(settings.symbols).toEqual(['AAPL', 'BRK.B'])
  expect(warnings.join()).toContain('The setting "symbols": 12 is not a stock symbol')
})

test('values fixed by the environment override the file and cannot be changed here', () => {
  write('settings.json', JSON.stringify({ symbols: ['TSLA'] }))
  const store = open({ SIGNAL_SYMBOLS: 'AAPL' })
  expect(store.current().symbols).toEqual(['AAPL'])
  expect(store.save({ symbols: ['MSFT' as never] })).toEqual({
    ok: false,
    error: { kind: 'fixed', field: 'symbols', variable: 'SIGNAL_SYMBOLS' },
  })
})

test('keys are encrypted on disk, survive a restart and never show in the view', () => {
  open().saveCredentials('paper', KEYS, false)
  expect(readFileSync(join(dataDir, 'credentials.json'), 'utf8')).not.toContain(KEYS.apiSecret)
  const store = open()
  expect(store.alpacaEnvironment('paper')).toMatchObject({
    ALPACA_API_SECRET: KEYS.apiSecret,
    ALPACA_BASE_URL: 'https://paper-api.alpaca.markets',
  })
  expect(store.alpacaEnvironment('live')).toBeUndefined()
  expect(JSON.stringify(store.view())).not.toContain(KEYS.apiSecret)
  expect(store.view().credentials[0]).toEqual({
    account: 'paper',
    present: true,
    keyEndsWith: 'ABCD',
    from: 'saved',
  })
})

test('without a keyring keys are saved only after consent, readable only by their owner', () => {
  const store = open({}, { ...keyring, available: false })
  expect(store.saveCredentials('paper', KEYS, false)).toMatchObject({
    ok: false,
    error: { kind: 'no-encryption' },
  })
  expect(existsSync(join(dataDir, 'credentials.json'))).toBe(false)
  expect(store.saveCredentials('paper', KEYS, true).ok).toBe(true)
  expect(open().alpacaEnvironment('paper')).toMatchObject({ ALPACA_API_KEY: KEYS.apiKey })
})

test('forgotten keys are gone, from the disk too', () => {
  const store = open()
  store.saveCredentials('live', KEYS, false)
  store.forgetCredentials('live')
  expect(readFileSync(join(dataDir, 'credentials.json'), 'utf8')).toBe('{}\n')
  expect(open().alpacaEnvironment('live')).toBeUndefined()
})

test('keys that this keyring cannot decrypt are reported, and kept', () => {
  open().saveCredentials('paper', KEYS, false)
  const broken: Encryption = {
    ...keyring,
    decrypt() {
      throw new Error('wrong keyring')
    },
  }
  const store = open({}, broken)
  expect(store.view().warnings[0]).toMatch(/paper keys could not be decrypted/)
  expect(open().alpacaEnvironment('paper')).toMatchObject({ ALPACA_API_KEY: KEYS.apiKey })
})

test('a damaged file of keys is backed up and reported', () => {
  write('credentials.json', '{"paper":{"encrypted":7}}')
  expect(open().view().warnings[0]).toMatch(/saved keys could not be read.*put aside/)
})

test('keys in the environment make paper the default and override saved ones', () => {
  const environment = { ALPACA_API_KEY: 'PKENV00001234', ALPACA_API_SECRET: 'other-secret' }
  const store = open(environment)
  expect(store.current().mode).toBe('paper')
  expect(store.view().credentials[0]).toMatchObject({ keyEndsWith: '1234', from: 'environment' })
  expect(store.alpacaEnvironment('paper')?.['ALPACA_WS_URL']).toBe('wss://stream.data.alpaca.markets/v2/iex')
})

test('half-set keys count as none, and a warning names the missing variable', () => {
  const { settings, warnings } = open({ ALPACA_API_KEY: 'PKENV00001234' }).view()
  expect(settings.mode).toBe('demo')
  expect(warnings.join()).toMatch(/ALPACA_API_SECRET/)
})

test('a malformed address in the environment is reported with its variable', () => {
  const environment = { ALPACA_API_KEY: 'K', ALPACA_API_SECRET: 's', ALPACA_BASE_URL: 'not a url' }
  expect(open(environment).view().warnings.join()).toMatch(/ALPACA_BASE_URL/)
})

test('a mode is refused until its account has keys', () => {
  const store = open()
  expect(store.save({ mode: 'live' })).toMatchObject({ ok: false, error: { kind: 'no-credentials' } })
  store.saveCredentials('live', KEYS, false)
  expect(store.save({ mode: 'live' }).ok).toBe(true)
})

test('a data folder that cannot be written is reported, and the settings in use stay', () => {
  const file = join(dataDir, 'settings')
  writeFileSync(file, '') // a file in place of the folder: even root cannot write into it
  chmodSync(file, 0o400)
  const store = openSettings({
    dataDir: file,
    environment: {},
    signal: readEnvironment({}),
    encryption: keyring,
    clock: systemClock,
    log: silentLog,
  })
  expect(store.view().warnings).toEqual([expect.stringContaining(`${file} cannot be written`)])
  expect(store.save({ theme: 'dark' })).toMatchObject({ ok: false, error: { kind: 'not-written' } })
  expect(store.current().theme).toBe('system')
})

const SERVER = {
  kind: 'server',
  url: 'postgres://signal@db.example:5433/bars',
  password: 'hunter2 @:/%é',
} as const

test('a server’s address is saved with its password encrypted, which no window ever sees', () => {
  expect(open().view().database).toEqual({ kind: 'file', hasPassword: false })
  expect(open().databaseUrl()).toBeUndefined()
  open().saveDatabase(SERVER, false)
  expect(readFileSync(join(dataDir, 'database.json'), 'utf8')).not.toContain('hunter2')
  const store = open()
  expect(store.databaseUrl()).toBe('postgres://signal:hunter2%20%40%3A%2F%25%C3%A9@db.example:5433/bars')
  expect(decodeURIComponent(new URL(store.databaseUrl() ?? '').password)).toBe(SERVER.password)
  expect(store.view().database).toEqual({ kind: 'server', url: SERVER.url, hasPassword: true })
  expect(JSON.stringify(store.view())).not.toContain('hunter2')
  store.saveDatabase({ kind: 'file' }, false)
  expect(open().databaseUrl()).toBeUndefined()
  expect(readFileSync(join(dataDir, 'database.json'), 'utf8')).not.toContain('password')
})

test.each([
  'postgres://signal:hunter2@db.example/bars',
  'postgres://signal@db.example/bars?password=hunter2',
])('a password inside the address (%s) is taken out of it', (url) => {
  const store = open()
  store.saveDatabase({ kind: 'server', url }, false)
  expect(JSON.stringify(store.view().database)).not.toContain('hunter2')
  expect(readFileSync(join(dataDir, 'database.json'), 'utf8')).not.toContain('hunter2')
  expect(store.databaseUrl()).toBe('postgres://signal:hunter2@db.example/bars')
})

test('without a typed password the saved one is used, for that address only', () => {
  const store = open()
  store.saveDatabase(SERVER, false)
  const { url } = SERVER
  expect(store.databaseUrlOf({ kind: 'server', url })).toEqual({ ok: true, value: store.databaseUrl() })
  const elsewhere = 'postgres://signal@thief.example:5433/bars'
  expect(store.databaseUrlOf({ kind: 'server', url: elsewhere })).toEqual({ ok: true, value: elsewhere })
})

test('an invalid address is refused with a reason, and the previous one stays', () => {
  const store = open()
  store.saveDatabase(SERVER, false)
  const nonsense = { kind: 'server', url: 'postgres://signal@db:nowhere/bars' } as const
  expect(store.saveDatabase(nonsense, false)).toMatchObject({
    ok: false,
    error: { kind: 'invalid', field: 'database' },
  })
  expect(store.view().database.url).toBe(SERVER.url)
})

test('without a keyring a password is saved only after consent, an address without one immediately', () => {
  const store = open({}, { ...keyring, available: false })
  expect(store.saveDatabase(SERVER, false)).toMatchObject({ ok: false, error: { kind: 'no-encryption' } })
  expect(existsSync(join(dataDir, 'database.json'))).toBe(false)
  expect(store.saveDatabase({ kind: 'server', url: SERVER.url }, false).ok).toBe(true)
  expect(store.saveDatabase(SERVER, true).ok).toBe(true)
  expect(open().databaseUrl()).toContain('hunter2')
})

test('SIGNAL_DATABASE_URL overrides the choice, shows as its origin, and its password stays hidden', () => {
  open().saveDatabase({ kind: 'server', url: 'postgres://other/bars' }, false)
  const environment = { SIGNAL_DATABASE_URL: 'postgres://signal:hunter2@db.example/bars' }
  const store = open(environment)
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
  write('database.json', '{"url": 7}')
  expect(open().view().warnings[0]).toMatch(/choice of the database could not be read.*put aside/)
  open().saveDatabase(SERVER, false)
  const broken: Encryption = {
    ...keyring,
    decrypt() {
      throw new Error('wrong keyring')
    },
  }
  const store = open({}, broken)
  expect(store.view().warnings[0]).toMatch(/database's password could not be decrypted/)
  expect(store.databaseUrl()).toBe(SERVER.url)
})

test.each([
  ['postgres://signal:hunter2@db:nowhere/bars', { encrypted: 'c2VjcmV0' }],
  ['postgres://signal:hunter2@db:nowhere/bars', { plain: 'hunter2' }],
  ['postgres://signal@[::1/bars?password=hunter2', undefined],
  ['not an address', { plain: 'hunter2' }],
])(
  'a saved address that cannot be read stops no start, is said, and leads to no other database: %s',
  (url, password) => {
    write('database.json', JSON.stringify({ url, password }))
    const store = open()
    expect(store.view().warnings).toContainEqual(expect.stringMatching(/saved database address cannot be read.*Correct it in Settings/)) // prettier-ignore
    expect(store.databaseUrl()).toBe(url)
    expect(store.view().database.kind).toBe('server')
    expect(JSON.stringify(store.view())).not.toContain('hunter2')
    expect(savedDatabase(dataDir)).toEqual({ kind: 'unreadable' })
    expect(store.saveDatabase({ kind: 'file' }, false).ok).toBe(true)
    expect(store.databaseUrl()).toBeUndefined()
  },
)

test('SIGNAL_DATABASE_URL that cannot be read is shown as a server, without what may be its password', () => {
  const store = open({ SIGNAL_DATABASE_URL: 'postgres://signal:hunter2@db:nowhere/bars' })
  expect(store.view().database).toMatchObject({ kind: 'server', url: 'postgres://db:nowhere/bars' })
})

test('a command finds the app’s database, or learns that its password is sealed', () => {
  expect(savedDatabase(dataDir)).toEqual({ kind: 'file' })
  const store = open()
  store.saveDatabase({ kind: 'server', url: SERVER.url }, false)
  expect(savedDatabase(dataDir)).toEqual({ kind: 'server', url: SERVER.url })
  store.saveDatabase(SERVER, false)
  expect(savedDatabase(dataDir)).toEqual({ kind: 'sealed', url: SERVER.url })
  open({}, { ...keyring, available: false }).saveDatabase(SERVER, true)
  expect(savedDatabase(dataDir)).toEqual({ kind: 'server', url: store.databaseUrl() })
  store.saveDatabase({ kind: 'file' }, false)
  expect(savedDatabase(dataDir)).toEqual({ kind: 'file' })
})

/** What `npm run demo-market` prints. */
const DEMO_MARKET = {
  ALPACA_BASE_URL: 'http://127.0.0.1:8000',
  ALPACA_DATA_URL: 'http://127.0.0.1:8000',
  ALPACA_WS_URL: 'ws://127.0.0.1:8000/v2/iex',
}
const DEMO_KEYS = { ALPACA_API_KEY: 'PKDEMO0000', ALPACA_API_SECRET: 'demo-secret' }

test('keys and hosts of the same environment are used together, and the hosts are named', () => {
  const store = open({ ...DEMO_MARKET, ...DEMO_KEYS })
  expect(store.alpacaEnvironment('paper')).toMatchObject({ ...DEMO_MARKET, ...DEMO_KEYS })
  expect(store.view().credentials[0]).toMatchObject({
    hosts: { names: ['127.0.0.1:8000'], state: 'used' },
  })
})

test.each([
  ['the demo market’s variables', { ...DEMO_MARKET, ...DEMO_KEYS }, '127.0.0.1:8000'],
  ['another stream', { ALPACA_WS_URL: 'wss://stream.example/v2/iex' }, 'stream.example'],
  ['other data', { ALPACA_DATA_URL: 'https://data.example' }, 'data.example'],
  ['another trading host', { ALPACA_BASE_URL: 'https://gateway.example' }, 'gateway.example'],
])('saved live keys stay here with %s in the environment, and it is said', (_name, environment, host) => {
  open().saveCredentials('live', KEYS, false)
  const store = open(environment)
  expect(store.alpacaEnvironment('live')).toBeUndefined()
  expect(store.whyClosed('live')).toMatch(/Live trading uses Alpaca's own hosts only.*Unset ALPACA_.*restart/)
  const status = store.view().credentials[1]
  expect(status).toMatchObject({ present: true, hosts: { names: [host], state: 'refused' } })
  expect(status?.problem).toContain(host)
  expect(store.accessWith('live', KEYS).variables).toBeUndefined()
})

test('live keys of the environment are not used with a foreign host of the same environment', () => {
  const live = { ...DEMO_KEYS, ALPACA_BASE_URL: 'https://api.alpaca.markets' }
  expect(open(live).alpacaEnvironment('live')).toMatchObject(live)
  const store = open({ ...live, ALPACA_DATA_URL: 'https://data.example' })
  expect(store.alpacaEnvironment('live')).toBeUndefined()
  expect(store.whyClosed('live')).toContain('data.example')
})

test('live stays closed while the environment adds certificate authorities', () => {
  open().saveCredentials('live', KEYS, false)
  const store = open({ NODE_EXTRA_CA_CERTS: '/tmp/ca.pem' })
  expect(store.alpacaEnvironment('live')).toBeUndefined()
  expect(store.whyClosed('live')).toContain('NODE_EXTRA_CA_CERTS')
})

test('saved paper keys go to a foreign host only after that very host was confirmed', () => {
  open().saveCredentials('paper', KEYS, false)
  const store = open(DEMO_MARKET)
  expect(store.alpacaEnvironment('paper')).toBeUndefined()
  expect(store.view().credentials[0]).toMatchObject({
    hosts: { names: ['127.0.0.1:8000'], state: 'unconfirmed' },
    problem: expect.stringMatching(/127\.0\.0\.1:8000.*aren't sent there until you confirm/),
  })
  expect(store.accessWith('paper', KEYS).variables).toBeUndefined()
  expect(store.confirmHosts(['127.0.0.1:8001'])).toMatchObject({ ok: false, error: { kind: 'invalid' } })
  expect(store.alpacaEnvironment('paper')).toBeUndefined()
  expect(store.confirmHosts(['127.0.0.1:8000']).ok).toBe(true)
  expect(store.alpacaEnvironment('paper')).toMatchObject({ ALPACA_API_KEY: KEYS.apiKey, ...DEMO_MARKET })
  expect(open(DEMO_MARKET).alpacaEnvironment('paper')).toMatchObject(DEMO_MARKET)
  const elsewhere = { ...DEMO_MARKET, ALPACA_DATA_URL: 'https://data.example' }
  expect(open(elsewhere).alpacaEnvironment('paper')).toBeUndefined()
  expect(open().view().credentials[0]).not.toHaveProperty('hosts')
})

test('confirmed hosts that cannot be read confirm nothing, and are backed up', () => {
  open().saveCredentials('paper', KEYS, false)
  open(DEMO_MARKET).confirmHosts(['127.0.0.1:8000'])
  write('confirmed-hosts.json', '{"hosts":"127.0.0.1:8000"}')
  const store = open(DEMO_MARKET)
  expect(store.alpacaEnvironment('paper')).toBeUndefined()
  expect(store.view().warnings[0]).toMatch(/confirmed hosts couldn't be read.*backed up/)
})

test('saved keys with a malformed address in the environment stay here, and it is said', () => {
  open().saveCredentials('paper', KEYS, false)
  const store = open({ ALPACA_DATA_URL: 'not a url' })
  expect(store.alpacaEnvironment('paper')).toBeUndefined()
  expect(store.whyClosed('paper')).toContain('ALPACA_DATA_URL is not a URL')
})

test.each([
  [{ ALPACA_WS_URL: 'wss://stream.data.alpaca.markets/v2/iex' }],
  [{ ALPACA_DATA_URL: 'https://data.alpaca.markets' }],
])('a running demo market is used only if all its addresses lead to this machine: not with %j', (other) => {
  expect(demoAddressIn({ ...DEMO_MARKET, ...DEMO_KEYS })).toMatchObject(DEMO_MARKET)
  expect(demoAddressIn({ ...DEMO_MARKET, ...DEMO_KEYS, ...other })).toBeUndefined()
})
