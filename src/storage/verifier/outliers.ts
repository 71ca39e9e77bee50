import type { StoredBar } from '../bars/index.ts'

/** A jump counts from this fraction of the price. */
const JUMP = 0.2
/** The price has returned when no more than this fraction of the jump is left. */
const RETURNED = 0.5

/**
 * Whether the bar's high or low is more than 20% away from the previous close while the next close is not: an
 * off-market print rather than a move. After a split or a real fall the price stays there, so those do not
 * count.
 */
export function isOutlier(before: StoredBar, bar: StoredBar, after: StoredBar): boolean {
  const jump = Math.max(bar.high - before.close, before.close - bar.low)
  return jump > JUMP * before.close && Math.abs(after.close - before.close) < RETURNED * jump
}

/** Whether the bar contradicts itself. */
export const violatesOhlc = ({ open, high, low, close }: StoredBar): boolean =>
  high < Math.max(open, close, low) || low > Math.min(open, close)
