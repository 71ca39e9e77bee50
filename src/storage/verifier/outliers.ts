import { MINUTE_MS } from '#shared/time'
import type { StoredBar } from '../bars/index.ts'

/** A jump by more than this fraction of the price that returns is wrong. */
export const OUTLIER = 0.2
/**
 * From this fraction on, 5% as cents round it, it is named: such prints come away from the market, but so do real
 * moves.
 */
export const OFF_MARKET = 0.0495
/** The price has returned when no more than this fraction of the jump is left. */
const RETURNED = 0.5
/** Bars further apart than this say nothing about each other. */
const NEIGHBOURS_MS = 10 * MINUTE_MS

/**
 * How far the bar's high or low is from the closes before and after it, as a fraction, if those are close to each
 * other: an off-market print rather than a move. 0 after a split or a real fall, where the price stays.
 */
export const jumpOf = (before: StoredBar, bar: StoredBar, after: StoredBar): number =>
  jumpFrom(before.close, bar, after.close)

/**
 * The same between neighbors in time. Where one is missing, as in a session's first minute, the bar's own open or
 * close stands in; 0 without any.
 */
export function jumpNearby(
  before: StoredBar | undefined,
  bar: StoredBar,
  after: StoredBar | undefined,
): number {
  const near = (other: StoredBar | undefined) =>
    other !== undefined && Math.abs(other.at - bar.at) <= NEIGHBOURS_MS ? other.close : undefined
  const [one, other] = [near(before), near(after)]
  if (one === undefined && other === undefined) return 0
  return jumpFrom(one ?? bar.open, bar, other ?? bar.close)
}

function jumpFrom(before: number, { high, low }: StoredBar, after: number): number {
  const [lower, upper] = [Math.min(before, after), Math.max(before, after)]
  const jump = Math.max(high - lower, upper - low)
  const isBack = upper - lower < RETURNED * jump
  return isBack && before > 0 ? jump / before : 0
}

/** Whether the bar contradicts itself. */
export const violatesOhlc = ({ open, high, low, close }: StoredBar): boolean =>
  high < Math.max(open, close, low) || low > Math.min(open, close)

/** An average may differ from low or high by its rounding, as a fraction. */
const ROUNDING = 0.001
/** Stored averages have two more decimals than stored prices. */
const VWAP_UNITS = 100

/** Whether the average price of the bar lies where nothing was traded. */
export const isVwapOutside = ({ vwap, low, high }: StoredBar): boolean =>
  vwap !== null && (vwap < low * VWAP_UNITS * (1 - ROUNDING) || vwap > high * VWAP_UNITS * (1 + ROUNDING))
