import fc from 'fast-check'
import { expect, test } from 'vitest'
import { barsCall, pageBound, readBarsPage, type BarsRequest } from './bars.ts'

const FIVE_YEARS: BarsRequest = {
  symbols: ['AAPL'],
  start: Date.parse('2021-11-20T00:00:00Z'),
  end: Date.parse('2026-11-20T00:00:00Z'),
}
const BAR = { t: '2026-11-20T14:30:00Z', o: 47.6, h: 47.71, l: 47.55, c: 47.7, v: 18230, n: 201, vw: 47.641 }

test('a page holds bars by symbol and says where the next one starts', () => {
  const page = readBarsPage({ bars: { KLMN: [BAR], QRS: [] }, next_page_token: 'abc' })
  expect(page.bars.get('KLMN')).toEqual([
    {
      at: Date.parse('2026-11-20T14:30:00Z'),
      open: 47.6,
      high: 47.71,
      low: 47.55,
      close: 47.7,
      volume: 18230,
      vwap: 47.641,
      tradeCount: 201,
    },
  ])
  expect(page.bars.get('QRS')).toEqual([])
  expect(page.nextPageToken).toBe('abc')
  expect(page.rejected).toEqual([])
})

test.each([
  ['t', 'yesterday'],
  ['o', 0],
  ['h', -1],
  ['l', null],
  ['c', '47.7'],
  ['v', 1e300],
  ['vw', -1],
  ['n', 'many'],
])('a bar whose %s is %j is skipped and reported; its neighbors stay', (field, value) => {
  const page = readBarsPage({ bars: { KLMN: [BAR, { ...BAR, [field]: value }, BAR] }, next_page_token: null })
  expect(page.bars.get('KLMN')).toHaveLength(2)
  expect(page.rejected).toEqual([
    { symbol: 'KLMN', index: 1, reason: expect.stringMatching(`^${field} is not`) as string },
  ])
})

test('a bar that is not an object is skipped', () => {
  const page = readBarsPage({ bars: { KLMN: [null, BAR, 7] } })
  expect(page.bars.get('KLMN')).toHaveLength(1)
  expect(page.rejected.map(({ index }) => index)).toEqual([0, 2])
})

test('a page without bars is a page', () => {
  expect(readBarsPage({ bars: null, next_page_token: 'on' })).toMatchObject({ nextPageToken: 'on' })
  expect(readBarsPage({ bars: {}, next_page_token: null }).nextPageToken).toBeUndefined()
})

test.each([
  null,
  [],
  'bars',
  { bars: [] },
  { bars: { KLMN: {} } },
  { bars: {}, next_page_token: 7 },
  { bars: {}, next_page_token: '' },
])('the page %j is invalid', (json) => {
  expect(() => readBarsPage(json)).toThrow(expect.objectContaining({ kind: 'invalid_response' }))
})

test('a symbol named like a property of every object is a symbol like any other', () => {
  const page = readBarsPage(JSON.parse('{"bars":{"__proto__":[],"constructor":[]}}'))
  expect([...page.bars.keys()]).toEqual(['__proto__', 'constructor'])
})

test('the request gives its range in UTC and omits what is not set', () => {
  const { query } = barsCall({ ...FIVE_YEARS, symbols: ['AAPL', 'BRK.B'], adjustment: 'split' }, 'abc')
  expect(query).toEqual({
    symbols: 'AAPL,BRK.B',
    timeframe: '1Min',
    start: '2021-11-20T00:00:00.000Z',
    end: '2026-11-20T00:00:00.000Z',
    limit: 10_000,
    adjustment: 'split',
    feed: undefined,
    sort: undefined,
    page_token: 'abc',
  })
})

test('five years of extended sessions fit within the page bound, which the planned 100 pages would not allow', () => {
  const tradingDays = 5 * 252
  const fullPages = (tradingDays * 960) / 10_000
  expect(fullPages).toBeGreaterThan(100)
  expect(pageBound(FIVE_YEARS)).toBeGreaterThan(fullPages)
})

test('the page bound grows with symbols and small pages, and shrinks with long bars', () => {
  const bound = pageBound(FIVE_YEARS)
  expect(pageBound({ ...FIVE_YEARS, symbols: ['A', 'B', 'C'] })).toBeGreaterThan(2 * bound)
  expect(pageBound({ ...FIVE_YEARS, limit: 1_000 })).toBeGreaterThan(5 * bound)
  expect(pageBound({ ...FIVE_YEARS, feed: 'boats' })).toBeGreaterThan(bound)
  expect(pageBound({ ...FIVE_YEARS, timeframe: '5Min' })).toBeLessThan(bound / 3)
  expect(pageBound({ ...FIVE_YEARS, timeframe: '1Hour' })).toBeLessThan(bound / 10)
  expect(pageBound({ ...FIVE_YEARS, timeframe: '1Day' })).toBeLessThan(20)
})

test('a server that only half fills its pages never reaches the page bound', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 0, max: 2_000 }),
      fc.integer({ min: 1, max: 10_000 }),
      (symbols, days, limit) => {
        const start = FIVE_YEARS.start
        const end = start + days * 86_400_000
        const request = { symbols: Array.from({ length: symbols }, (_, n) => `S${n}`), start, end, limit }
        const mostBars = symbols * (days + 1) * 960
        expect(pageBound(request)).toBeGreaterThan(mostBars / (limit / 2))
      },
    ),
  )
})
