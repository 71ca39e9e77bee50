import { expect, test } from 'vitest'
import { silentLog } from '#process/log'
import type { CommandContext } from './command-context.ts'
import { readLoadOptions, yearsBefore } from './load-options.ts'
import { DEFAULT_SYMBOLS } from '#shared/settings'
import { UsageError } from './usage-error.ts'

const NOW = Date.parse('2024-11-16T02:00:00Z') // still the 15th in New York
const context: CommandContext = {
  environment: {},
  mode: 'paper',
  foreignHosts: [],
  dataDir: '/data',
  symbols: DEFAULT_SYMBOLS,
  log: silentLog,
}

test('without options all configured symbols are loaded, five years up to today in New York, from all exchanges', () => {
  expect(readLoadOptions([], context, NOW)).toEqual({
    request: { symbols: DEFAULT_SYMBOLS, startDate: '2019-11-15', endDate: '2024-11-15', feed: 'sip' },
    checkOnly: false,
    json: false,
  })
})

test('in the demo market bars are marked as simulated, whatever feed is requested', () => {
  const options = readLoadOptions(['--feed', 'iex'], { ...context, mode: 'demo' }, NOW)
  expect(options).toMatchObject({ request: { feed: 'demo' } })
})

test('bars of a host that is not Alpaca’s are not marked as a real feed’s, and live does not load from there', () => {
  const foreign = { ...context, foreignHosts: ['127.0.0.1:8000'] }
  expect(readLoadOptions(['--feed', 'sip'], foreign, NOW)).toMatchObject({ request: { feed: 'foreign' } })
  expect(() => readLoadOptions(['--feed', 'otc'], foreign, NOW)).toThrow('--feed is sip or iex')
  expect(() => readLoadOptions([], { ...foreign, mode: 'live' }, NOW)).toThrow(
    /Alpaca's own hosts only.*127.0.0.1:8000/,
  )
})

test('symbols are read in any case, with spaces, each once', () => {
  const options = readLoadOptions(['--symbols', 'aapl, BRK.B,AAPL'], context, NOW)
  expect(options).toMatchObject({ request: { symbols: ['AAPL', 'BRK.B'] } })
  expect(() => readLoadOptions(['--symbols', ','], context, NOW)).toThrow(UsageError)
})

test('five years before a leap day is February 28', () => {
  expect(yearsBefore('2024-02-29', 5)).toBe('2019-02-28')
  expect(yearsBefore('2024-02-29', 4)).toBe('2020-02-29')
})
