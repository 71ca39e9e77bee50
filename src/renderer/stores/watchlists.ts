import { create } from 'zustand'
import { describeBadSymbols, readSymbolList, readWatchlistFile } from '#shared/symbol-list'
import type { StockSymbol } from '#shared/units'
import {
  listNamed,
  MOST_LISTED,
  MOST_WATCHLISTS,
  type Watchlist,
  type WatchlistSettings,
} from '#shared/watchlists'
import { describeRefusal } from '../app/describe-refusal.ts'
import { saveSettings, useSettings } from './settings.ts'
import { ask, signal } from './signal.ts'
import { tell } from './toasts.ts'
import { addList, addSymbols, neighborList, type WatchlistEdit } from './watchlist-edits.ts'

const NO_SYMBOLS: readonly StockSymbol[] = []
const GONE = 'That watchlist no longer exists.'

/** The symbols of the shown watchlist. */
export const useWatchedSymbols = (): readonly StockSymbol[] =>
  useSettings(({ view }) => view?.settings.symbols) ?? NO_SYMBOLS

/** The watchlists and which is shown; undefined until the settings are loaded. */
export const watchlistsNow = (): WatchlistSettings | undefined => useSettings.getState().view?.settings

/** The shown list. */
export const shownIn = ({ watchlists, watchlist }: WatchlistSettings): Watchlist | undefined =>
  listNamed(watchlists, watchlist)

/** The variable that fixes the shown symbols, so that watchlists cannot be changed. */
export const fixingVariable = (): string | undefined => useSettings.getState().view?.fixed.symbols

/** What to do to the watchlists, and what to tell once it is done. */
export interface PlannedEdit {
  readonly edit: WatchlistEdit
  readonly done: string
  /** What is told replaces what an edit with the same key told. */
  readonly key?: string
}

/** Plans a change of the lists as they are when its turn comes. A text says why not; undefined if nothing is to do. */
export type EditPlan = (now: WatchlistSettings) => PlannedEdit | string | undefined

/** Each change is planned on the lists that the change before it left. */
let lastChange: Promise<unknown> = Promise.resolve()

function inTurn<T>(change: () => Promise<T>): Promise<T> {
  const changed = lastChange.then(change)
  lastChange = changed.catch(() => undefined)
  return changed
}

/** Saves what a step changes. Answers why it was refused, in words, or undefined. */
async function saveStep(step: WatchlistEdit['apply']): Promise<string | undefined> {
  const now = watchlistsNow()
  const variable = fixingVariable()
  if (variable !== undefined) return describeRefusal({ kind: 'fixed', field: 'symbols', variable })
  const change = now && step(now)
  if (change === undefined) return GONE
  const refusal = await saveSettings(change)
  return refusal && describeRefusal(refusal)
}

/** Makes a planned change and offers to undo it. Answers why it was refused, in words, or undefined. */
export function editWatchlists(plan: EditPlan): Promise<string | undefined> {
  return inTurn(async () => {
    const now = watchlistsNow()
    const planned = now && plan(now)
    if (planned === undefined || typeof planned === 'string') return planned
    const refused = await saveStep(planned.edit.apply)
    if (refused !== undefined) return refused
    const undo = async () => tellIfRefused(await inTurn(() => saveStep(planned.edit.undo)))
    const { done, key } = planned
    tell({
      tone: 'done',
      text: done,
      action: { label: 'Undo', run: () => void undo() },
      ...(key !== undefined && { key }),
    })
    return undefined
  })
}

/** Shows why something was refused, if it was. */
export function tellIfRefused(refused: string | undefined): void {
  if (refused !== undefined) tell({ tone: 'failed', text: refused })
}

/** Shows another watchlist. */
export const showWatchlist = async (name: string): Promise<void> =>
  tellIfRefused(
    await inTurn(() => saveStep(({ watchlists }) => listNamed(watchlists, name) && { watchlist: name })),
  )

/** Shows the list `by` places after the shown one; the first follows the last. */
export const showNeighbor = async (by: 1 | -1): Promise<void> =>
  tellIfRefused(
    await inTurn(async () => {
      const now = watchlistsNow()
      const name = now && now.watchlists.length > 1 ? neighborList(now, by) : undefined
      return name === undefined ? undefined : saveStep(() => ({ watchlist: name }))
    }),
  )

/** What came of symbols that were typed, pasted or read from a file. */
export interface Added {
  /** Listed now; the first of them is where the trader looks next. */
  readonly symbols: readonly StockSymbol[]
  /** What was refused and why, in words. */
  readonly problem?: string
  /** The refused words, to be corrected. */
  readonly left: string
}

/** Adds the symbols in a text to a watchlist. What is no symbol, or unknown to the broker, is refused and named. */
export async function addToWatchlist(text: string, listName: string): Promise<Added> {
  const read = readSymbolList(text)
  const { known, unknown, isChecked } = await lookUp(read.symbols)
  const refused = await editWatchlists(({ watchlists }) => {
    const list = listNamed(watchlists, listName)
    if (list === undefined) return GONE
    const fresh = known.filter((symbol) => !list.symbols.includes(symbol))
    if (fresh.length === 0) return undefined
    if (list.symbols.length + fresh.length > MOST_LISTED)
      return describeFull(list.symbols.length + fresh.length)
    return {
      edit: addSymbols(list.name, fresh),
      done: `Added ${nameSymbols(fresh)} to ${list.name}${isChecked ? '' : UNCHECKED}`,
    }
  })
  if (refused !== undefined) return { symbols: [], problem: refused, left: text }
  const problems = [
    ...(unknown.length > 0 ? [describeUnknown(unknown)] : []),
    ...(read.bad.length > 0 ? [describeBadSymbols(read.bad)] : []),
  ]
  return {
    symbols: known,
    ...(problems.length > 0 && { problem: problems.join(' ') }),
    left: [...unknown, ...read.bad].join(', '),
  }
}

/** What came of an import. */
export interface Imported {
  /** Why nothing was imported, in words. */
  readonly problem?: string
  /** What was left out: words that are no symbol, and symbols that the broker doesn't list. */
  readonly refused: readonly string[]
}

/** Adds the symbols of a file to a watchlist, or makes a new one of them. */
export async function importSymbols(
  text: string,
  into: { readonly name: string; readonly isNew: boolean },
): Promise<Imported> {
  const { symbols, bad } = readWatchlistFile(text)
  const { known, unknown, isChecked } = await lookUp(symbols)
  const refused = [...bad, ...unknown]
  const done = (count: number) =>
    `Imported ${count === 1 ? '1 symbol' : `${count} symbols`} to ${into.name}${isChecked ? '' : UNCHECKED}`
  if (known.length === 0) return { problem: `No symbols to import. ${describeUnknown(unknown)}`, refused }
  const problem = await editWatchlists(({ watchlists, watchlist }) => {
    const list = listNamed(watchlists, into.name)
    const held = into.isNew ? [] : (list?.symbols ?? [])
    const fresh = known.filter((symbol) => !held.includes(symbol))
    if (held.length + fresh.length > MOST_LISTED) return describeFull(held.length + fresh.length)
    if (into.isNew)
      return watchlists.length === MOST_WATCHLISTS
        ? `Limit ${MOST_WATCHLISTS} watchlists.`
        : {
            edit: addList({ name: into.name, symbols: known }, watchlists.length, watchlist),
            done: done(known.length),
          }
    if (list === undefined) return GONE
    if (fresh.length === 0) return `${list.name} already has these symbols.`
    return { edit: addSymbols(list.name, fresh), done: done(fresh.length) }
  })
  return { ...(problem !== undefined && { problem }), refused }
}

/** Names what was refused, but not more than fits in a message. */
export const describeRefused = (words: readonly string[]): string =>
  words.length <= 10 ? words.join(', ') : `${words.slice(0, 10).join(', ')} and ${words.length - 10} more`

/** Said of symbols that were added without a look at the broker's list. */
const UNCHECKED = ' (not verified: symbol list unavailable)'

const describeFull = (count: number): string =>
  `Limit ${MOST_LISTED} symbols per watchlist; this would make ${count}.`

/** Names few symbols, and counts many. */
const nameSymbols = (symbols: readonly StockSymbol[]): string =>
  symbols.length <= 5 ? symbols.join(', ') : `${symbols.length} symbols`

/** Says that the broker doesn't list symbols. */
export const describeUnknown = (symbols: readonly StockSymbol[]): string =>
  symbols.length === 1 ? `Unknown symbol ${symbols[0]}.` : `Unknown symbols ${symbols.join(', ')}.`

interface LookedUp {
  readonly known: readonly StockSymbol[]
  readonly unknown: readonly StockSymbol[]
  /** False while the broker's list isn't available: then all count as known. */
  readonly isChecked: boolean
}

/** Sorts symbols by whether the broker lists them. */
async function lookUp(symbols: readonly StockSymbol[]): Promise<LookedUp> {
  const answer = await ask(signal().history.checkSymbols({ symbols: symbols.slice(0, MOST_LISTED) }))
  if (!answer.ok || answer.value.kind === 'unchecked')
    return { known: symbols, unknown: [], isChecked: false }
  const { unknown } = answer.value
  return { known: symbols.filter((symbol) => !unknown.includes(symbol)), unknown, isChecked: true }
}

/** Symbols of the shown list that the broker doesn't list: they never get a price. */
export const useUnknownSymbols = create<{ readonly symbols: readonly StockSymbol[] }>(() => ({ symbols: [] }))

/** Finds out which of the symbols the broker doesn't list. */
export async function findUnknown(symbols: readonly StockSymbol[]): Promise<void> {
  const { unknown } = await lookUp(symbols)
  if (unknown.join() !== useUnknownSymbols.getState().symbols.join())
    useUnknownSymbols.setState({ symbols: unknown })
}
