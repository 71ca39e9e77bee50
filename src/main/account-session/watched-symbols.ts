import type { StockSymbol } from '#shared/units'
import type { MarketEvents } from '../market/index.ts'

/** How many of the last symbols that tickets showed are watched besides the watchlist. */
const MOST_SHOWN = 8

/** All symbols that a session follows: the watchlist, what is held or ordered, and what tickets show. */
export class WatchedSymbols {
  readonly #onChange: (change: MarketEvents['watched']) => void
  #list: readonly StockSymbol[]
  #held: readonly StockSymbol[] = []
  #shown: readonly StockSymbol[] = []

  /** `onChange` is called whenever the set of watched symbols changes. */
  constructor(list: readonly StockSymbol[], onChange: (change: MarketEvents['watched']) => void) {
    this.#list = list
    this.#onChange = onChange
  }

  /** Each once: the watchlist, then what is held or ordered, so that a plan's limit cuts off the rest. */
  get all(): readonly StockSymbol[] {
    return [...new Set([...this.#list, ...this.#held, ...this.#shown])]
  }

  /** Replaces the watchlist. */
  setList(symbols: readonly StockSymbol[]): void {
    this.#change(() => (this.#list = symbols))
  }

  /** Replaces the symbols held or ordered. */
  setHeld(symbols: readonly StockSymbol[]): void {
    this.#change(() => (this.#held = symbols))
  }

  /** Adds symbols that a window shows. */
  show(symbols: readonly StockSymbol[]): void {
    this.#change(() => (this.#shown = [...new Set([...symbols, ...this.#shown])].slice(0, MOST_SHOWN)))
  }

  #change(change: () => void): void {
    const before = new Set(this.all)
    change()
    const symbols = this.all
    const added = symbols.filter((symbol) => !before.has(symbol))
    if (added.length > 0 || symbols.length < before.size) this.#onChange({ symbols, added })
  }
}
