import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MINUTE_MS } from '#shared/time'
import {
  readBar,
  readBarText,
  readBars,
  readDays,
  readLastBars,
  toBar,
  writeBars,
  type StoredBar,
} from '../../../src/storage/bars/index.ts'
import { transact } from '../../../src/storage/database/index.ts'
import { nyse } from '../../../src/shared/exchange-calendar.ts'
import type { BarFeed } from '../../../src/shared/history.ts'
import { describeDatabases } from '../../support/database-suite.ts'

/** 09:30 in New York on a Monday. */
const OPEN = Date.parse('2024-03-11T13:30:00Z')

const bar = (at: number, close = 185_3200): StoredBar => ({
  at,
  open: close,
  high: close + 100,
  low: close - 100,
  close,
  volume: 1_200,
  vwap: 185_320_345,
  tradeCount: 14,
})

/** Any bar that a feed may send: up to 4 decimals in prices, 6 in vwap. */
const sentBar = fc
  .record({
    minute: fc.integer({ min: 0, max: 6 * 365 * 1_440 }),
    prices: fc.array(fc.integer({ min: 0, max: 999_999_999_999 }), { minLength: 4, maxLength: 4 }),
    volume: fc.integer({ min: 0, max: 2 ** 50 }),
    vwap: fc.option(fc.integer({ min: 0, max: 99_999_999_999_999 }), { nil: null }),
    tradeCount: fc.option(fc.integer({ min: 0, max: 2 ** 31 - 1 }), { nil: null }),
  })
  .map(({ minute, prices, volume, vwap, tradeCount }): StoredBar => {
    const [low = 0, open = 0, close = 0, high = 0] = [...prices].sort((one, other) => one - other)
    return {
      at: Date.parse('2019-11-15T00:00:00Z') + minute * MINUTE_MS,
      open,
      high,
      low,
      close,
      volume,
      vwap,
      tradeCount,
    }
  })

describeDatabases('bars in %s', (opened, check, kind) => {
  const write = (symbol: string, bars: readonly StoredBar[], feed: BarFeed = 'sip') =>
    transact(opened.database, (trx) => writeBars(trx, { symbol, feed, bars }, nyse))
  const all = (symbol: string) =>
    readBars(opened.database, { symbol, from: 0, until: Date.parse('2100-01-01') })

  check(
    'all bars come out as they went in, digit for digit and in order',
    async () => {
      let run = 0
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(sentBar, { selector: ({ at }) => at, maxLength: 40 }),
          async (bars) => {
            const symbol = `P${run++}`
            await write(symbol, bars)
            const stored = await all(symbol)
            expect(stored).toEqual([...bars].sort((one, other) => one.at - other.at))
            expect(stored.map((each) => readBarText(toBar(each)))).toEqual(stored)
          },
        ),
        { numRuns: kind.name === 'SQLite' ? 100 : 25 },
      )
    },
    60_000,
  )

  check('a page of 10,000 bars is stored completely, however the database accepts pages', async () => {
    const bars = Array.from({ length: 10_000 }, (_, index) => ({
      ...bar(OPEN + index * MINUTE_MS, 100_0001 + index),
      ...(index % 7 === 0 && { vwap: null, tradeCount: null }),
    }))
    await write('PAGE', bars)
    expect(await all('PAGE')).toEqual(bars)
  })

  check(
    'the same page written twice, or out of order with a minute twice, leaves each bar once',
    async () => {
      const bars = Array.from({ length: 600 }, (_, index) => bar(OPEN + index * MINUTE_MS))
      await write('TWICE', bars)
      await write('TWICE', [...bars].reverse())
      await write('TWICE', [bars[3]!, { ...bars[3]!, volume: 7 }, bars[1]!])
      const stored = await all('TWICE')
      expect(stored).toHaveLength(600)
      expect(stored[3]?.volume).toBe(7)
    },
  )

  check('a corrected bar replaces the first; a bar of a worse feed does not', async () => {
    await write('FEED', [bar(OPEN, 100_0000)], 'iex')
    await write('FEED', [bar(OPEN, 101_0000)], 'iex')
    expect((await all('FEED'))[0]?.close).toBe(101_0000)
    await write('FEED', [bar(OPEN, 102_0000)], 'sip')
    await write('FEED', [bar(OPEN, 103_0000)], 'iex')
    await write('FEED', [bar(OPEN, 104_0000)], 'demo')
    expect((await all('FEED'))[0]?.close).toBe(102_0000)
    expect(
      (await readDays(opened.database, { symbol: 'FEED', from: '2024-03-11', until: '2024-03-12' }))[0]?.feed,
    ).toBe('sip')
  })

  check(
    'a day counts its regular session separately: open, high, low, close and volume are from 09:30 to 16:00',
    async () => {
      const close = Date.parse('2024-03-11T20:00:00Z')
      await write('DAYS', [
        bar(OPEN - MINUTE_MS, 90_0000),
        bar(OPEN, 100_0000),
        bar(OPEN + MINUTE_MS, 120_0000),
        bar(close - MINUTE_MS, 110_0000),
        bar(close, 300_0000),
        bar(Date.parse('2024-03-12T03:59:00Z'), 80_0000), // 23:59 in New York, the same day
        bar(Date.parse('2024-03-12T04:00:00Z'), 81_0000), // midnight, the next day
        bar(Date.parse('2024-03-16T15:00:00Z'), 82_0000), // a Saturday
      ])
      expect(
        await readDays(opened.database, { symbol: 'DAYS', from: '2024-03-01', until: '2024-04-01' }),
      ).toEqual([
        {
          day: '2024-03-11',
          candle: { open: 100_0000, high: 120_0100, low: 99_9900, close: 110_0000 },
          volume: 3_600,
          bars: 6,
          regularBars: 3,
          feed: 'sip',
        },
        { day: '2024-03-12', candle: undefined, volume: 0, bars: 1, regularBars: 0, feed: undefined },
        { day: '2024-03-16', candle: undefined, volume: 0, bars: 1, regularBars: 0, feed: undefined },
      ])
    },
  )

  check('days are counted the same, whether their bars come together, one by one, or twice', async () => {
    const counted = (symbol: string) =>
      readDays(opened.database, { symbol, from: '2024-03-01', until: '2024-04-01' })
    const bars = Array.from({ length: 900 }, (_, index) =>
      bar(OPEN + index * 2 * MINUTE_MS, 100_0000 + ((index * 37) % 50) * 100),
    )
    await write('ATONCE', bars)
    const once = await counted('ATONCE')
    await write('ATONCE', bars)
    expect(await counted('ATONCE')).toEqual(once)
    for (let index = 0; index < bars.length; index += 45) await write('PARTS', bars.slice(index, index + 45))
    expect(await counted('PARTS')).toEqual(once)
    expect(once.map(({ regularBars }) => regularBars)).toEqual([195, 180])
  })

  check('the last bars are the newest ones before a moment, oldest first', async () => {
    await write(
      'LAST',
      Array.from({ length: 50 }, (_, index) => bar(OPEN + index * MINUTE_MS)),
    )
    const bars = await readLastBars(opened.database, {
      symbol: 'LAST',
      count: 3,
      until: OPEN + 40 * MINUTE_MS,
    })
    expect(bars.map(({ at }) => (at - OPEN) / MINUTE_MS)).toEqual([37, 38, 39])
    const tomorrow = OPEN + 24 * 60 * MINUTE_MS
    const yesterday = OPEN - 24 * 60 * MINUTE_MS
    await write(
      'DAYS3',
      [yesterday, OPEN, OPEN + MINUTE_MS, tomorrow + MINUTE_MS].map((at) => bar(at)),
    )
    const over = await readLastBars(opened.database, { symbol: 'DAYS3', count: 3, until: tomorrow })
    expect(over.map(({ at }) => at)).toEqual([yesterday, OPEN, OPEN + MINUTE_MS])
  })

  check('SQL text in a symbol name is a name and nothing more', async () => {
    const name = `X'); drop table market_bars; --\t\\N`
    await write(
      name,
      Array.from({ length: 600 }, (_, index) => bar(OPEN + index * MINUTE_MS)),
    )
    expect(await all(name)).toHaveLength(600)
    expect(await all('LAST')).toHaveLength(50)
  })

  check('a transaction that fails leaves nothing behind', async () => {
    const failing = transact(opened.database, async (trx) => {
      await writeBars(trx, { symbol: 'UNDONE', feed: 'sip', bars: [bar(OPEN)] }, nyse)
      throw new Error('power cut')
    })
    await expect(failing).rejects.toThrow('power cut')
    expect(await all('UNDONE')).toEqual([])
  })
})

test('a bar that contradicts itself, or that nobody can have traded, is rejected with the reason', () => {
  const sent = {
    at: OPEN,
    open: 10,
    high: 11,
    low: 9,
    close: 10.5,
    volume: 100,
    vwap: 10.123456,
    tradeCount: 3,
  }
  expect(readBar(sent)).toMatchObject({ close: 105_000, vwap: 10_123_456 })
  expect(readBar({ ...sent, high: 8 })).toBe('high below low')
  expect(readBar({ ...sent, close: 11.01 })).toBe('open or close outside of low and high')
  expect(readBar({ ...sent, volume: -1 })).toBe('invalid volume')
  expect(readBar({ ...sent, open: 1e9, high: 1e9 })).toBe('more digits than can be kept')
  expect(readBar({ ...sent, at: OPEN + 1 })).toBe('not a whole minute')
  expect(readBar({ ...sent, tradeCount: -3 })).toBe('invalid trade count')
})
