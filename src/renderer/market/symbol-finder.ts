import { flushSync } from 'react-dom'
import type { StockSymbol } from '#shared/units'
import type { Finder } from '../app/type-ahead.ts'
import { useSettings } from '../stores/settings.ts'
import { fixingVariable } from '../stores/watchlists.ts'
import { openAddSymbol } from './add-symbol.tsx'
import { useFilter } from './filter.tsx'
import { focusCell, focusGrid, useGridFocus } from './grid-focus.ts'
import { useShownRows } from './shown-rows.ts'

const NONE: readonly StockSymbol[] = []

/** Finds rows of the grid by their symbol; those that the filter hides last, and without the filter then. */
export const symbolFinder: Finder = {
  symbols: () => {
    const { symbols: shown } = useShownRows.getState()
    const watched = useSettings.getState().view?.settings.symbols ?? NONE
    return [...shown, ...watched.filter((symbol) => !shown.includes(symbol))]
  },
  current: () => {
    const { row } = useGridFocus.getState().place
    return row === 'header' ? undefined : row
  },
  show: (symbol) => {
    flushSync(() => {
      if (!useShownRows.getState().symbols.includes(symbol)) useFilter.setState({ text: '' })
    })
    flushSync(() => focusCell({ row: symbol, column: useGridFocus.getState().place.column }))
    focusGrid()
  },
  describeUnknown: (text) => `${text} isn’t on this watchlist`,
  onUnknown: (text) => {
    if (fixingVariable() !== undefined) return false
    openAddSymbol(text)
    return true
  },
}
