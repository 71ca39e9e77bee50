import { expect, test } from 'vitest'
import { readEnvironment, removeTlsOverride } from './environment.ts'

test('an empty environment fixes nothing', () => {
  expect(readEnvironment({})).toEqual({ settings: {}, fixed: {}, logLevel: 'info', warnings: [] })
})

test('symbols may be written in lower case and with spaces', () => {
  const { settings, fixed } = readEnvironment({
    SIGNAL_SYMBOLS: ' aapl, TSLA;brk.b AAPL ',
    SIGNAL_MODE: 'demo',
  })
  expect(settings).toEqual({ mode: 'demo', symbols: ['AAPL', 'TSLA', 'BRK.B'] })
  expect(fixed).toEqual({ mode: 'SIGNAL_MODE', symbols: 'SIGNAL_SYMBOLS' })
})

test.each([
  ['SIGNAL_MODE', 'casino'],
  ['SIGNAL_SYMBOLS', 'AAPL,<script>'],
  ['SIGNAL_SYMBOLS', ',,,'],
  ['SIGNAL_DEMO_RATE', '0'],
  ['SIGNAL_DEMO_RATE', '1e6'],
  ['SIGNAL_DEMO_SEED', '-1'],
  ['SIGNAL_LOG_LEVEL', 'loud'],
])('%s=%s is ignored with a warning that says why', (name, value) => {
  const read = readEnvironment({ [name]: value })
  expect(read.settings).toEqual({})
  expect(read.demoRate).toBeUndefined()
  expect(read.logLevel).toBe('info')
  expect(read.warnings).toHaveLength(1)
  expect(read.warnings[0]).toContain(name)
})

test('what turns off the check of certificates is removed, and that is said', () => {
  const environment: Record<string, string | undefined> = { NODE_TLS_REJECT_UNAUTHORIZED: '0', PATH: '/bin' }
  expect(removeTlsOverride(environment)).toEqual([
    expect.stringContaining('NODE_TLS_REJECT_UNAUTHORIZED was removed'),
  ])
  expect(environment).toEqual({ PATH: '/bin' })
  expect(removeTlsOverride(environment)).toEqual([])
})
