import { create } from 'zustand'
import {
  DEFAULT_PREFERENCES,
  PREFERENCES_KEY,
  readPreferences,
  withMoved,
  type Preferences,
} from './preferences.ts'
import type { ColumnId } from './column-ids.ts'
import { COLUMNS } from './columns.ts'

/** How the trader arranged the market screen. */
export const usePreferences = create<Preferences>(() =>
  readPreferences(localStorage.getItem(PREFERENCES_KEY)),
)

usePreferences.subscribe((preferences) => localStorage.setItem(PREFERENCES_KEY, JSON.stringify(preferences)))

/** Resets columns, their order and the sort to the defaults. */
export function resetColumns(): void {
  const { density } = usePreferences.getState()
  usePreferences.setState({ ...DEFAULT_PREFERENCES, density }, true)
}

export const showColumn = (id: ColumnId, shown: boolean): void =>
  usePreferences.setState(({ hidden }) => ({
    hidden: shown ? hidden.filter((other) => other !== id) : [...hidden, id],
  }))

export const moveColumn = (id: ColumnId, by: number): void =>
  usePreferences.setState(({ order }) => ({ order: withMoved(order, id, by) }))

/**
 * Cycles the sort of a column: first descending for numbers, ascending for words, then the other way, then
 * unsorted.
 */
export function cycleSort(column: ColumnId): void {
  if (!COLUMNS[column].sortBy) return
  const descendsFirst = column !== 'symbol'
  usePreferences.setState(({ sort, ...rest }) => {
    if (sort?.column !== column) return { ...rest, sort: { column, descending: descendsFirst } }
    if (sort.descending === descendsFirst) return { ...rest, sort: { column, descending: !descendsFirst } }
    return rest
  }, true)
}

/** Switches between compact rows, which show a long list without scrolling, and comfortable ones. */
export const toggleDensity = (): void =>
  usePreferences.setState(({ density }) => ({ density: density === 'compact' ? 'comfortable' : 'compact' }))
