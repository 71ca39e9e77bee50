import { counted } from '#shared/format/numbers'
import { orderKey } from '#shared/trading/notice'
import { isClosed, type OrderView } from '#shared/trading/order'
import type { StockSymbol } from '#shared/units'
import { describeOrderState, orderTitle } from '../ui/describe-order.ts'
import { ask, signal } from './signal.ts'
import { tell, tellIfBusy } from './toasts.ts'
import { cancelOrders, describeTradingError, describeUnanswered } from './trading-calls.ts'
import { useTrading } from './trading.ts'

/** The key of what is told about several orders that are canceled together. */
export const CANCELS_KEY = 'cancels'
/** How long a failed cancel is told of an order that is closed anyway, ms. */
const MOOT_MS = 20_000

/** How this window canceled orders: one by one, or with others. */
const canceled = new Map<string, 'alone' | 'together'>()

/** How this window canceled an order; undefined if it did not. */
export const howCanceled = (orderId: string | undefined): 'alone' | 'together' | undefined =>
  orderId === undefined ? undefined : canceled.get(orderId)

/** Open orders, or a symbol's, without exits that end with their entry. */
export function openOrders(orders: readonly OrderView[], symbol?: StockSymbol): readonly OrderView[] {
  const open = orders.filter((order) => !isClosed(order))
  const ids = new Set(open.map(({ id }) => id))
  return open
    .filter(({ parentId }) => parentId === undefined || !ids.has(parentId))
    .filter((order) => symbol === undefined || order.symbol === symbol)
}

/** Cancels one order and tells it at once; main's notice tells the end. */
export async function cancelOrder(order: OrderView): Promise<void> {
  const key = orderKey(order.id)
  const title = orderTitle(order)
  canceled.set(order.id, 'alone')
  tell({ key, tone: 'busy', text: `Cancel sent: ${title}` })
  const answer = await ask(signal().trading.cancel(order.id))
  if (!answer.ok) {
    const text = `Cancel failed: ${title}. ${describeTradingError(answer.error)}`
    return tell({ key, tone: 'failed', text, ...(!isOpen(order.id) && { staysMs: MOOT_MS }) })
  }
  if (answer.value.state === 'canceled') return tellIfBusy({ key, tone: 'done', text: `Canceled: ${title}` })
  if (!isClosed(answer.value)) return
  const { text: end } = describeOrderState(answer.value)
  tell({ key, tone: 'warning', text: `Too late to cancel: ${title}. ${end}`, staysMs: MOOT_MS })
}

/** What canceling all open orders, or a symbol's, does now: `cancel 2 AMD orders`. */
export function describeCancelAll(symbol?: StockSymbol): string {
  const open = openOrders(useTrading.getState().trading?.orders ?? [], symbol)
  const of = symbol === undefined ? '' : `${symbol} `
  return open.length === 0 ? `cancel any open ${of}orders` : `cancel ${counted(open.length, `${of}order`)}`
}

/** Cancels all open orders, or a symbol's, and tells it at once; main's notices tell the end. */
export async function cancelAll(symbol?: StockSymbol): Promise<void> {
  const open = openOrders(useTrading.getState().trading?.orders ?? [], symbol)
  if (open.length > 1) for (const { id } of open) canceled.set(id, 'together')
  const of = symbol === undefined ? '' : `${symbol}: `
  const sent = (count: number) => `${of}Cancel sent for ${counted(count, 'order')}.`
  tell({ key: CANCELS_KEY, tone: 'busy', text: open.length > 0 ? sent(open.length) : `${of}Canceling…` })
  const answer = await cancelOrders(symbol)
  const key = CANCELS_KEY
  if (!answer.ok) {
    return tell({ key, tone: 'failed', text: `${of}Cancel failed: ${describeTradingError(answer.error)}` })
  }
  const { canceled: count, unanswered } = answer.value
  if (unanswered.length > 0) {
    return tell({ key, tone: 'warning', text: `${sent(count)}${describeUnanswered(unanswered)}` })
  }
  tellIfBusy({
    key,
    tone: 'done',
    text: count === 0 ? `${of}No open orders.` : sent(open.length || count),
  })
}

const isOpen = (id: string): boolean =>
  useTrading.getState().trading?.orders.some((order) => order.id === id && !isClosed(order)) ?? false
