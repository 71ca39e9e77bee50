import type { StockSymbol } from '#shared/units'
import { moveSymbol, removeSymbol } from '../stores/watchlist-edits.ts'
import { editWatchlists, shownIn, tellIfRefused } from '../stores/watchlists.ts'
import { marketLayout } from './columns.ts'
import { useFilter } from './filter.tsx'
import { focusCell, useGridFocus } from './grid-focus.ts'

/** Removes a row's symbol from the shown list; the row after it gets the focus. `rows`: as they are shown. */
export async function removeRow(symbol: StockSymbol, rows: readonly StockSymbol[]): Promise<void> {
  const at = rows.indexOf(symbol)
  const next = rows[at + 1] ?? rows[at - 1]
  const refused = await editWatchlists((now) => {
    const shown = shownIn(now)
    const from = shown?.symbols.indexOf(symbol) ?? -1
    if (shown === undefined || from < 0) return undefined
    const { place } = useGridFocus.getState()
    if (next !== undefined && place.row === symbol) focusCell({ ...place, row: next })
    return { edit: removeSymbol(shown.name, symbol, from), done: `Removed ${symbol} from ${shown.name}` }
  })
  tellIfRefused(refused)
}

/** Whether the rows stand in the list's own order, so that they can be moved. */
export function useIsMovable(): boolean {
  const isSorted = marketLayout.use(({ layout }) => layout.sort !== undefined)
  const isFiltered = useFilter(({ text }) => text.trim() !== '')
  return !isSorted && !isFiltered
}

/** Why rows cannot be moved now; undefined if they can. */
function whyFixedOrder(): string | undefined {
  if (marketLayout.use.getState().layout.sort !== undefined) return 'Clear the sort to move rows.'
  return useFilter.getState().text.trim() === '' ? undefined : 'Clear the filter to move rows.'
}

/** Moves a row's symbol in the shown list, to where `toward` says; places are counted from 0. */
export async function moveRow(
  symbol: StockSymbol,
  toward: (symbols: readonly StockSymbol[]) => number,
): Promise<void> {
  const refused = await editWatchlists((now) => {
    const shown = shownIn(now)
    const from = shown?.symbols.indexOf(symbol) ?? -1
    if (shown === undefined || from < 0) return undefined
    const to = toward(shown.symbols)
    if (to < 0 || to >= shown.symbols.length || to === from) return undefined
    return (
      whyFixedOrder() ?? {
        edit: moveSymbol(shown.name, symbol, from, to),
        done: `Moved ${symbol} in ${shown.name}`,
        key: 'row moved', // one message for a row that is moved by several presses
      }
    )
  })
  tellIfRefused(refused)
}

const moveRowBy = (symbol: StockSymbol, by: 1 | -1): void =>
  void moveRow(symbol, (symbols) => symbols.indexOf(symbol) + by)

interface RowKey {
  readonly key: string
  readonly altKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
}

/** Does what a key does to a row of the list; answers whether it did anything. */
export function pressOnRow(press: RowKey, symbol: StockSymbol, rows: readonly StockSymbol[]): boolean {
  if (press.ctrlKey || press.metaKey || press.shiftKey) return false
  if (!press.altKey && press.key === 'Delete') void removeRow(symbol, rows)
  else if (press.altKey && press.key === 'ArrowUp') moveRowBy(symbol, -1)
  else if (press.altKey && press.key === 'ArrowDown') moveRowBy(symbol, 1)
  else return false
  return true
}
