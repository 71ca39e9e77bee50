import { expect, test } from 'vitest'
import { stockSymbol } from '#shared/units'
import type { LoadRecord } from './record.ts'
import { ProgressMeter } from './progress.ts'

const AT = Date.parse('2026-11-24T15:00:00Z')

function meterOf(barsLoaded = 0) {
  let now = AT
  const symbol = stockSymbol.parse('AAPL')
  const record = {
    id: 'load-1',
    state: 'running',
    request: { symbols: [symbol], from: '2026-11-01', until: '2026-11-24', feed: 'iex' },
    createdAt: AT,
    symbols: [{ symbol, state: 'running', barsLoaded, barsRejected: 0 }],
  } as unknown as LoadRecord // the fields that the meter reads
  const meter = new ProgressMeter(record, { now: () => now })
  meter.update('AAPL', { days: 1_000 })
  return { meter, pass: (ms: number) => void (now += ms) }
}

test('the time left of a load is shown once 1% of it is done', () => {
  const { meter, pass } = meterOf()
  pass(5_000)
  meter.page('AAPL', 3_000, 0, 9)
  expect(meter.progress).toMatchObject({ barsPerSecond: 600, fraction: 0.009 })
  expect(meter.progress).not.toHaveProperty('secondsLeft')
  meter.page('AAPL', 3_000, 0, 10)
  expect(meter.progress).toMatchObject({ barsPerSecond: 1_200, fraction: 0.01, secondsLeft: 495 })
})

test('a load that continues shows no time left until it receives bars', () => {
  const { meter, pass } = meterOf(50_000)
  meter.update('AAPL', { daysDone: 500 })
  pass(5_000)
  expect(meter.progress).toMatchObject({ fraction: 0.5, barsPerSecond: 0 })
  expect(meter.progress).not.toHaveProperty('secondsLeft')
})

test('the rate is that of the last ten seconds', () => {
  const { meter, pass } = meterOf()
  meter.page('AAPL', 30_000, 0, 10)
  pass(11_000)
  meter.page('AAPL', 1_000, 0, 20)
  expect(meter.progress).toMatchObject({ barsPerSecond: 100, barsLoaded: 31_000 })
})
