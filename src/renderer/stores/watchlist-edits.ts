import { withSymbols } from '#shared/symbol-list'
import type { StockSymbol } from '#shared/units'
import {
  isSameName,
  listNamed,
  MOST_LISTED,
  type Watchlist,
  type WatchlistSettings,
} from '#shared/watchlists'

type Symbols = readonly StockSymbol[]
type ListChange = Partial<WatchlistSettings>

/** A change of the watchlists that can be undone, also after other changes. */
export interface WatchlistEdit {
  /** What changes; undefined if there is nothing left to change, such as a deleted list. */
  readonly apply: (now: WatchlistSettings) => ListChange | undefined
  /** What takes back this change alone; undefined as above. */
  readonly undo: (now: WatchlistSettings) => ListChange | undefined
}

/** The lists with other symbols in one of them; undefined if it is gone. */
const inList = (
  now: WatchlistSettings,
  name: string,
  change: (symbols: Symbols) => Symbols,
): ListChange | undefined =>
  listNamed(now.watchlists, name) && {
    watchlists: now.watchlists.map((list) =>
      isSameName(list.name, name) ? { ...list, symbols: change(list.symbols) } : list,
    ),
  }

const without = (symbols: Symbols, gone: Symbols): Symbols =>
  symbols.filter((symbol) => !gone.includes(symbol))

/** A list of at most {@link MOST_LISTED} symbols with one of them at a place, counted from 0. */
function withSymbolAt(symbols: Symbols, symbol: StockSymbol, at: number): Symbols {
  const others = without(symbols, [symbol])
  return others.length === MOST_LISTED ? symbols : others.toSpliced(at, 0, symbol)
}

/** Adds symbols at the end of a list; `fresh` are those that it doesn't hold yet. */
export const addSymbols = (name: string, fresh: Symbols): WatchlistEdit => ({
  apply: (now) => inList(now, name, (symbols) => withSymbols(symbols, fresh)),
  undo: (now) => inList(now, name, (symbols) => without(symbols, fresh)),
})

/** Removes a symbol from a list, where it is at place `at`. */
export const removeSymbol = (name: string, symbol: StockSymbol, at: number): WatchlistEdit => ({
  apply: (now) => inList(now, name, (symbols) => without(symbols, [symbol])),
  undo: (now) => inList(now, name, (symbols) => withSymbolAt(symbols, symbol, at)),
})

/** Moves a symbol of a list from one place to another. */
export const moveSymbol = (name: string, symbol: StockSymbol, from: number, to: number): WatchlistEdit => {
  const placed = (at: number) => (now: WatchlistSettings) =>
    inList(now, name, (symbols) => (symbols.includes(symbol) ? withSymbolAt(symbols, symbol, at) : symbols))
  return { apply: placed(to), undo: placed(from) }
}

/** Replaces all symbols of a list. */
export const replaceSymbols = (name: string, before: Symbols, after: Symbols): WatchlistEdit => ({
  apply: (now) => inList(now, name, () => after),
  undo: (now) => inList(now, name, () => before),
})

/** The lists with one more at a place, which is shown. */
const withList = (now: WatchlistSettings, list: Watchlist, at: number): ListChange | undefined =>
  listNamed(now.watchlists, list.name)
    ? undefined
    : { watchlists: now.watchlists.toSpliced(at, 0, list), watchlist: list.name }

/** The lists without one; `shown` is shown then. */
function withoutList(
  now: WatchlistSettings,
  name: string,
  shown: string | undefined,
): ListChange | undefined {
  const left = now.watchlists.filter((list) => !isSameName(list.name, name))
  if (left.length === 0 || left.length === now.watchlists.length) return undefined
  const next = isSameName(now.watchlist, name) ? shown : now.watchlist
  return { watchlists: left, ...(next !== undefined && listNamed(left, next) && { watchlist: next }) }
}

/** Adds a list at a place and shows it in place of `before`. */
export const addList = (list: Watchlist, at: number, before: string): WatchlistEdit => ({
  apply: (now) => withList(now, list, at),
  undo: (now) => withoutList(now, list.name, before),
})

/** Deletes a list, which is at a place; if it is shown, its neighbor is shown instead. */
export const deleteList = (list: Watchlist, at: number): WatchlistEdit => ({
  apply: (now) => withoutList(now, list.name, (now.watchlists[at + 1] ?? now.watchlists[at - 1])?.name),
  undo: (now) => withList(now, list, at),
})

/** Gives a list another name. */
export const renameList = (from: string, to: string): WatchlistEdit => {
  const renamed = (before: string, after: string) => (now: WatchlistSettings) =>
    listNamed(now.watchlists, before) && (isSameName(before, after) || !listNamed(now.watchlists, after))
      ? {
          watchlists: now.watchlists.map((list) =>
            isSameName(list.name, before) ? { ...list, name: after } : list,
          ),
          ...(isSameName(now.watchlist, before) && { watchlist: after }),
        }
      : undefined
  return { apply: renamed(from, to), undo: renamed(to, from) }
}

/** A name that no list has yet: the name itself, or with a number behind it. */
export function freeName(lists: readonly Watchlist[], name: string): string {
  if (!listNamed(lists, name)) return name
  for (let number = 2; ; number += 1) {
    const numbered = `${name.slice(0, 36)} ${number}`
    if (!listNamed(lists, numbered)) return numbered
  }
}

/** The name of the list `by` places after the shown one; the first follows the last. */
export function neighborList({ watchlists, watchlist }: WatchlistSettings, by: 1 | -1): string | undefined {
  const at = watchlists.findIndex(({ name }) => isSameName(name, watchlist))
  return watchlists[(at + by + watchlists.length) % watchlists.length]?.name
}
