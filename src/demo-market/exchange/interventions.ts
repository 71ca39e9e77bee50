import { MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'
import { toSixDecimals, toTick, type SimBar } from '../generator/index.ts'

/** A halt ordered by hand: no trade from <= t < until, with no end while `until` is absent. */
export interface OrderedHalt {
  readonly from: EpochMs
  readonly until?: EpochMs
}

interface Jump {
  readonly at: EpochMs
  readonly factor: number
}

/** Manual changes to the market, and their effect on the generator's output. */
export class Interventions {
  readonly #jumps = new Map<string, Jump[]>()
  readonly #halts = new Map<string, OrderedHalt[]>()

  /** Whether this symbol was ever changed; if not, its bars are the generator's. */
  touched(symbol: string): boolean {
    return this.#jumps.has(symbol) || this.#halts.has(symbol)
  }

  jump(symbol: string, at: EpochMs, percent: number): void {
    this.#jumps.set(symbol, [...(this.#jumps.get(symbol) ?? []), { at, factor: 1 + percent / 100 }])
  }

  halt(symbol: string, from: EpochMs): void {
    if (this.haltAt(symbol, from) !== undefined) return
    this.#halts.set(symbol, [...(this.#halts.get(symbol) ?? []), { from }])
  }

  resume(symbol: string, until: EpochMs): void {
    const halts = this.#halts.get(symbol) ?? []
    this.#halts.set(
      symbol,
      halts.map((halt) => (halt.until === undefined ? { ...halt, until } : halt)),
    )
  }

  haltAt(symbol: string, at: EpochMs): OrderedHalt | undefined {
    const halts = this.#halts.get(symbol) ?? []
    return halts.find(({ from, until }) => from <= at && (until === undefined || at < until))
  }

  /** The factor to apply to the generator's price at that time. */
  factorAt(symbol: string, at: EpochMs): number {
    const jumps = this.#jumps.get(symbol) ?? []
    return jumps.reduce((factor, jump) => (jump.at <= at ? factor * jump.factor : factor), 1)
  }

  /** The share of a minute that traded before an ordered halt began in it, 0 to 1. */
  tradedShare(symbol: string, minute: EpochMs): number {
    if (this.haltAt(symbol, minute) !== undefined) return 0
    const halts = this.#halts.get(symbol) ?? []
    const begun = halts.find(({ from }) => from > minute && from < minute + MINUTE_MS)
    return begun === undefined ? 1 : (begun.from - minute) / MINUTE_MS
  }

  /** The bar after price jumps; a bar with a jump inside its minute keeps both ends. */
  afterJumps(symbol: string, bar: SimBar): SimBar {
    const before = this.factorAt(symbol, bar.at)
    const after = this.factorAt(symbol, bar.at + MINUTE_MS - 1)
    if (before === 1 && after === 1) return bar
    return {
      ...bar,
      open: toTick(bar.open * before),
      high: toTick(bar.high * Math.max(before, after)),
      low: toTick(bar.low * Math.min(before, after)),
      close: toTick(bar.close * after),
      vwap: toSixDecimals((bar.vwap * (before + after)) / 2),
    }
  }
}
