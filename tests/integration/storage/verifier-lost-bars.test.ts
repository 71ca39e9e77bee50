import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MINUTE_MS } from '#shared/time'
import { midnight, writeBars, type StoredBar } from '../../../src/storage/bars/index.ts'
import { keepActions, type KeptAction } from '../../../src/storage/corporate-actions/index.ts'
import { addCovered } from '../../../src/storage/coverage/index.ts'
import { transact, type Database } from '../../../src/storage/database/index.ts'
import { describeReport, verifySymbol } from '../../../src/storage/verifier/index.ts'
import { nyse, type TradingDay } from '../../../src/shared/exchange-calendar.ts'
import { stockSymbol } from '../../../src/shared/units.ts'
import type { GapCause, Issue, VerificationReport } from '../../../src/shared/verification.ts'
import { sqliteFile, type EmptyDatabase } from '../../support/databases.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { MINUTE_SYMBOLS, realMinuteBars, whyNoData } from '../../support/shared-data.ts'

const NOW = Date.parse('2025-03-01T12:00:00Z')
let place: EmptyDatabase
let database: Database
beforeAll(async () => {
  place = await sqliteFile.create()
  database = await place.open()
})
afterAll(async () => {
  await database.close()
  await place.remove()
})

const bar = (at: number, volume = 1_000): StoredBar => ({
  at,
  open: 100_0000,
  high: 100_0000,
  low: 100_0000,
  close: 100_0000,
  volume,
  vwap: null,
  tradeCount: null,
})

/** Whether a minute has a bar; minutes count from the open. */
type HasBar = (day: TradingDay, minute: number) => boolean
const always: HasBar = () => true
const month = ({ day }: TradingDay) => day.slice(0, 7)

const barsOf = (from: string, until: string, hasBar: HasBar): StoredBar[] =>
  nyse.tradingDaysBetween(from, until).flatMap((day) =>
    Array.from({ length: (day.close - day.open) / MINUTE_MS }, (_, minute) => minute)
      .filter((minute) => hasBar(day, minute))
      .map((minute) => bar(day.open + minute * MINUTE_MS)),
  )

/** A split as it is kept, with these terms. */
const splitOf = (id: string, symbol: string, terms: object): KeptAction => ({
  id,
  symbol,
  type: 'forward_split',
  exDay: '2024-11-20',
  processDay: '2024-11-20',
  terms: { id, symbol, ...terms },
})

let names = 0
/** The report on bars that were loaded over those days. */
async function verify(
  bars: readonly StoredBar[],
  [from, until]: readonly [string, string],
  splits: readonly object[] = [],
): Promise<VerificationReport> {
  const symbol = stockSymbol.parse(
    `T${String.fromCharCode(65 + Math.floor(names / 26), 65 + (names++ % 26))}`,
  )
  await transact(database, async (trx) => {
    await writeBars(trx, { symbol, feed: 'sip', bars }, nyse)
    await addCovered(trx, symbol, 'sip', { from: midnight(from), until: midnight(until) })
    const actions = splits.map((terms, nth) => splitOf(`${symbol}${nth}`, symbol, terms))
    await keepActions(trx, { symbols: [symbol], from: '2016-01-01', until: '2027-01-01', actions })
  })
  return verifySymbol({ database, calendar: nyse, now: () => NOW }, symbol)
}

const issue = <K extends Issue['kind']>(report: VerificationReport, kind: K) =>
  report.issues.find((each) => each.kind === kind) as Extract<Issue, { kind: K }>
const minutes = (report: VerificationReport, cause: GapCause) => issue(report, 'gaps').minutesByCause[cause]
const scoreOf = (report: VerificationReport, of: string) =>
  report.months.find((each) => each.month === of)?.score

const YEAR = ['2024-01-02', '2025-01-01'] as const
const overYear = (hasBar: HasBar) => verify(barsOf(...YEAR, hasBar), YEAR)

describe('lost data is told as lost, and lowers the score, in a symbol that trades every minute:', () => {
  test('a month missing', async () => {
    const report = await overYear((day) => month(day) !== '2024-06')
    expect(report.gaps).toEqual([
      {
        day: '2024-06-03',
        from: nyse.tradingDay('2024-06-03')!.open,
        minutes: 19 * 390,
        cause: 'feed-gap',
        mayBeHalt: true,
      },
    ])
    expect(scoreOf(report, '2024-06')).toBe(0)
    expect(report.score).toBeCloseTo(92.4, 0)
  })

  test('the last hour of every day of a month', async () => {
    const report = await overYear((day, minute) => month(day) !== '2024-06' || minute < 330)
    expect(minutes(report, 'feed-gap')).toBe(19 * 60)
    expect(minutes(report, 'no-trade')).toBe(0)
    expect(scoreOf(report, '2024-06')).toBeCloseTo(84.6, 0)
  })

  test('the last hour of every day there is', async () => {
    const report = await overYear((day, minute) => minute < 330 || day.earlyClose)
    expect(minutes(report, 'no-trade')).toBe(0)
    expect(minutes(report, 'feed-gap')).toBe(issue(report, 'gaps').missingMinutes)
    expect(report.score).toBeLessThan(86)
  })

  test('the hour at noon of every day of half a year', async () => {
    const report = await overYear(({ day }, minute) => day < '2024-07' || minute < 150 || minute >= 210)
    expect(minutes(report, 'no-trade')).toBe(0)
    expect(scoreOf(report, '2024-08')).toBeCloseTo(84.6, 0)
    expect(scoreOf(report, '2024-03')).toBe(100)
  })

  test('a month of ten-minute bars', async () => {
    const report = await overYear((day, minute) => month(day) !== '2024-06' || minute % 10 === 0)
    expect(minutes(report, 'no-trade')).toBe(0)
    expect(scoreOf(report, '2024-06')).toBeCloseTo(10, 0)
  })

  test.each([2, 3, 5, 10, 15])('bars of %i minutes, and no others', async (step) => {
    const report = await overYear((_, minute) => minute % step === 0)
    expect(minutes(report, 'no-trade')).toBe(0)
    expect(report.score).toBeLessThan(51)
  })

  test.each([0, 1])(
    'every second minute of a month, of which those on remainder %i are left',
    async (left) => {
      const report = await overYear((day, minute) => month(day) !== '2024-06' || minute % 2 === left)
      expect(minutes(report, 'no-trade')).toBe(0)
      expect(scoreOf(report, '2024-06')).toBeCloseTo(50, 0)
    },
  )

  test('a month of ten-minute bars that are named by their last minute', async () => {
    const report = await overYear((day, minute) => month(day) !== '2024-06' || minute % 10 === 9)
    expect(minutes(report, 'no-trade')).toBe(0)
    expect(scoreOf(report, '2024-06')).toBeCloseTo(10, 0)
  })

  test.each([0.1, 0.3, 0.5])('single minutes here and there, %f of a day', async (share) => {
    const random = seededRandom(share * 10)
    const report = await overYear(({ day }) => day !== '2024-06-12' || random() >= share)
    expect(minutes(report, 'feed-gap')).toBe(issue(report, 'gaps').missingMinutes)
    expect(minutes(report, 'no-trade')).toBe(0)
  })

  test('single minutes here and there, a third of a month, in one that trades in 97 of 100 minutes', async () => {
    const random = seededRandom(11)
    const report = await overYear((day) => random() < 0.97 && (month(day) !== '2024-06' || random() >= 0.33))
    expect(scoreOf(report, '2024-06')).toBeLessThan(70)
    expect(scoreOf(report, '2024-05')).toBe(100)
  })

  test('three minutes at noon of every day of a month', async () => {
    const report = await overYear((day, minute) => month(day) !== '2024-06' || minute < 150 || minute > 152)
    expect(minutes(report, 'feed-gap')).toBe(19 * 3)
  })
})

describe('whether the stock may have been halted is said of what is missing:', () => {
  const mayBeHalt = ({ gaps }: VerificationReport) => new Set(gaps.map((gap) => gap.mayBeHalt === true))

  test.each([
    [
      'half an hour of one day',
      ({ day }: TradingDay, minute: number) => day !== '2024-06-12' || minute < 100 || minute >= 130,
    ],
    ['two days, one after the other', ({ day }: TradingDay) => day !== '2024-06-12' && day !== '2024-06-13'],
  ])('%s may be a halt', async (_, hasBar) => {
    const report = await overYear(hasBar)
    expect(mayBeHalt(report)).toEqual(new Set([true]))
    expect(issue(report, 'gaps').mayBeHaltMinutes).toBe(issue(report, 'gaps').missingMinutes)
    expect(describeReport(report)).toContain('min lost by the feed or in a halt of this stock')
  })

  test.each([
    [
      'the same hour day after day',
      (day: TradingDay, minute: number) => month(day) !== '2024-06' || minute < 330,
    ],
    [
      'every second minute',
      (day: TradingDay, minute: number) => month(day) !== '2024-06' || minute % 2 === 0,
    ],
    [
      'bars of ten minutes',
      (day: TradingDay, minute: number) => month(day) !== '2024-06' || minute % 10 === 0,
    ],
    [
      'three minutes, as no halt is so short',
      ({ day }: TradingDay, minute: number) => day !== '2024-06-12' || minute < 100 || minute > 102,
    ],
  ])('%s is none', async (_, hasBar) => {
    const report = await overYear(hasBar)
    expect(mayBeHalt(report)).toEqual(new Set([false]))
    expect(issue(report, 'gaps').mayBeHaltMinutes).toBe(0)
    expect(describeReport(report)).not.toContain('halt')
  })
})

describe('a thin symbol is not accused:', () => {
  /** Trades at random, more often near the open and the close, and on some days less than on others. */
  function thin(share: number, seed: number): HasBar {
    const random = seededRandom(seed)
    const pace = new Map<string, number>()
    return ({ day }, minute) => {
      const today = pace.get(day) ?? 0.7 + 0.6 * random()
      pace.set(day, today)
      const ofHour = 0.7 + 0.8 * Math.exp(-Math.min(minute, 389 - minute) / 40)
      return random() < share * today * ofHour
    }
  }

  test.each([0.9, 0.6, 0.3, 0.1, 0.02, 0.002])('one with %f of its minutes', async (share) => {
    const report = await overYear(thin(share, share * 1_000))
    expect(minutes(report, 'feed-gap')).toBe(0)
    expect(report.score).toBe(100)
  })

  test('one that was thin in its first months and trades every minute since', async () => {
    const first = thin(0.2, 7)
    const bars = barsOf(...YEAR, (day, minute) => day.day >= '2024-06' || first(day, minute)).map((each) =>
      each.at < Date.parse('2024-06-01') ? { ...each, volume: 100 } : each,
    )
    expect((await verify(bars, YEAR)).score).toBe(100)
  })

  test('but a month missing of one is lost', async () => {
    const has = thin(0.1, 3)
    const report = await overYear((day, minute) => has(day, minute) && month(day) !== '2024-06')
    expect(scoreOf(report, '2024-06')).toBe(0)
    expect(scoreOf(report, '2024-07')).toBe(100)
  })

  test('but the last hour of every day of a month is lost, in one that trades every fifth minute', async () => {
    const has = thin(0.2, 5)
    const report = await overYear(
      (day, minute) => has(day, minute) && (minute < 330 || month(day) !== '2024-06'),
    )
    expect(minutes(report, 'feed-gap')).toBeGreaterThanOrEqual(19 * 60)
  })
})

test('a gap over the end of a month is one gap, and each month bears its own minutes of it', async () => {
  const report = await overYear(({ day }) => day < '2024-05-30' || day > '2024-06-04')
  expect(report.gaps.map(({ day, minutes: length }) => [day, length])).toEqual([['2024-05-30', 4 * 390]])
  expect(issue(report, 'gaps').count).toBe(1)
  expect(scoreOf(report, '2024-05')).toBeCloseTo(90.9, 0)
  expect(scoreOf(report, '2024-06')).toBeCloseTo(89.5, 0)
})

test('a day missing on which the whole market was halted for a quarter of an hour is lost, not halted', async () => {
  const range = ['2020-02-03', '2020-04-01'] as const
  const report = await verify(
    barsOf(...range, ({ day }) => day !== '2020-03-09'),
    range,
  )
  expect(report.gaps.map(({ day, cause }) => [day, cause])).toEqual([['2020-03-09', 'feed-gap']])
})

describe('what was loaded and never came is told', () => {
  test('before the first bar and after the last, without a judgment on why', async () => {
    const report = await verify(barsOf('2024-03-01', '2024-11-01', always), YEAR)
    expect(report.nothingCame).toEqual([
      { where: 'before', from: '2024-01-02', to: '2024-02-29', days: 41, traded: 0 },
      { where: 'after', from: '2024-11-01', to: '2024-12-31', days: 41, traded: 0 },
    ])
    expect(report.score).toBe(100)
    expect(describeReport(report)).toContain(
      '  nothing    2024-01-02 to 2024-02-29 (41 trading days) came before its first bar: listed later, or not in this feed',
    )
    expect(describeReport(report)).toContain(
      '  nothing    2024-11-01 to 2024-12-31 (41 trading days) came after its last bar: delisted, renamed, or not in this feed',
    )
  })

  test('of a symbol without any bar', async () => {
    const report = await verify([], ['2024-03-04', '2024-03-09'])
    expect(describeReport(report)).toContain(
      'no bars\n  nothing    2024-03-04 to 2024-03-08 (5 trading days) came at all: unknown, not listed then, or not in this feed',
    )
  })

  test('and only what was loaded', async () => {
    expect(
      (await verify(barsOf('2024-03-01', '2024-04-01', always), ['2024-03-01', '2024-04-01'])).nothingCame,
    ).toEqual([])
  })
})

describe('prints away from the market', () => {
  const [from, until] = ['2024-11-25', '2024-11-26']
  test('of 5% that return with the next bar are named, apart from outliers, and cost no score', async () => {
    const bars = barsOf(from, until, always)
    bars[100] = { ...bars[100]!, high: 106_0000 }
    bars[200] = { ...bars[200]!, low: 94_0000 }
    bars[300] = { ...bars[300]!, high: 104_9000 }
    bars[350] = { ...bars[350]!, high: 130_0000 }
    const report = await verify(bars, [from, until])
    expect(issue(report, 'off_market_prints')).toMatchObject({ count: 2, example: { high: '106' } })
    expect(issue(report, 'outliers')).toMatchObject({ count: 1, example: { high: '130' } })
    expect(report.score).toBe(99.74)
    expect(describeReport(report)).toContain('off market 2 by 5% and more, back the next minute')
  })

  test('of just 5%, as cents round it, are named, and those in the first or the last minute of a session', async () => {
    const bars = barsOf(from, '2024-11-27', always)
    bars[100] = { ...bars[100]!, high: 104_9600 }
    for (const nth of [0, 389, 390, 779]) bars[nth] = { ...bars[nth]!, low: 94_0000 }
    expect(issue(await verify(bars, [from, '2024-11-27']), 'off_market_prints').count).toBe(5)
  })

  test('are not seen in a first minute that moves and stays', async () => {
    const bars = barsOf(from, '2024-11-27', always).map((each, nth) =>
      nth < 390 ? each : { ...each, open: 106_0000, high: 106_0000, low: 106_0000, close: 106_0000 },
    )
    bars[390] = { ...bars[390]!, open: 100_0000, low: 100_0000 }
    expect(issue(await verify(bars, [from, '2024-11-27']), 'off_market_prints').count).toBe(0)
  })

  test('are not seen in a move that stays, nor between bars that lie hours apart', async () => {
    const bars = barsOf(from, until, (_, minute) => minute < 100 || minute === 200 || minute >= 300)
    bars[50] = { ...bars[50]!, high: 106_0000 }
    const after = bars.map((each, nth) =>
      nth <= 50 ? each : { ...each, open: 106_0000, high: 106_0000, low: 106_0000, close: 106_0000 },
    )
    after[100] = { ...after[100]!, high: 113_0000 }
    expect(issue(await verify(after, [from, until]), 'off_market_prints').count).toBe(0)
  })
})

describe('real bars', () => {
  const WEEK = ['2019-02-11', '2019-02-16'] as const
  const check = test.skipIf(whyNoData)
  const minuteOf = (at: number) => (at / MINUTE_MS - 14 * 60 - 30) % (24 * 60)

  check.each(MINUTE_SYMBOLS)('of %s are whole, and no print of theirs is off the market', async (symbol) => {
    const report = await verify(realMinuteBars(symbol), WEEK)
    expect(report.score).toBeGreaterThan(99.7)
    expect(issue(report, 'off_market_prints').count).toBe(0)
    expect(report.nothingCame).toEqual([])
  })

  check.each(MINUTE_SYMBOLS.filter((symbol) => symbol !== 'UGA'))(
    'of %s without a day, their last hours, or all but each tenth minute are told as lost',
    async (symbol) => {
      const bars = realMinuteBars(symbol)
      const without = (isGone: (at: number) => boolean) =>
        verify(
          bars.filter(({ at }) => !isGone(at)),
          WEEK,
        )
      const day = await without((at) => new Date(at).toISOString().startsWith('2019-02-13'))
      expect(day.score).toBeLessThan(80.1)
      const hours = await without((at) => minuteOf(at) >= 330)
      expect(hours.score).toBeLessThan(84.8)
      const tenth = await without((at) => minuteOf(at) % 10 !== 0)
      expect(tenth.score).toBeLessThan(11)
    },
  )

  check('of the thin fund UGA without a day are told as lost', async () => {
    const bars = realMinuteBars('UGA').filter(
      ({ at }) => !new Date(at).toISOString().startsWith('2019-02-13'),
    )
    const report = await verify(bars, WEEK)
    expect(minutes(report, 'feed-gap')).toBe(390)
    expect(report.score).toBe(80)
  })
})

describe('prices that change their level and stay there', () => {
  const range = ['2024-11-18', '2024-11-23'] as const
  const EX_DAY = '2024-11-20'
  const at = (price: number) => ({ open: price, high: price, low: price, close: price })
  /** Bars at 400 dollars, and at 100 from that minute on. */
  const quartered = (from: number) =>
    barsOf(...range, always).map((each) => ({ ...each, ...at(each.at < from ? 400_0000 : 100_0000) }))
  const exOpen = nyse.tradingDay(EX_DAY)!.open
  const shiftsOf = async (bars: readonly StoredBar[], splits: readonly object[]) => {
    const report = await verify(bars, range, splits)
    return { ...issue(report, 'level_shifts'), text: describeReport(report), score: report.score }
  }
  const split = { new_rate: 4, old_rate: 1, ex_date: EX_DAY, process_date: EX_DAY }

  test('on the day of a known split are right', async () => {
    expect(await shiftsOf(quartered(exOpen), [split])).toMatchObject({ count: 0 })
  })

  test('in the middle of a day, in bars that were adjusted half-way, are named', async () => {
    const halfway = exOpen + 100 * MINUTE_MS
    expect(await shiftsOf(quartered(halfway), [])).toMatchObject({
      count: 1,
      example: { at: halfway, open: '100' },
      score: 100,
      text: expect.stringContaining('shifts     1 to a price level that no split explains'),
    })
  })

  test('and prices that stay where a known split should change them', async () => {
    expect(await shiftsOf(barsOf(...range, always), [split])).toMatchObject({
      count: 1,
      example: { at: exOpen },
    })
  })

  test('are not seen in a print that returns, nor in a fall by a quarter', async () => {
    const bars = barsOf(...range, always)
    bars[100] = { ...bars[100]!, ...at(300_0000) }
    const fallen = bars.map((each, nth) => (nth < 500 ? each : { ...each, ...at(75_0000) }))
    expect(await shiftsOf(fallen, [])).toMatchObject({ count: 0 })
  })
})

test('an average price outside of low and high is named', async () => {
  const [from, until] = ['2024-11-25', '2024-11-26']
  const bars = barsOf(from, until, always).map((each) => ({ ...each, vwap: 100_000_000 }))
  bars[7] = { ...bars[7]!, vwap: 120_000_000 }
  const report = await verify(bars, [from, until])
  expect(issue(report, 'vwap_outside')).toMatchObject({ count: 1, example: { at: bars[7]?.at } })
  expect(describeReport(report)).toContain('average    1 outside of low and high; first')
})
