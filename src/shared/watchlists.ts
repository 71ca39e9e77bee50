import * as z from 'zod'
import { err, ok, type Result } from './result.ts'
import { stockSymbol } from './units.ts'

/** The most symbols that one watchlist holds. */
export const MOST_LISTED = 200
/** The most watchlists. */
export const MOST_WATCHLISTS = 50
/** The name of the only list of a settings file that has just one. */
export const FIRST_WATCHLIST = 'Watchlist'

/** The symbols of one watchlist in the trader's order, each once; may be empty. */
export const listedSymbols = z
  .array(stockSymbol)
  .max(MOST_LISTED, `holds at most ${MOST_LISTED} symbols`)
  .refine((symbols) => new Set(symbols).size === symbols.length, 'names a symbol twice')
  .readonly()

/** The symbols of a list that must not be empty. */
export const someSymbols = listedSymbols.refine((symbols) => symbols.length > 0, 'needs at least one symbol')

/** What a trader calls a watchlist. */
export const watchlistName = z
  .string()
  .trim()
  .min(1, 'needs a name')
  .max(40, 'has a name of more than 40 characters')
  .regex(/^\P{C}*$/u, 'has a name with a character that cannot be shown')

export const watchlist = z.object({ name: watchlistName, symbols: listedSymbols }).readonly()
/** A named list of symbols. */
export type Watchlist = z.output<typeof watchlist>

/** Whether two names are the same to a trader, who doesn't tell "Tech" from "tech". */
export const isSameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/** All watchlists in the trader's order: at least one, none named like another. */
export const watchlists = z
  .array(watchlist)
  .min(1, 'needs at least one list')
  .max(MOST_WATCHLISTS, `holds at most ${MOST_WATCHLISTS} lists`)
  .refine(
    (lists) => new Set(lists.map(({ name }) => name.toLowerCase())).size === lists.length,
    'names two lists alike',
  )
  .readonly()

/** The settings about watchlists. */
export interface WatchlistSettings {
  /** The symbols of the shown list. */
  readonly symbols: Watchlist['symbols']
  readonly watchlists: readonly Watchlist[]
  /** The name of the shown list. */
  readonly watchlist: string
}

/** The list of that name. */
export const listNamed = (lists: readonly Watchlist[], name: string): Watchlist | undefined =>
  lists.find((list) => isSameName(list.name, name))

/**
 * The watchlist settings after a change of some of them. `symbols` changes the shown list. If the shown list is gone,
 * the first is shown; naming one that doesn't exist is refused.
 */
export function withWatchlistChange(
  now: WatchlistSettings,
  change: Partial<WatchlistSettings>,
): Result<WatchlistSettings, string> {
  const lists = change.watchlists ?? now.watchlists
  const named = listNamed(lists, change.watchlist ?? now.watchlist)
  const shown = named ?? (change.watchlist === undefined ? lists[0] : undefined)
  if (shown === undefined) return err(`There is no watchlist “${change.watchlist}”.`)
  const { symbols = shown.symbols } = change
  return ok({
    symbols,
    watchlists: lists.map((list) => (list === shown ? { ...shown, symbols } : list)),
    watchlist: shown.name,
  })
}
