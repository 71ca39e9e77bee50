import { Decimal } from 'decimal.js'
import type { BarMessage } from '#alpaca'

/** Number of bars that are averaged. */
export const ATR_BARS = 14

/**
 * The average true range of the last {@link ATR_BARS} bars, oldest first; undefined without one more bar
 * before them, or if nothing moved. Wilder's range: from the higher of high and previous close to the lower of
 * low and previous close.
 */
export function averageTrueRange(
  bars: readonly Pick<BarMessage, 'high' | 'low' | 'close'>[],
): Decimal | undefined {
  const last = bars.slice(-ATR_BARS - 1)
  if (last.length <= ATR_BARS) return undefined
  const sum = last.slice(1).reduce((total, { high, low }, before) => {
    const { close } = last[before] ?? { close: low }
    return total.plus(Decimal.max(high, close).minus(Decimal.min(low, close)))
  }, new Decimal(0))
  return sum.isZero() ? undefined : sum.div(ATR_BARS).toDecimalPlaces(6)
}
