import type { TradingDay } from '#shared/exchange-calendar'
import { MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'
import { SLOTS, slotIn } from './session-clock.ts'
import { SymbolTraffic, type StoredTraffic } from './symbol-traffic.ts'
import { NARROW } from './usual-spread.ts'

/** A silence is not counted beyond one session day. */
const LONGEST_MS = SLOTS * MINUTE_MS

/** The part of a minute bar that shows traffic. */
export interface TradedMinute {
  readonly at: EpochMs
  readonly volume: number
  readonly tradeCount?: number | undefined
}

/**
 * How much each symbol usually ticks in each minute of the session day. Learned from minute bars (how many
 * trades, and which minutes had none), and calibrated by live data: quotes per trade, and whether today is
 * quiet.
 *
 * The unit is the burst: ticks of one symbol within one second count once. Ticks come in clusters, so their
 * number says little about how long a silence may last; bursts are nearly independent of each other.
 */
export class TrafficProfile {
  readonly #symbols = new Map<string, SymbolTraffic>()

  /**
   * Learns one past session of a symbol, or today's until now, without bars of other days. Sessions come in
   * order; what was learned before is not learned again.
   */
  learnSession(symbol: string, day: TradingDay, bars: readonly TradedMinute[], until = day.afterClose): void {
    const traffic = this.#of(symbol)
    const trades = new Float64Array(SLOTS)
    for (const bar of bars) {
      const slot = slotIn(day, bar.at)
      if (slot !== undefined) trades[slot] = (trades[slot] ?? 0) + tradesIn(bar)
    }
    const isCovered = new Uint8Array(SLOTS)
    let at = Math.max(day.preOpen, traffic.learnedUntil)
    if (at >= Math.min(until, day.afterClose)) return
    for (; at < Math.min(until, day.afterClose); at += MINUTE_MS) {
      const slot = slotIn(day, at)
      if (slot !== undefined) isCovered[slot] = 1
    }
    traffic.learn(trades, isCovered, at)
  }

  /** Learns live data: in `seconds` from slot `slot`, `bursts` seconds had ticks of the symbol. */
  observe(symbol: string, slot: number, seconds: number, bursts: number): void {
    this.#of(symbol).observe(slot, seconds, bursts)
  }

  /** Learns the spread of the quote that stands in that slot, as a fraction of its mid. */
  observeSpread(symbol: string, slot: number, spread: number): void {
    this.#of(symbol).observeSpread(slot, spread)
  }

  /**
   * The widest spread with which the symbol's quote sets its price in that slot, as a fraction of the mid: 1% or
   * five times the usual, at most 5%. Without a slot, while the market is closed, 1%.
   */
  widestSpread(symbol: string, slot: number | undefined): number {
    return slot === undefined ? NARROW : (this.#symbols.get(symbol)?.widestSpread(slot) ?? NARROW)
  }

  /**
   * Bursts expected from the symbol in from <= t < until: none while the market was closed, and none while
   * nothing is known about the symbol.
   */
  expectedBetween(symbol: string, from: EpochMs, until: EpochMs, slotAt: SlotAt): number {
    const traffic = this.#symbols.get(symbol)
    if (traffic === undefined) return 0
    const rate = traffic.rates()
    return overMinutes(from, until, slotAt, (slot, seconds) => rate(slot) * seconds)
  }

  /** Minute bars expected from the symbol in from <= t < until: one for each minute with a trade. */
  expectedBars(symbol: string, from: EpochMs, until: EpochMs, slotAt: SlotAt): number {
    const traffic = this.#symbols.get(symbol)
    if (traffic === undefined) return 0
    return overMinutes(from, until, slotAt, (slot, seconds) => (traffic.chanceOfBar(slot) * seconds) / 60)
  }

  /** Whether enough is known about the symbol to judge its silence. */
  knows(symbol: string): boolean {
    return this.#symbols.get(symbol)?.isKnown ?? false
  }

  /** The profile for storage; {@link restore} reads it back. */
  toJSON(): Readonly<Record<string, StoredTraffic>> {
    return Object.fromEntries([...this.#symbols].map(([symbol, traffic]) => [symbol, traffic.toJSON()]))
  }

  /** Restores stored traffic, except of symbols with as many or more sessions learned since. */
  restore(stored: Readonly<Record<string, StoredTraffic>>): void {
    for (const [symbol, traffic] of Object.entries(stored)) {
      const sessions = this.#symbols.get(symbol)?.sessions ?? -1
      if (traffic.sessions > sessions) this.#symbols.set(symbol, SymbolTraffic.from(traffic))
    }
  }

  #of(symbol: string): SymbolTraffic {
    const known = this.#symbols.get(symbol)
    if (known !== undefined) return known
    const traffic = new SymbolTraffic()
    this.#symbols.set(symbol, traffic)
    return traffic
  }
}

/** Gives the minute of the session day at an instant; undefined while closed. */
export type SlotAt = (at: EpochMs) => number | undefined

/** If a bar has no trade count, one round lot per trade is as good a guess as any; live ticks correct it. */
const tradesIn = ({ volume, tradeCount }: TradedMinute): number => tradeCount ?? volume / 100

/** The sum of `amount` over the open minutes of a period, the first and last in part. */
function overMinutes(
  from: EpochMs,
  until: EpochMs,
  slotAt: SlotAt,
  amount: (slot: number, seconds: number) => number,
): number {
  let sum = 0
  let at = Math.max(from, until - LONGEST_MS)
  while (at < until) {
    const next = Math.min(until, (Math.floor(at / MINUTE_MS) + 1) * MINUTE_MS)
    const slot = slotAt(at)
    if (slot !== undefined) sum += amount(slot, (next - at) / 1_000)
    at = next
  }
  return sum
}
