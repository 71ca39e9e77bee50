import { MINUTE_MS } from '#shared/time'
import { OPEN_MARKET_ACTIVITY } from './activity.ts'
import { stepTicks, toSixDecimals, toTick, type SimBar, type SimFeed } from './bar.ts'
import type { Listing } from './listing.ts'
import type { PathOfDay } from './price-path.ts'
import { bitsAt, uniformAt } from './random.ts'

const DRAWS = 8 // per minute
/** The share of trades that IEX matched on Alpaca's own example day of AAPL. */
const IEX_SHARE = 0.03
const LATE_TRADE_LIKELIHOOD = 0.03

/** Everything a minute's bar depends on besides the path. */
export interface Minute {
  readonly path: PathOfDay
  readonly listing: Listing
  readonly feed: SimFeed
  /** Counted from midnight in New York. */
  readonly minute: number
  /** As-traded dollars per dollar of the path. */
  readonly splitFactor: number
  /** Whether the demo market trades in this minute although New York may be closed. */
  readonly open: boolean
}

/** Where the two extremes of a minute lie, 0 < seconds < 1. */
interface Turns {
  readonly first: number
  readonly second: number
  readonly highFirst: boolean
}

const drawsOf = ({ path, minute }: Pick<Minute, 'path' | 'minute'>) => {
  const base = 2000 + minute * DRAWS
  return (nth: number) => uniformAt(path.key, base + nth)
}

function tradesIn({ path, listing, feed, minute, open }: Minute, draw: number): number {
  const activity = path.shape.activity[minute] ?? 0
  const pace = open ? Math.max(activity, OPEN_MARKET_ACTIVITY) : activity
  const mean = listing.tradesPerMinute * pace * (feed === 'iex' ? IEX_SHARE : 1)
  if (mean === 0 || draw < Math.exp(-mean)) return 0
  return Math.max(1, Math.round(mean * (0.55 + 0.9 * draw)))
}

/** That minute's as-traded bar, or undefined if nobody traded. It ignores halts. */
export function minuteBar(at: Minute): SimBar | undefined {
  const { path, minute, splitFactor } = at
  const draw = drawsOf(at)
  const trades = tradesIn(at, draw(0))
  if (trades === 0) return undefined

  const close = toTick((path.prices[minute + 1] ?? 0) * splitFactor)
  const reach = (path.deviations[minute] ?? 0) * close
  let [open, high, low] = [close, close, close]
  if (trades > 1) {
    open = stepTicks((path.prices[minute] ?? 0) * splitFactor, Math.round(2.6 * draw(1) - 1.3))
    high = toTick(Math.max(open, close) + reach * draw(2) * 0.7)
    low = toTick(Math.min(open, close) - reach * draw(3) * 0.7)
  }

  const sharesPerTrade = (60 + 4000 / (close + 5)) * (0.5 + draw(4))
  const volume = Math.max(trades, Math.round(trades * sharesPerTrade))
  const middle = (open + high + low + close) / 4
  const vwap = toSixDecimals(Math.min(high, Math.max(low, middle + (high - low) * (draw(5) - 0.5) * 0.3)))
  return {
    at: path.start + minute * MINUTE_MS,
    open,
    high,
    low,
    close,
    volume,
    trades,
    vwap: trades > 1 ? vwap : close,
  }
}

function turnsOf(at: Pick<Minute, 'path' | 'minute'>, bar: SimBar): Turns {
  const bits = bitsAt(at.path.key, 2000 + at.minute * DRAWS + 6)
  const first = 0.12 + 0.3 * ((bits & 255) / 255)
  const second = 0.55 + 0.35 * (((bits >>> 8) & 255) / 255)
  // A rising minute usually dips first, a falling one usually rises first.
  const usual = ((bits >>> 16) & 3) !== 0
  return { first, second, highFirst: usual === bar.close < bar.open }
}

const between = (from: number, to: number, share: number) => from + (to - from) * share

/**
 * The last price at that fraction of the minute, 0 <= elapsed <= 1: from the open through both extremes to
 * the close.
 */
export function priceWithin(at: Pick<Minute, 'path' | 'minute'>, bar: SimBar, elapsed: number): number {
  const { first, second, highFirst } = turnsOf(at, bar)
  const [one, two] = highFirst ? [bar.high, bar.low] : [bar.low, bar.high]
  if (elapsed <= 0) return bar.open
  if (elapsed < first) return toTick(between(bar.open, one, elapsed / first))
  if (elapsed < second) return toTick(between(one, two, (elapsed - first) / (second - first)))
  if (elapsed < 1) return toTick(between(two, bar.close, (elapsed - second) / (1 - second)))
  return bar.close
}

/** The forming bar: only what has happened by that fraction of the minute, 0 < elapsed < 1. */
export function formingBar(at: Pick<Minute, 'path' | 'minute'>, bar: SimBar, elapsed: number): SimBar {
  const { first, second, highFirst } = turnsOf(at, bar)
  const close = priceWithin(at, bar, elapsed)
  const seen = [bar.open, close]
  if (elapsed >= first) seen.push(highFirst ? bar.high : bar.low)
  if (elapsed >= second) seen.push(highFirst ? bar.low : bar.high)
  const [high, low] = [Math.max(...seen), Math.min(...seen)]
  return {
    at: bar.at,
    open: bar.open,
    high,
    low,
    close,
    volume: Math.max(1, Math.round(bar.volume * elapsed)),
    trades: Math.max(1, Math.round(bar.trades * elapsed)),
    vwap: Math.min(high, Math.max(low, bar.vwap)),
  }
}

/**
 * The bar before a late trade was reported; undefined if none was late. The late trade changes only the count
 * and the volume, as an odd lot does.
 */
export function beforeLateTrade(at: Pick<Minute, 'path' | 'minute'>, bar: SimBar): SimBar | undefined {
  if (bar.trades < 2 || drawsOf(at)(7) >= LATE_TRADE_LIKELIHOOD) return undefined
  const size = Math.min(40, bar.volume - bar.trades + 1)
  return { ...bar, volume: bar.volume - size, trades: bar.trades - 1 }
}
