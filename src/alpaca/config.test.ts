import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { alpacaConfig, AlpacaConfigError, hasCredentials, secretOf } from './config.ts'

const KEYS = { ALPACA_API_KEY: 'PKTEST', ALPACA_API_SECRET: 'sesame-1234' }

const problemsOf = (source: Record<string, string | undefined>): readonly string[] => {
  try {
    alpacaConfig(source)
  } catch (cause) {
    if (cause instanceof AlpacaConfigError) return cause.problems
    throw cause
  }
  return []
}

test('keys alone select paper trading and the IEX feed', () => {
  const config = alpacaConfig(KEYS)
  expect(config).toMatchObject({
    apiKey: 'PKTEST',
    baseUrl: 'https://paper-api.alpaca.markets',
    dataUrl: 'https://data.alpaca.markets',
    wsUrl: 'wss://stream.data.alpaca.markets/v2/iex',
    tradeUpdatesUrl: 'wss://paper-api.alpaca.markets/stream',
    feed: 'iex',
    isPaper: true,
  })
  expect(config.apiSecret).toBe('sesame-1234')
})

test.each([
  ['APCA_API_KEY_ID', 'APCA_API_SECRET_KEY'],
  ['ALPACA_API_KEY', 'ALPACA_SECRET_KEY'],
])("the names used by Alpaca's own SDKs are accepted: %s and %s", (key, secret) => {
  const source = { [key]: 'PKTEST', [secret]: ' sesame-1234 ' }
  expect(hasCredentials(source)).toBe(true)
  expect(alpacaConfig(source)).toMatchObject({ apiKey: 'PKTEST', apiSecret: 'sesame-1234' })
})

test('missing keys are named, with the alternative names', () => {
  expect(problemsOf({})).toEqual([
    'ALPACA_API_KEY is missing (or set APCA_API_KEY_ID)',
    'ALPACA_API_SECRET is missing (or set APCA_API_SECRET_KEY or ALPACA_SECRET_KEY)',
  ])
  expect(hasCredentials({})).toBe(false)
})

test('half of a pair is not configured, and the missing half is named', () => {
  const half = { ALPACA_API_KEY: 'PKTEST', ALPACA_API_SECRET: '  ' }
  expect(hasCredentials(half)).toBe(false)
  expect(hasCredentials({ ALPACA_API_SECRET: 'sesame-1234' })).toBe(false)
  expect(problemsOf(half)).toEqual([expect.stringContaining('ALPACA_API_SECRET is missing')])
})

test('a key that could break out of a header is rejected, without repeating it', () => {
  const [problem] = problemsOf({ ...KEYS, ALPACA_API_SECRET: 'sesame\nX-Evil: 1' })
  expect(problem).toContain('ALPACA_API_SECRET')
  expect(problem).not.toContain('sesame')
})

test.each([
  ['ALPACA_BASE_URL', 'not a url', 'is not a URL'],
  ['ALPACA_BASE_URL', 'ftp://paper-api.alpaca.markets', 'must begin with https://'],
  ['ALPACA_BASE_URL', 'http://paper-api.alpaca.markets', 'only to this machine'],
  ['ALPACA_DATA_URL', 'https://me:sesame@data.alpaca.markets', 'must not hold a user name or password'],
  ['ALPACA_DATA_URL', 'https://data.alpaca.markets?x=1', 'must not hold a query'],
  ['ALPACA_WS_URL', 'https://stream.data.alpaca.markets/v2/iex', 'must begin with wss://'],
  ['ALPACA_WS_URL', 'ws://stream.data.alpaca.markets/v2/iex', 'only to this machine'],
  ['ALPACA_WS_URL', 'ws://127.0.0.1.evil.example/v2/iex', 'only to this machine'],
  ['ALPACA_WS_URL', 'wss://stream.data.alpaca.markets/v2/forex', 'must end in a feed'],
])('%s %s is rejected: %s', (name, value, rule) => {
  const [problem] = problemsOf({ ...KEYS, [name]: value })
  expect(problem).toContain(name)
  expect(problem).toContain(rule)
  expect(problem).not.toContain('sesame')
})

test('all problems are reported together', () => {
  expect(problemsOf({ ALPACA_BASE_URL: 'x', ALPACA_WS_URL: 'y' })).toHaveLength(4)
})

test('live trading, a proxy and an unknown host count as real money; paper and this machine do not', () => {
  const isPaper = (url: string): boolean => alpacaConfig({ ...KEYS, ALPACA_BASE_URL: url }).isPaper
  expect(isPaper('https://api.alpaca.markets')).toBe(false)
  expect(isPaper('https://gateway.example.com')).toBe(false)
  expect(isPaper('https://paper-api.alpaca.markets')).toBe(true)
  expect(isPaper('http://127.0.0.1:4100')).toBe(true)
  expect(isPaper('http://localhost:4100')).toBe(true)
  expect(isPaper('http://[::1]:4100')).toBe(true)
})

test("the /v2 of Alpaca's dashboard and trailing slashes do no harm", () => {
  const config = alpacaConfig({
    ...KEYS,
    ALPACA_BASE_URL: 'https://api.alpaca.markets/v2/',
    ALPACA_WS_URL: 'wss://stream.data.alpaca.markets/v2/sip/',
  })
  expect(config.baseUrl).toBe('https://api.alpaca.markets')
  expect(config.tradeUpdatesUrl).toBe('wss://api.alpaca.markets/stream')
  expect(config.wsUrl).toBe('wss://stream.data.alpaca.markets/v2/sip')
})

test.each(['iex', 'sip', 'delayed_sip', 'test', 'boats', 'overnight'])(
  'the %s feed is read from the address',
  (feed) => {
    const url = `wss://stream.data.alpaca.markets/v2/${feed}`
    expect(alpacaConfig({ ...KEYS, ALPACA_WS_URL: url }).feed).toBe(feed)
  },
)

test('the secret appears in no print, no JSON and no copy of the configuration', () => {
  const config = alpacaConfig(KEYS)
  for (const text of [inspect(config), JSON.stringify(config), inspect({ ...config })]) {
    expect(text).not.toContain('sesame')
  }
})

test('a copy that has lost the secret is rejected before it could confuse anyone', () => {
  const copy = { ...alpacaConfig(KEYS) }
  expect(() => secretOf(copy)).toThrow('apiSecret')
})

test('a configuration cannot be changed behind the back of its users', () => {
  const config = alpacaConfig(KEYS)
  expect(() => Object.assign(config, { baseUrl: 'https://evil.example' })).toThrow()
})
