import type { StockSymbol } from '#shared/units'

/** Symbols that windows asked for beside the watch list: the last ones of these, as tickets change their symbol. */
const MOST_SHOWN = 8

/** All symbols that a session wants to hear of: the watch list, what is held or ordered, and what tickets show. */
export class WatchedSymbols {
  #list: readonly StockSymbol[]
  #held: readonly StockSymbol[] = []
  #shown: readonly StockSymbol[] = []

  constructor(list: readonly StockSymbol[]) {
    this.#list = list
  }

  /** Each once; the watch list first, then what money depends on, so that what a plan has no room for is the last. */
  get all(): readonly StockSymbol[] {
    return [...new Set([...this.#list, ...this.#held, ...this.#shown])]
  }

  /** Replaces the watch list. */
  setList(symbols: readonly StockSymbol[]): void {
    this.#list = symbols
  }

  /** Replaces what is held or ordered. */
  setHeld(symbols: readonly StockSymbol[]): void {
    this.#held = symbols
  }

  /** Adds what a window shows. */
  show(symbols: readonly StockSymbol[]): void {
    this.#shown = [...new Set([...symbols, ...this.#shown])].slice(0, MOST_SHOWN)
  }
}
