import { create } from 'zustand'
import type { StockSymbol } from '#shared/units'
import { select } from '../stores/selection.ts'
import type { GridPlace } from './grid-keys.ts'

interface GridFocus {
  /**
   * The one cell that the Tab key reaches; kept by symbol, so that it stays with its row when the order
   * changes.
   */
  readonly place: GridPlace<StockSymbol, string>
  /** The row whose details are open. */
  readonly detail?: StockSymbol | undefined
}

/** The focused cell of the grid and the open details. */
export const useGridFocus = create<GridFocus>(() => ({ place: { row: 'header', column: 'symbol' } }))

/** Focuses a cell. Open details move to its row. */
export function focusCell(place: GridPlace<StockSymbol, string>): void {
  const { place: before, detail } = useGridFocus.getState()
  if (place.row !== 'header') select(place.row)
  if (before.row === place.row && before.column === place.column) return
  const follow = detail !== undefined && place.row !== 'header'
  useGridFocus.setState({ place, ...(follow && { detail: place.row }) })
}

/** Gives the keyboard focus to the grid's current cell, or to the first row if there is none yet. */
export function focusRow(): void {
  if (useGridFocus.getState().place.row !== 'header') return focusGrid()
  document.querySelector<HTMLElement>('[role=grid][aria-label=Market] [role=rowheader]')?.focus()
}

/** Gives the keyboard focus to the grid's current cell. */
export const focusGrid = (): void =>
  document.querySelector<HTMLElement>('[role=grid][aria-label=Market] [tabindex="0"]')?.focus()

/** Opens the details of a row, or closes them. */
export const openDetail = (detail: StockSymbol | undefined): void => useGridFocus.setState({ detail })
