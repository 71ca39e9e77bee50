import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exchangeDayOf, nyse } from '#shared/exchange-calendar'
import { MINUTE_MS } from '#shared/time'
import { columnsOf } from '../../../tests/support/analysis/bars.ts'
import { minuteOf, randomMinutes, realMinutes } from '../../../tests/support/analysis/session-bars.ts'
import { whyNoData } from '../../../tests/support/shared-data.ts'
import { runIndicator, type Indicator } from '../indicator.ts'
import type { SeriesBar } from '../series.ts'
import { GAP, PREVIOUS_DAY } from './previous-day.ts'
import { OPENING_RANGE, PRE_MARKET_RANGE } from './range-of-day.ts'

const dayOf = ({ minute }: SeriesBar) => exchangeDayOf(minute * MINUTE_MS)
const phaseOf = ({ minute }: SeriesBar) => nyse.sessionAt(minute * MINUTE_MS).phase
const openOf = (day: string) => (nyse.tradingDay(day)?.open ?? NaN) / MINUTE_MS
const highest = (bars: readonly SeriesBar[]) =>
  bars.length > 0 ? Math.max(...bars.map(({ high }) => high)) : NaN
const lowest = (bars: readonly SeriesBar[]) =>
  bars.length > 0 ? Math.min(...bars.map(({ low }) => low)) : NaN

/** What is known at the newest of the bars, if it is in a session. */
function daysAt(bars: readonly SeriesBar[]) {
  const [first, newest] = [bars[0], bars.at(-1)]
  if (!first || !newest || ['closed', 'overnight'].includes(phaseOf(newest))) return undefined
  const regular = bars.filter((bar) => phaseOf(bar) === 'regular')
  const day = dayOf(newest)
  const previousDay = regular
    .filter((bar) => dayOf(bar) < day)
    .map(dayOf)
    .at(-1)
  return {
    newest,
    open: openOf(day),
    began: first.minute,
    today: bars.filter((bar) => dayOf(bar) === day),
    regularToday: regular.filter((bar) => dayOf(bar) === day),
    previous: regular.filter((bar) => dayOf(bar) === previousDay),
    isPreviousWhole: previousDay !== undefined && first.minute <= openOf(previousDay),
  }
}

function naiveOpeningRange(bars: readonly SeriesBar[], minutes: number): readonly number[] {
  const known = daysAt(bars)
  if (!known || known.newest.minute < known.open + minutes || known.began > known.open) return [NaN, NaN]
  const range = known.regularToday.filter(({ minute }) => minute < known.open + minutes)
  return [highest(range), lowest(range)]
}

function naivePreMarket(bars: readonly SeriesBar[]): readonly number[] {
  const known = daysAt(bars)
  if (!known || known.began > known.open - 330) return [NaN, NaN]
  const range = known.today.filter((bar) => phaseOf(bar) === 'pre')
  return [highest(range), lowest(range)]
}

function naivePreviousDay(bars: readonly SeriesBar[]): readonly number[] {
  const known = daysAt(bars)
  if (!known) return [NaN, NaN, NaN]
  const { previous, isPreviousWhole } = known
  const close = previous.at(-1)?.close ?? NaN
  return isPreviousWhole ? [highest(previous), lowest(previous), close] : [NaN, NaN, close]
}

function naiveGap(bars: readonly SeriesBar[]): readonly number[] {
  const known = daysAt(bars)
  const [open = NaN, close = NaN] = [known?.regularToday[0]?.open, known?.previous.at(-1)?.close]
  return [(100 * (open - close)) / close]
}

test.each([
  [
    'opening range',
    () => OPENING_RANGE.create({ minutes: 150 }, nyse),
    (bars) => naiveOpeningRange(bars, 150),
  ],
  ['pre-market', () => PRE_MARKET_RANGE.create({}, nyse), naivePreMarket],
  ['previous day', () => PREVIOUS_DAY.create({}, nyse), naivePreviousDay],
  ['gap', () => GAP.create({}, nyse), naiveGap],
] satisfies [string, () => Indicator, (bars: readonly SeriesBar[]) => readonly number[]][])(
  '%s: as by the words on any minutes',
  (_, create, naive) => {
    fc.assert(
      fc.property(randomMinutes(), (bars) => {
        const indicator = create()
        bars.forEach((bar, at) => {
          indicator.push(bar)
          expect([...indicator.values]).toEqual(naive(bars.slice(0, at + 1)))
        })
      }),
    )
  },
)

test.skipIf(whyNoData)('real minutes of SPY', () => {
  const bars = realMinutes('SPY')
  const columns = [
    OPENING_RANGE.create({ minutes: 30 }, nyse),
    PREVIOUS_DAY.create({}, nyse),
    GAP.create({}, nyse),
  ].flatMap((indicator) => runIndicator(indicator, columnsOf(bars)))
  for (let at = 7; at < bars.length; at += 67) {
    const known = bars.slice(0, at + 1)
    expect(columns.map((column) => column[at])).toEqual([
      ...naiveOpeningRange(known, 30),
      ...naivePreviousDay(known),
      ...naiveGap(known),
    ])
  }
})

const bar = (day: string, clock: string, price: number): SeriesBar => ({
  minute: minuteOf(day, clock),
  open: price,
  high: price + 2,
  low: price - 1,
  close: price + 1,
  volume: 0,
  vwap: NaN,
})
const after = (indicator: Indicator, ...bars: readonly SeriesBar[]) => {
  for (const each of bars) indicator.push(each)
  return [...indicator.values]
}
const [MONDAY, TUESDAY] = ['2025-11-24', '2025-11-25']

test('the opening range has no values while it forms, stands until the end of the day and is gone the next', () => {
  const indicator = OPENING_RANGE.create({ minutes: 5 }, nyse)
  expect(after(indicator, bar(MONDAY, '09:30', 100), bar(MONDAY, '09:34', 105))).toEqual([NaN, NaN])
  expect(after(indicator, bar(MONDAY, '09:35', 200))).toEqual([107, 99])
  expect(after(indicator, bar(MONDAY, '19:59', 50))).toEqual([107, 99])
  expect(after(indicator, bar(MONDAY, '20:00', 50))).toEqual([NaN, NaN])
  expect(after(indicator, bar(TUESDAY, '09:29', 50))).toEqual([NaN, NaN])
})

test('without a trade in it there is no opening range', () => {
  const indicator = OPENING_RANGE.create({ minutes: 5 }, nyse)
  expect(after(indicator, bar(MONDAY, '09:00', 100), bar(MONDAY, '09:40', 105))).toEqual([NaN, NaN])
})

test('the opening range ends with an early close at the latest', () => {
  const indicator = OPENING_RANGE.create({ minutes: 390 }, nyse)
  expect(after(indicator, bar('2025-11-28', '09:30', 100), bar('2025-11-28', '13:00', 105))).toEqual([
    102, 99,
  ])
})

test('the pre-market range grows until the open', () => {
  const indicator = PRE_MARKET_RANGE.create({}, nyse)
  expect(after(indicator, bar(MONDAY, '04:00', 100))).toEqual([102, 99])
  expect(after(indicator, bar(MONDAY, '09:29', 90))).toEqual([102, 89])
  expect(after(indicator, bar(MONDAY, '09:30', 300))).toEqual([102, 89])
  expect(after(indicator, bar(TUESDAY, '09:30', 300))).toEqual([NaN, NaN])
})

test('the previous day is known from the first bar of today, without its extended hours', () => {
  const indicator = PREVIOUS_DAY.create({}, nyse)
  const monday = [bar(MONDAY, '09:29', 500), bar(MONDAY, '09:30', 100), bar(MONDAY, '15:59', 90)]
  expect(after(indicator, ...monday, bar(MONDAY, '16:00', 5))).toEqual([NaN, NaN, NaN])
  expect(after(indicator, bar(TUESDAY, '04:00', 70))).toEqual([102, 89, 91])
  expect(after(indicator, bar(TUESDAY, '15:59', 70))).toEqual([102, 89, 91])
})

test('a previous day seen in part has a close, but neither high nor low', () => {
  const indicator = PREVIOUS_DAY.create({}, nyse)
  expect(after(indicator, bar(MONDAY, '09:31', 100), bar(TUESDAY, '09:30', 70))).toEqual([NaN, NaN, 101])
})

test('the gap is from the last regular close to the first regular open, over a holiday too', () => {
  const indicator = GAP.create({}, nyse)
  const wednesday = [bar('2025-11-26', '15:59', 99), bar('2025-11-26', '16:00', 500)]
  expect(after(indicator, ...wednesday, bar('2025-11-28', '09:29', 300))).toEqual([NaN])
  expect(after(indicator, bar('2025-11-28', '09:30', 103))).toEqual([3])
  expect(after(indicator, bar('2025-11-28', '12:59', 120))).toEqual([3])
})
