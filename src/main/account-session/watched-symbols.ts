import type { StockSymbol } from '#shared/units'
import type { MarketEvents } from '../market/index.ts'

/** Symbols that windows asked for beside the watch list: the last ones of these, as tickets change their symbol. */
const MOST_SHOWN = 8

/** All symbols that a session wants to hear of: the watch list, what is held or ordered, and what tickets show. */
export class WatchedSymbols {
  readonly #onChange: (change: MarketEvents['watched']) => void
  #list: readonly StockSymbol[]
  #held: readonly StockSymbol[] = []
  #shown: readonly StockSymbol[] = []

  /** `onChange` is told whenever other symbols are watched than before. */
  constructor(list: readonly StockSymbol[], onChange: (change: MarketEvents['watched']) => void) {
    this.#list = list
    this.#onChange = onChange
  }

  /** Each once; the watch list first, then what money depends on, so that what a plan has no room for is the last. */
  get all(): readonly StockSymbol[] {
    return [...new Set([...this.#list, ...this.#held, ...this.#shown])]
  }

  /** Replaces the watch list. */
  setList(symbols: readonly StockSymbol[]): void {
    this.#change(() => (this.#list = symbols))
  }

  /** Replaces what is held or ordered. */
  setHeld(symbols: readonly StockSymbol[]): void {
    this.#change(() => (this.#held = symbols))
  }

  /** Adds what a window shows. */
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
