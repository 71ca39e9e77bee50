import { expect, test, vi } from 'vitest'
import { latestQuote, readLatest, readSnapshots } from './latest.ts'

const TRADE = { t: '2026-11-20T20:59:58.4412Z', x: 'V', p: 48.1, s: 100, c: ['@'], i: 9012, z: 'C' }
const QUOTE = {
  t: '2026-11-20T20:59:59.9Z',
  ax: 'V',
  ap: 48.2,
  as: 100,
  bx: 'V',
  bp: 48.0,
  bs: 200,
  c: ['R'],
  z: 'C',
}
const BAR = { t: '2026-11-20T20:59:00Z', o: 48.2, h: 48.2, l: 48.1, c: 48.1, v: 120, n: 3, vw: 48.15 }

test("a snapshot has the shape of the stream's messages", () => {
  const skipped = vi.fn<(symbol: string) => void>()
  const raw = { latestTrade: TRADE, latestQuote: QUOTE, minuteBar: BAR, dailyBar: BAR, prevDailyBar: BAR }
  const snapshot = readSnapshots({ KLMN: raw }, skipped).get('KLMN')
  expect(snapshot).toMatchObject({
    symbol: 'KLMN',
    latestTrade: { type: 'trade', symbol: 'KLMN', price: 48.1 },
    latestQuote: { type: 'quote', symbol: 'KLMN', bid: 48, ask: 48.2 },
    minuteBar: { type: 'bar', close: 48.1 },
    dailyBar: { type: 'dailyBar' },
    previousDailyBar: { type: 'dailyBar' },
  })
  expect(skipped).not.toHaveBeenCalled()
})

test('a symbol that never traded has an empty snapshot', () => {
  const snapshots = readSnapshots({ KLMN: { latestTrade: null }, QRS: null }, () => {})
  expect([...snapshots]).toEqual([['KLMN', { symbol: 'KLMN' }]])
})

test('an invalid part of a snapshot is skipped and reported; the rest stays', () => {
  const skipped = vi.fn<(symbol: string) => void>()
  const raw = { latestTrade: { ...TRADE, p: -1 }, latestQuote: QUOTE, minuteBar: 7 }
  const snapshot = readSnapshots({ KLMN: raw, QRS: 'x' }, skipped).get('KLMN')
  expect(Object.keys(snapshot ?? {})).toEqual(['symbol', 'latestQuote'])
  expect(skipped.mock.calls).toEqual([['KLMN'], ['KLMN'], ['QRS']])
})

test('an invalid one of the latest quotes is skipped and reported', () => {
  const skipped = vi.fn<(symbol: string) => void>()
  const answer = { quotes: { KLMN: QUOTE, QRS: { ...QUOTE, bp: 'x' }, TUV: null } }
  const latest = readLatest(answer, 'quotes', latestQuote, skipped)
  expect([...latest.keys()]).toEqual(['KLMN'])
  expect(skipped.mock.calls).toEqual([['QRS'], ['TUV']])
})

test('an answer without any is empty, one of another shape is invalid', () => {
  expect(readLatest({ quotes: null }, 'quotes', latestQuote, () => {}).size).toBe(0)
  expect(() => readLatest([], 'quotes', latestQuote, () => {})).toThrow('quotes is no object')
  expect(() => readSnapshots([], () => {})).toThrow('the snapshots are no object')
})
