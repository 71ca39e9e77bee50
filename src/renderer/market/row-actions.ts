import { useContext } from 'react'
import type { StockSymbol } from '#shared/units'
import { SideActions } from '../app/side-actions.ts'
import { auditActions } from '../stores/audit-choice.ts'
import { select } from '../stores/selection.ts'
import { useSettings } from '../stores/settings.ts'
import type { RowAction } from '../ui/table.ts'
import { openDetail } from './grid-focus.ts'
import { useShownRows } from './shown-rows.ts'
import { removeRow } from './watchlist-rows.ts'

/** The ticket's actions that concern one symbol, in the order of a row's menu. */
const TRADES = ['buy', 'sell', 'buy-cross', 'sell-cross', 'cancel-symbol']

/** What can be done with a symbol's row: trade it, see its events and details, take it off the list. */
export function useRowActions(): (symbol: StockSymbol) => readonly RowAction[] {
  const side = useContext(SideActions)
  const isFixed = useSettings(({ view }) => view?.fixed.symbols !== undefined)
  return (symbol) => [
    ...TRADES.flatMap((id): RowAction[] => {
      const action = side.find((one) => one.id === id)
      if (!action) return []
      const { label, keys, run } = action
      const trade = () => {
        select(symbol)
        run()
      }
      return [{ label, ...(keys !== undefined && { keys }), run: trade }]
    }),
    ...auditActions({ symbol }),
    { label: 'Symbol details', keys: 'Enter', run: () => openDetail(symbol) },
    {
      label: 'Remove from watchlist',
      tone: 'danger',
      isDisabled: isFixed,
      run: () => void removeRow(symbol, useShownRows.getState().symbols),
      keys: 'Delete',
    },
  ]
}
