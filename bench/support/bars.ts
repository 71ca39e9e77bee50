import type { StoredBar } from '../../src/storage/bars/index.ts'
import { nyse } from '../../src/shared/exchange-calendar.ts'

/**
 * Bars of every regular session with from <= day < until, with wandering prices: always the same for the same
 * days.
 */
export function sessionBars(from: string, until: string): readonly StoredBar[] {
  const bars: StoredBar[] = []
  let price = 185_0000
  for (const { open, close } of nyse.tradingDaysBetween(from, until)) {
    for (let at = open; at < close; at += 60_000) {
      const step = ((at / 60_000) * 7919) % 401
      const next = Math.max(1_0000, price + step - 200)
      const [low, high] = [Math.min(price, next) - 50, Math.max(price, next) + 50]
      bars.push({
        at,
        open: price,
        high,
        low,
        close: next,
        volume: 500 + step * 13,
        vwap: (low + high) * 50 + step,
        tradeCount: 10 + step,
      })
      price = next
    }
  }
  return bars
}

/** The bars in pieces of one page. */
export function* pagesOf(bars: readonly StoredBar[], size = 10_000): Generator<readonly StoredBar[]> {
  for (let index = 0; index < bars.length; index += size) yield bars.slice(index, index + size)
}
