import type { StoredBar } from '../bars/index.ts'

/** A jump counts from a fifth of the price. */
const JUMP = 0.2
/** It has returned when no more than half of the jump is left. */
const RETURNED = 0.5

/**
 * Whether the bar's high or low lies more than 20% away from the close before it, and the close after it does not: an
 * off-market print rather than a move. A split or a real fall stays where it went, and is none.
 */
export function isOutlier(before: StoredBar, bar: StoredBar, after: StoredBar): boolean {
  const jump = Math.max(bar.high - before.close, before.close - bar.low)
  return jump > JUMP * before.close && Math.abs(after.close - before.close) < RETURNED * jump
}

/** Whether the bar contradicts itself. */
export const violatesOhlc = ({ open, high, low, close }: StoredBar): boolean =>
  high < Math.max(open, close, low) || low > Math.min(open, close)
