import type { StockSymbol } from '#shared/units'
import type { Finder } from '../app/type-ahead.ts'
import { useSelection } from '../stores/selection.ts'
import { tablesInSight } from '../ui/found-rows.ts'

/** Finds the positions and orders of a symbol in the tables of the screen. */
export const symbolFinder: Finder = {
  symbols: () => tablesInSight().flatMap((table) => table.symbols()),
  current: () => useSelection.getState().symbol,
  show: (symbol: StockSymbol) => {
    tablesInSight()
      .find((table) => table.symbols().includes(symbol))
      ?.show(symbol)
  },
  describeUnknown: (text) => `${text}: no position or order here`,
}
