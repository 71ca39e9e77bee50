import { expect, test } from 'vitest'
import { caseFile } from '../../../tests/support/case-file.ts'
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

test('class shares may be spelled as elsewhere, as in the case from the field', () => {
  const { given } = caseFile<{ given: string }>('class-share-spelling')
  const SIGNAL_SYMBOLS = /SIGNAL_SYMBOLS=(\S+)/.exec(given)?.[1]
  expect(SIGNAL_SYMBOLS).toBe('AAPL,BRK-B,TSLA')
  const { settings, warnings } = readEnvironment({ SIGNAL_SYMBOLS })
  expect(settings.symbols).toEqual(['AAPL', 'BRK.B', 'TSLA'])
  expect(warnings).toEqual([])
  expect(readEnvironment({ SIGNAL_SYMBOLS: 'brk/b BRK-B' }).settings.symbols).toEqual(['BRK.B'])
})

test('an entry that is not a symbol is left out and named; the others are watched', () => {
  const { settings, fixed, warnings } = readEnvironment({ SIGNAL_SYMBOLS: 'AAPL,<script>,TSLA,BTC/USD' })
  expect(settings.symbols).toEqual(['AAPL', 'TSLA'])
  expect(fixed.symbols).toBe('SIGNAL_SYMBOLS')
  expect(warnings).toEqual([
    'SIGNAL_SYMBOLS: Invalid symbols: <script>, BTC/USD. Use letters, with a dot before a share class (BRK.B).',
  ])
})

test.each([
  ['SIGNAL_MODE', 'casino'],
  ['SIGNAL_SYMBOLS', '<script>'],
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
  expect(read.warnings.length).toBeGreaterThan(0)
  for (const warning of read.warnings) expect(warning).toContain(name)
})

test('the variable that turns off certificate checks is removed, with a warning', () => {
  const environment: Record<string, string | undefined> = { NODE_TLS_REJECT_UNAUTHORIZED: '0', PATH: '/bin' }
  expect(removeTlsOverride(environment)).toEqual([
    expect.stringContaining('NODE_TLS_REJECT_UNAUTHORIZED was removed'),
  ])
  expect(environment).toEqual({ PATH: '/bin' })
  expect(removeTlsOverride(environment)).toEqual([])
})
