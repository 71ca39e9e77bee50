import { Decimal } from 'decimal.js'
import { formatDecimal } from '#shared/format/numbers'
import { formatShares } from '#shared/format/shares'
import { describeTerms } from '#shared/trading/describe-order'
import type { OrderState, OrderView } from '#shared/trading/order'
import type { Tone } from './dot.tsx'

/** An order's state, described for the trader who has just sent it. */
export interface OrderDescription {
  readonly tone: Tone
  readonly text: string
}

const at = ({ averageFillPrice }: OrderView) =>
  averageFillPrice === undefined ? '' : ` at ${formatDecimal(averageFillPrice, 2)}`
const average = ({ averageFillPrice }: OrderView) =>
  averageFillPrice === undefined ? '' : ` @ ${formatDecimal(averageFillPrice, 2)}`
const because = ({ problem }: OrderView) => (problem === undefined ? '' : ` ${problem}`)

const WORDS: Record<OrderState, (order: OrderView) => OrderDescription> = {
  requested: () => ({ tone: 'off', text: 'Sending…' }),
  unconfirmed: (order) => ({
    tone: 'warn',
    text: `No reply from Alpaca. Checking whether it was received; don’t resend.${because(order)}`,
  }),
  'never-arrived': (order) => ({ tone: 'bad', text: `Not received by Alpaca.${because(order)}` }),
  accepted: () => ({ tone: 'good', text: 'Accepted, not yet working' }),
  held: () => ({ tone: 'off', text: 'Held at exchange' }),
  open: () => ({ tone: 'good', text: 'Working' }),
  'partially-filled': (order) => ({
    tone: 'good',
    text: `${filledOf(order)} filled${at(order)}, rest working`,
  }),
  'done-for-day': (order) => ({ tone: 'off', text: `Done for the day${soFar(order)}` }),
  'pending-cancel': (order) => ({ tone: 'warn', text: `Cancel pending${soFar(order)}` }),
  'pending-replace': () => ({ tone: 'warn', text: 'Replace pending' }),
  filled: (order) => ({ tone: 'good', text: `Filled ${all(order)}${average(order)}` }),
  canceled: (order) => ({ tone: 'off', text: `Canceled${soFar(order)}` }),
  expired: (order) => ({ tone: 'off', text: `Expired${soFar(order)}` }),
  replaced: () => ({ tone: 'off', text: 'Replaced' }),
  denied: (order) => ({ tone: 'bad', text: `Denied by Signal, not sent.${because(order)}` }),
  rejected: (order) => ({ tone: 'bad', text: `Rejected.${because(order)}` }),
}

/** The state of an order in a sentence. */
export const describeOrderState = (order: OrderView): OrderDescription => WORDS[order.state](order)

const filledOf = ({ filledQuantity, quantity }: OrderView) =>
  quantity === undefined
    ? formatShares(filledQuantity)
    : `${formatShares(filledQuantity)} of ${formatShares(quantity)}`

const all = ({ filledQuantity, quantity }: OrderView) =>
  quantity !== undefined && new Decimal(quantity).gt(filledQuantity)
    ? `${formatShares(filledQuantity)} of ${formatShares(quantity)}`
    : formatShares(filledQuantity)

const soFar = (order: OrderView) =>
  new Decimal(order.filledQuantity).isZero() ? '' : `, ${filledOf(order)} filled`

/** What was ordered, in one line: `Buy 100 AAPL limit 229.85`. */
export const orderTitle = (order: OrderView): string => describeTerms(order)
