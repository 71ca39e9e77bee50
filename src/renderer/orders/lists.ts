import { create } from 'zustand'
import type { FillView, OrderView } from '#shared/trading/order'
import { now } from '../stores/clock.ts'
import { tell } from '../stores/toasts.ts'
import { useTrading } from '../stores/trading.ts'
import { fillsFile, ordersFile } from './exports.ts'
import { matchingFills, matchingOrders, NO_FILTER, type TradeFilter } from './filters.ts'
import { closedOrders } from './order-list.ts'
import { saveFile } from './trade-calls.ts'

/** Views in the lower half of the screen. */
export const VIEWS = ['orders', 'fills', 'history', 'exchange'] as const
export type View = (typeof VIEWS)[number]

interface Lists {
  readonly view: View
  readonly fills: TradeFilter
  readonly history: TradeFilter
}

/** The view below the positions, and the filters of the lists. */
export const useLists = create<Lists>(() => ({ view: 'orders', fills: NO_FILTER, history: NO_FILTER }))

export const showView = (view: View): void => useLists.setState({ view })

const NO_FILLS: readonly FillView[] = []
const NO_ORDERS: readonly OrderView[] = []

/** Exports the list that is shown, as filtered, to a file. */
export async function exportShown(): Promise<void> {
  const { view, fills, history } = useLists.getState()
  const { trading } = useTrading.getState()
  if (view === 'fills') {
    return saveFile(fillsFile(matchingFills(trading?.fills ?? NO_FILLS, fills), now()))
  }
  if (view === 'history') {
    const orders = closedOrders(trading?.orders ?? NO_ORDERS)
    return saveFile(ordersFile(matchingOrders(orders, history), now()))
  }
  tell({ tone: 'done', text: 'Open Fills or History to export.' })
}
