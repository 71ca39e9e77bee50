import type { BarMessage } from '#alpaca'
import { isFetched, type Received } from './received.ts'

/** More than a sparkline's 60, so that late bars still fit in. */
const KEPT = 90

/**
 * What a bar did to the history: it became the newest, changed something earlier, was too old to keep, or
 * came from a weaker source than the bar its minute already has.
 */
export type BarEffect = 'newest' | 'changed' | 'too-old' | 'outranked'

/**
 * Rank of a bar for its minute. A fetched bar may cover only part of the minute; a streamed one is complete;
 * a correction includes late trades.
 */
function authority(bar: Received<BarMessage>): number {
  if (isFetched(bar)) return 0
  return bar.message.type === 'updatedBar' ? 2 : 1
}

/** The last minute bars of one symbol, oldest first, one per minute, corrections applied. */
export class BarHistory {
  readonly #bars: Received<BarMessage>[] = []

  get newest(): Received<BarMessage> | undefined {
    return this.#bars.at(-1)
  }

  /** The last `count` bars, oldest first; a minute without a trade has no bar. */
  latest(count: number): readonly Received<BarMessage>[] {
    return this.#bars.slice(-count)
  }

  /** Puts a bar into its minute, unless that minute is too old to keep or has a bar of higher rank. */
  insert(bar: Received<BarMessage>): BarEffect {
    const bars = this.#bars
    let index = bars.length
    while (index > 0 && minuteAt(bars, index - 1) > bar.message.at) index--
    const present = bars[index - 1]
    if (present?.message.at === bar.message.at) {
      if (authority(bar) < authority(present)) return 'outranked'
      bars[index - 1] = bar
      return index === bars.length ? 'newest' : 'changed'
    }
    if (index === 0 && bars.length === KEPT) return 'too-old'
    const isNewest = index === bars.length
    bars.splice(index, 0, bar)
    if (bars.length > KEPT) bars.shift()
    return isNewest ? 'newest' : 'changed'
  }
}

/** Start of the minute at an index that is known to exist. */
const minuteAt = (bars: readonly Received<BarMessage>[], index: number): number =>
  bars[index]?.message.at ?? Number.NEGATIVE_INFINITY
