import { Decimal } from 'decimal.js'
import type { OrderState, OrderView } from '#shared/trading/order'
import type { Tone } from './dot.tsx'
import { formatDecimal } from './numerals.ts'

/** Where an order stands, for the trader who has just sent it. */
export interface OrderWords {
  readonly tone: Tone
  readonly words: string
}

const shares = (amount: string) => formatDecimal(amount, 0)
const at = ({ averageFillPrice }: OrderView) =>
  averageFillPrice === undefined ? '' : ` at ${formatDecimal(averageFillPrice, 2)}`
const because = ({ problem }: OrderView) => (problem === undefined ? '' : ` ${problem}`)

const WORDS: Record<OrderState, (order: OrderView) => OrderWords> = {
  requested: () => ({ tone: 'off', words: 'Written down and on its way; no answer yet.' }),
  unknown: (order) => ({
    tone: 'warn',
    words: `No answer came, so it is being looked for. Do not send it again.${because(order)}`,
  }),
  'not-sent': (order) => ({ tone: 'bad', words: `It never reached the exchange.${because(order)}` }),
  accepted: () => ({ tone: 'good', words: 'Accepted, not yet working.' }),
  held: () => ({ tone: 'off', words: 'Held by the exchange until it is its turn.' }),
  working: () => ({ tone: 'good', words: 'Working.' }),
  'partially-filled': (order) => ({
    tone: 'good',
    words: `Filled ${filledOf(order)}${at(order)}; the rest works.`,
  }),
  'cancel-pending': (order) => ({ tone: 'warn', words: `Cancel asked for${soFar(order)}.` }),
  'replace-pending': () => ({ tone: 'warn', words: 'Change asked for.' }),
  filled: (order) => ({ tone: 'good', words: `Filled${all(order)}${at(order)}.` }),
  canceled: (order) => ({ tone: 'off', words: `Canceled${soFar(order)}.` }),
  expired: (order) => ({ tone: 'off', words: `Expired${soFar(order)}.` }),
  replaced: () => ({ tone: 'off', words: 'Replaced by a changed order.' }),
  rejected: (order) => ({ tone: 'bad', words: `Rejected.${because(order)}` }),
}

/** The state of an order in a sentence. */
export const orderWords = (order: OrderView): OrderWords => WORDS[order.state](order)

const filledOf = ({ filledQuantity, quantity }: OrderView) =>
  quantity === undefined ? shares(filledQuantity) : `${shares(filledQuantity)} of ${shares(quantity)}`

const all = ({ filledQuantity, quantity }: OrderView) =>
  quantity !== undefined && new Decimal(quantity).gt(filledQuantity)
    ? ` ${shares(filledQuantity)} of ${shares(quantity)}`
    : ` all ${shares(filledQuantity)}`

const soFar = (order: OrderView) =>
  new Decimal(order.filledQuantity).isZero() ? '' : `, ${filledOf(order)} filled`

/** What was ordered, in a line: `Buy 100 AAPL limit 229.85`. */
export function orderTitle(order: OrderView): string {
  const amount =
    order.quantity !== undefined ? shares(order.quantity) : `$${formatDecimal(order.notional ?? '0', 2)} of`
  const prices = [
    order.stopPrice && `stop ${formatDecimal(order.stopPrice, 2)}`,
    order.limitPrice && `limit ${formatDecimal(order.limitPrice, 2)}`,
    order.trailPrice && `trailing by $${order.trailPrice}`,
    order.trailPercent && `trailing by ${order.trailPercent} %`,
    order.type === 'market' && 'at the market',
  ].filter(Boolean)
  return `${order.side === 'buy' ? 'Buy' : 'Sell'} ${amount} ${order.symbol} ${prices.join(' ')}`
}
