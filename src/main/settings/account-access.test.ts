import { expect, test } from 'vitest'
import { DEMO_KEYS, DEMO_MARKET, KEYS, settingsFolder } from '../../../tests/support/settings-folder.ts'

const folder = settingsFolder()

test('keys and hosts of the same environment are used together, and the hosts are named', () => {
  const store = folder.open({ ...DEMO_MARKET, ...DEMO_KEYS })
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
])(
  'saved live keys go nowhere with %s in the environment, and the view says why',
  (_name, environment, host) => {
    folder.open().saveCredentials('live', KEYS, false)
    const store = folder.open(environment)
    expect(store.alpacaEnvironment('live')).toBeUndefined()
    expect(store.whyClosed('live')).toMatch(
      /Live trading uses Alpaca's own hosts only.*Unset ALPACA_.*restart/,
    )
    const status = store.view().credentials[1]
    expect(status).toMatchObject({ present: true, hosts: { names: [host], state: 'refused' } })
    expect(status?.problem).toContain(host)
    expect(store.accessWith('live', KEYS).variables).toBeUndefined()
  },
)

test('live keys of the environment are not used with a foreign host of the same environment', () => {
  const live = { ...DEMO_KEYS, ALPACA_BASE_URL: 'https://api.alpaca.markets' }
  expect(folder.open(live).alpacaEnvironment('live')).toMatchObject(live)
  const store = folder.open({ ...live, ALPACA_DATA_URL: 'https://data.example' })
  expect(store.alpacaEnvironment('live')).toBeUndefined()
  expect(store.whyClosed('live')).toContain('data.example')
})

test.each([
  ['NODE_EXTRA_CA_CERTS', '/tmp/ca.pem'],
  ['NODE_USE_SYSTEM_CA', '1'],
])('live stays closed while the environment adds certificate authorities: %s', (name, value) => {
  folder.open().saveCredentials('live', KEYS, false)
  const store = folder.open({ [name]: value })
  expect(store.alpacaEnvironment('live')).toBeUndefined()
  expect(store.whyClosed('live')).toContain(name)
  expect(folder.open({ NODE_USE_SYSTEM_CA: '0' }).whyClosed('live')).toBeUndefined()
})

test('saved paper keys go to a foreign host only after that very host was confirmed', () => {
  folder.open().saveCredentials('paper', KEYS, false)
  const store = folder.open(DEMO_MARKET)
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
  expect(folder.open(DEMO_MARKET).alpacaEnvironment('paper')).toMatchObject(DEMO_MARKET)
  const elsewhere = { ...DEMO_MARKET, ALPACA_DATA_URL: 'https://data.example' }
  expect(folder.open(elsewhere).alpacaEnvironment('paper')).toBeUndefined()
  expect(folder.open().view().credentials[0]).not.toHaveProperty('hosts')
})

test('confirmed hosts that cannot be read confirm nothing, and are backed up', () => {
  folder.open().saveCredentials('paper', KEYS, false)
  folder.open(DEMO_MARKET).confirmHosts(['127.0.0.1:8000'])
  folder.write('confirmed-hosts.json', '{"hosts":"127.0.0.1:8000"}')
  const store = folder.open(DEMO_MARKET)
  expect(store.alpacaEnvironment('paper')).toBeUndefined()
  expect(store.view().warnings[0]).toMatch(/confirmed hosts couldn't be read.*backed up/)
})

test('saved paper keys never go to a trading host that may be real money: it is refused with the variable and the rule', () => {
  folder.open().saveCredentials('paper', KEYS, false)
  const store = folder.open({ ALPACA_BASE_URL: 'https://gateway.example' })
  expect(store.alpacaEnvironment('paper')).toBeUndefined()
  expect(store.view().credentials[0]).toMatchObject({
    hosts: { names: ['gateway.example'], state: 'refused' },
    problem:
      'ALPACA_BASE_URL leads the paper account to gateway.example. Paper trading uses paper-api.alpaca.markets or a server on this computer only. Unset ALPACA_BASE_URL and restart.',
  })
  expect(store.whyClosed('paper')).toMatch(/^ALPACA_BASE_URL leads/)
  expect(store.accessWith('paper', KEYS).variables).toBeUndefined()
  expect(store.confirmHosts(['gateway.example']).ok).toBe(false)
})

test('saved live keys go nowhere while the trading host alone is a server on this computer', () => {
  folder.open().saveCredentials('live', KEYS, false)
  const store = folder.open({ ALPACA_BASE_URL: 'http://127.0.0.1:8000' })
  expect(store.alpacaEnvironment('live')).toBeUndefined()
  expect(store.whyClosed('live')).toContain('leads to 127.0.0.1:8000. Unset ALPACA_BASE_URL')
})

test('the other account’s trading host of Alpaca is no obstacle: keys are used at their own', () => {
  for (const [account, other, own] of [
    ['paper', 'https://api.alpaca.markets', 'https://paper-api.alpaca.markets'],
    ['live', 'https://paper-api.alpaca.markets', 'https://api.alpaca.markets'],
  ] as const) {
    folder.open().saveCredentials(account, KEYS, false)
    const store = folder.open({ ALPACA_BASE_URL: other })
    expect(store.alpacaEnvironment(account)).toMatchObject({ ALPACA_BASE_URL: own })
  }
})

test('saved keys go nowhere with a malformed address in the environment, and the view says why', () => {
  folder.open().saveCredentials('paper', KEYS, false)
  const store = folder.open({ ALPACA_DATA_URL: 'not a url' })
  expect(store.alpacaEnvironment('paper')).toBeUndefined()
  expect(store.whyClosed('paper')).toContain('ALPACA_DATA_URL is not a URL')
})
