import type { Settings } from '#shared/settings'
import { describeBadSymbols, readSymbol } from '#shared/symbol-list'
import {
  FIRST_WATCHLIST,
  listedSymbols,
  listNamed,
  MOST_WATCHLISTS,
  watchlist,
  withWatchlistChange,
  type Watchlist,
  type WatchlistSettings,
} from '#shared/watchlists'

/** Whether a field of the settings file is about watchlists, which are read together. */
export const isWatchlistKey = (key: string): key is keyof WatchlistSettings =>
  key === 'symbols' || key === 'watchlists' || key === 'watchlist'

/**
 * Reads the watchlists of a settings file; nothing if it has none that is valid. A file with `symbols` alone has one
 * list. `symbols` counts for the shown list even if that list says otherwise, since other programs know only
 * `symbols`. What isn't valid is left out and named.
 */
export function readStoredWatchlists(file: Readonly<Record<string, unknown>>): {
  readonly values: Partial<Pick<Settings, keyof WatchlistSettings>>
  readonly warnings: readonly string[]
} {
  const warnings: string[] = []
  const symbols = readSymbols(file['symbols'], warnings)
  const lists = readLists(file['watchlists'], warnings)
  const first = lists[0] ?? (symbols && { name: FIRST_WATCHLIST, symbols })
  if (first === undefined) return { values: {}, warnings }
  const wanted = file['watchlist']
  const shown = typeof wanted === 'string' ? (listNamed(lists, wanted) ?? first) : first
  const now = {
    symbols: shown.symbols,
    watchlists: lists.length > 0 ? lists : [first],
    watchlist: shown.name,
  }
  const values = withWatchlistChange(now, { ...(symbols && { symbols }) })
  return { values: values.ok ? values.value : now, warnings }
}

function readSymbols(value: unknown, warnings: string[]): Watchlist['symbols'] | undefined {
  if (value === undefined) return undefined
  const parsed = listedSymbols.safeParse(knownSymbols(value, 'The setting "symbols"', warnings))
  if (!parsed.success)
    warnings.push(
      `The setting "symbols" ${parsed.error.issues[0]?.message ?? 'is invalid'}; using its default.`,
    )
  return parsed.data
}

function readLists(value: unknown, warnings: string[]): readonly Watchlist[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) {
    warnings.push('The setting "watchlists" is not a list; using its default.')
    return []
  }
  const lists: Watchlist[] = []
  for (const [at, entry] of value.entries()) {
    const { name, symbols } = fieldsOf(entry)
    const title = typeof name === 'string' ? `The watchlist "${name}"` : `Watchlist ${at + 1}`
    const parsed = watchlist.safeParse({ name, symbols: knownSymbols(symbols, title, warnings) })
    if (!parsed.success)
      warnings.push(`${title} ${parsed.error.issues[0]?.message ?? 'is invalid'}; skipped.`)
    else if (listNamed(lists, parsed.data.name))
      warnings.push(`${title} is there twice; the second is skipped.`)
    else if (lists.length === MOST_WATCHLISTS) warnings.push(`${title} is one too many; skipped.`)
    else lists.push(parsed.data)
  }
  return lists
}

/** The list of symbols without those that are none, which are named; anything else as it is. */
function knownSymbols(value: unknown, title: string, warnings: string[]): unknown {
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) return value
  const bad = value.filter((each) => readSymbol(each) === undefined)
  if (bad.length > 0) warnings.push(`${title}: ${describeBadSymbols(bad)}`)
  return value.flatMap((each) => readSymbol(each) ?? [])
}

const fieldsOf = (entry: unknown): { readonly name?: unknown; readonly symbols?: unknown } =>
  typeof entry === 'object' && entry !== null ? entry : {}
