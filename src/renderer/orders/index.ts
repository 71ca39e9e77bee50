import { ClipboardDocumentListIcon } from '@heroicons/react/20/solid'
import { flushSync } from 'react-dom'
import { showScreen } from '../app/navigation.ts'
import type { KeyList, Screen } from '../app/screen.ts'
import { useTrading } from '../stores/trading.ts'
import { focusTable } from '../ui/focus-table.ts'
import { compareNow } from './exchange-panel.tsx'
import { FILTER_ID } from './filter-bar.tsx'
import { exportShown, showView, useLists, type View } from './lists.ts'
import { OrdersScreen } from './orders-screen.tsx'
import { symbolFinder } from './symbol-finder.ts'

/** Keys that work on a row, besides those of the actions. */
const ROW_KEYS: KeyList = {
  title: 'On a row',
  lines: [
    ['Move', 'Arrows'],
    ['Edit the order', 'Enter'],
    ['Cancel order', 'Delete'],
    ['Close position', 'Alt+Q'],
    ['Sell half', 'Alt+H'],
    ['Reverse position (asks)', 'Alt+V'],
    ['Stop to break-even', 'Alt+K'],
    ['Show / hide exits', 'Right / Left'],
    ['Order timeline', 'Alt+I'],
  ],
}

/** What is held comes first; with nothing held, the open orders. */
const focusRows = () =>
  focusTable((useTrading.getState().trading?.positions.length ?? 0) > 0 ? 'Positions' : 'Orders')

/** Switches the view immediately, so that the next key already finds the focus there. */
const drawView = (view: View) => flushSync(() => showView(view))

function focusFilter(): void {
  const { view } = useLists.getState()
  drawView(view === 'history' ? 'history' : 'fills')
  document.getElementById(FILTER_ID)?.focus()
}

function showOrders(): void {
  drawView('orders')
  focusTable('Orders')
}

/** Shows the closed orders. */
export function showHistory(): void {
  showScreen('orders')
  showView('history')
}

function showExchange(): void {
  showView('exchange')
  void compareNow()
}

/** The screen of the account and its orders. */
export const ordersScreen: Screen = {
  id: 'orders',
  label: 'Orders',
  title: 'Orders',
  Icon: ClipboardDocumentListIcon,
  keys: 'Ctrl+3',
  focus: focusRows,
  Content: OrdersScreen,
  moreKeys: ROW_KEYS,
  trades: true,
  finder: symbolFinder,
  actions: [
    { id: 'positions', label: 'Go to positions', keys: 'Alt+G', run: () => focusTable('Positions') },
    { id: 'orders', label: 'Show open orders', keys: 'Alt+1', run: showOrders },
    { id: 'fills', label: 'Show fills', keys: 'Alt+2', run: () => showView('fills') },
    { id: 'history', label: 'Show order history', keys: 'Alt+3', run: () => showView('history') },
    { id: 'exchange', label: 'Reconcile with Alpaca', keys: 'Alt+4', run: showExchange },
    { id: 'filter', label: 'Filter fills or history', keys: '/', run: focusFilter },
    { id: 'export', label: 'Export as CSV', keys: 'Alt+E', run: () => void exportShown() },
  ],
}
