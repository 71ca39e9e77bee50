import type { Decimal } from 'decimal.js'
import { addDays, newYorkTime } from '#shared/calendar/new-york'
import { exchangeDayOf } from '#shared/exchange-calendar'
import { DAY_MS, MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'
import type { SimAccountState } from './account-state.ts'
import { standingAt } from './day-start.ts'
import type { Prices } from './prices.ts'
import { readInstant, readWord } from './query.ts'
import { unprocessable } from './refusals.ts'

const STEPS = {
  '1Min': MINUTE_MS,
  '5Min': 5 * MINUTE_MS,
  '15Min': 15 * MINUTE_MS,
  '1H': 60 * MINUTE_MS,
  '1D': DAY_MS,
} as const
const PERIOD = /^(\d{1,3})([DWMA])$/
const PERIOD_DAYS = { D: 1, W: 7, M: 30, A: 365 } as const
const LONGEST_INTRADAY_MS = 30 * DAY_MS
const MOST_POINTS = 10_000

/** What the account's history is calculated from. */
interface Sources {
  readonly accountState: SimAccountState
  readonly prices: Prices
  readonly now: EpochMs
}

function periodMs(text: string): number {
  const [, count = '', unit = ''] = PERIOD.exec(text) ?? []
  if (unit !== 'D' && unit !== 'W' && unit !== 'M' && unit !== 'A')
    throw unprocessable(`invalid period: ${text}`)
  return Number(count) * PERIOD_DAYS[unit] * DAY_MS
}

/** Times with from < t <= until, one per step; for whole days, each day's close. */
function instants(from: EpochMs, until: EpochMs, step: number): EpochMs[] {
  const found: EpochMs[] = []
  if (step === DAY_MS) {
    for (let day = exchangeDayOf(from); found.length < MOST_POINTS; day = addDays(day, 1)) {
      const close = newYorkTime(day, '16:00')
      if (close > until) break
      if (close > from) found.push(close)
    }
    return found
  }
  for (let at = Math.floor(from / step) * step + step; at <= until && found.length < MOST_POINTS; at += step)
    found.push(at)
  return found
}

/**
 * The account's value over time, in Alpaca's parallel lists: its fills undone step by step, at the demo
 * exchange's prices. Before the account was opened, its value is its starting cash.
 */
export function portfolioHistory({ accountState, prices, now }: Sources, query: URLSearchParams): object {
  const [start, end] = [
    readInstant(query, 'start') ?? readInstant(query, 'date_start'),
    readInstant(query, 'end') ?? readInstant(query, 'date_end'),
  ]
  const period = query.get('period') ?? ''
  if (start !== undefined && end !== undefined && period !== '')
    throw unprocessable('only two of start, end and period are accepted')
  const until = Math.min(end ?? (start !== undefined && period !== '' ? start + periodMs(period) : now), now)
  const from = start ?? until - periodMs(period === '' ? '1M' : period)
  const usual = until - from <= DAY_MS ? '5Min' : until - from <= 7 * DAY_MS ? '15Min' : '1D'
  const timeframe = readWord(query, 'timeframe', ['1Min', '5Min', '15Min', '1H', '1D']) ?? usual
  if (timeframe !== '1D' && until - from > LONGEST_INTRADAY_MS)
    throw unprocessable('intraday timeframes are limited to 30 days')

  const worth = (at: EpochMs): Decimal => {
    const { cash, shares } = standingAt(accountState, at)
    return [...shares].reduce(
      (sum, [symbol, qty]) => (qty.eq(0) ? sum : sum.plus(qty.times(prices.at(symbol, at)))),
      cash,
    )
  }
  const times = instants(from, until, STEPS[timeframe])
  const base = worth(from)
  const equity = times.map(worth)
  const gains = equity.map((dollars) => dollars.minus(base))
  return {
    timestamp: times.map((at) => Math.floor(at / 1000)),
    equity: equity.map((dollars) => dollars.toDecimalPlaces(2).toNumber()),
    profit_loss: gains.map((dollars) => dollars.toDecimalPlaces(2).toNumber()),
    profit_loss_pct: gains.map((dollars) =>
      base.eq(0) ? 0 : dollars.div(base).toDecimalPlaces(8).toNumber(),
    ),
    base_value: base.toDecimalPlaces(2).toNumber(),
    base_value_asof: exchangeDayOf(from),
    timeframe,
  }
}
