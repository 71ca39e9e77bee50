import { MINUTE_MS } from '#shared/time'
import type { StoredBar } from '../bars/index.ts'

/** A jump by more than this fraction of the price that returns is wrong. */
export const OUTLIER = 0.2
/** From this fraction on it is named: such prints come away from the market, but so do real moves. */
export const OFF_MARKET = 0.05
/** The price has returned when no more than this fraction of the jump is left. */
const RETURNED = 0.5
/** Bars further apart than this on both sides of a minute say nothing about it. */
const NEIGHBOURS_MS = 10 * MINUTE_MS

/**
 * How far the bar's high or low is from the previous close, as a fraction of it, if the next close is back
 * there: an off-market print rather than a move. 0 after a split or a real fall, where the price stays.
 */
export function jumpOf(before: StoredBar, bar: StoredBar, after: StoredBar): number {
  const jump = Math.max(bar.high - before.close, before.close - bar.low)
  const isBack = Math.abs(after.close - before.close) < RETURNED * jump
  return isBack && before.close > 0 ? jump / before.close : 0
}

/** Whether the bars on both sides of a minute are close enough to it in time. */
export const areNeighbours = (before: StoredBar, after: StoredBar): boolean =>
  after.at - before.at <= NEIGHBOURS_MS

/** Whether the bar contradicts itself. */
export const violatesOhlc = ({ open, high, low, close }: StoredBar): boolean =>
  high < Math.max(open, close, low) || low > Math.min(open, close)
