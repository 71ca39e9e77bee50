import { dollars } from '#shared/format/money'
import { describeShares, formatShares } from '#shared/format/shares'
import type { OrderChange, OrderDraft } from '#shared/trading/order'
import type { ProblemCode, ProblemFix, TicketField } from '#shared/trading/problem'
import { toQuantity } from '#shared/units'
import type { AlpacaError } from '#alpaca'
import type { AccountState } from '../state/index.ts'
import { changeTo, positive } from '../../risk/index.ts'

/** What Alpaca was asked to do, and our ids for its orders. */
export interface RefusalContext {
  readonly what: OrderDraft | OrderChange | undefined
  /** Gives our id of an order by Alpaca's. */
  readonly orders: Pick<AccountState, 'idOf'>
}

/** A cause of refusal, recognized by Alpaca's message. */
interface Cause {
  /** Matches Alpaca's message in lower case. */
  readonly says: RegExp
  readonly code: ProblemCode
  readonly field?: TicketField
  /** What is wrong and what to do; if absent, Alpaca's message is shown. */
  readonly sentence?: (error: AlpacaError) => string
  readonly fix?: (error: AlpacaError, context: RefusalContext) => ProblemFix | undefined
}

/** A number in the response body, which Alpaca sends as text or as a number. */
function figure({ extra }: AlpacaError, name: string): string | undefined {
  const value = extra[name]
  return /^-?\d+(\.\d+)?$/.test(String(value)) ? String(value) : undefined
}

function buyingPower(error: AlpacaError): string {
  const [power, cost] = [figure(error, 'buying_power'), figure(error, 'cost_basis')]
  const figures = [
    ...(cost === undefined ? [] : [`needs ${dollars(cost)}`]),
    ...(power === undefined ? [] : [`available ${dollars(power)}`]),
  ].join(', ')
  return `Insufficient buying power${figures === '' ? '' : `: ${figures}`}. Reduce the order.`
}

function heldQuantity(error: AlpacaError): string {
  const [available, held, there] = ['available', 'held_for_orders', 'existing_qty'].map((name) =>
    figure(error, name),
  )
  const free = available ?? /available: ([\d.]+)/.exec(error.message)?.[1]
  const open = held === undefined ? '' : ` (${formatShares(held)} in open orders)`
  if (free === undefined)
    return `Not enough shares available${open}. Cancel those orders first or reduce this one.`
  const of = there === undefined ? describeShares(free) : `${formatShares(free)} of ${describeShares(there)}`
  return `Only ${of} available${open}. Cancel those orders first or reduce this one.`
}

/** Reduces the order to the free shares, or cancels an order that holds them. */
function heldFix(error: AlpacaError, { what, orders }: RefusalContext): ProblemFix | undefined {
  const free = positive(figure(error, 'available'))
  const isDraft = what !== undefined && 'side' in what
  if (free && isDraft)
    return changeTo(`Use ${describeShares(free)}`, { quantity: toQuantity(free), notional: undefined })
  const related: unknown = error.extra['related_orders']
  const [first]: readonly unknown[] = Array.isArray(related) ? related : []
  return typeof first === 'string' ? cancelFix(orders.idOf(first), 'Cancel the other order') : undefined
}

const cancelFix = (orderId: string | undefined, label: string): ProblemFix | undefined =>
  orderId === undefined ? undefined : { kind: 'cancel-order', label, orderId }

function washFix({ extra }: AlpacaError, { orders }: RefusalContext): ProblemFix | undefined {
  const existing = extra['existing_order_id']
  return typeof existing === 'string' ? cancelFix(orders.idOf(existing), 'Cancel it first') : undefined
}

const dayFix = (): ProblemFix => changeTo('Use Day', { timeInForce: 'day' })

/** Known causes; the first match counts. One code, 40310000, stands for many of them, so the message decides. */
export const CAUSES: readonly Cause[] = [
  {
    says: /insufficient buying power/,
    code: 'BUYING_POWER_EXCEEDED',
    field: 'quantity',
    sentence: buyingPower,
  },
  {
    says: /insufficient qty|insufficient quantity/,
    code: 'QUANTITY_HELD',
    field: 'quantity',
    sentence: heldQuantity,
    fix: heldFix,
  },
  {
    says: /wash trade/,
    code: 'WASH_TRADE',
    sentence: ({ extra }) => {
      const reason = extra['reject_reason']
      return `Rejected by Alpaca: would trade against your own open order${typeof reason === 'string' ? ` (${reason})` : ''}. Cancel that one first.`
    },
    fix: washFix,
  },
  { says: /pattern day trading/, code: 'ACCOUNT_BLOCKED' },
  {
    says: /(un)?authorized to trade|account is (blocked|restricted|not active|closed)|trading is suspended/,
    code: 'ACCOUNT_BLOCKED',
  },
  { says: /\bshort\b|short.?sell|hard.to.borrow/, code: 'SHORT_NOT_ALLOWED', field: 'side' },
  { says: /not changed/, code: 'NOTHING_CHANGED' },
  {
    says: /client_order_id must be unique/,
    code: 'DUPLICATE_ORDER',
    sentence: () => 'Already sent; see Orders.',
  },
  { says: /(qty|notional).* (is|are) required/, code: 'QUANTITY_MISSING', field: 'quantity' },
  { says: /sub-?penny|minimum pricing criteria/, code: 'PRICE_TICK_SIZE' },
  {
    says: /fractional orders must be day/,
    code: 'TIME_IN_FORCE_NOT_ALLOWED',
    field: 'timeInForce',
    fix: dayFix,
  },
  { says: /fraction/, code: 'FRACTION_NOT_ALLOWED', field: 'quantity' },
  {
    says: /extended.?hours/,
    code: 'EXTENDED_HOURS_NOT_ALLOWED',
    field: 'extendedHours',
    fix: () => changeTo('Regular hours only', { extendedHours: false }),
  },
  { says: /(bracket|oco|oto|complex) orders? must|order.?class/, code: 'CLASS_NOT_ALLOWED', field: 'type' },
  {
    says: /time.?in.?force|\b(opg|cls|ioc|fok|gtc)\b/,
    code: 'TIME_IN_FORCE_NOT_ALLOWED',
    field: 'timeInForce',
    fix: dayFix,
  },
  { says: /orders? require .*(take_profit|stop_loss)/, code: 'LEG_MISSING' },
  { says: /take_profit|stop_loss/, code: 'LEG_ON_WRONG_SIDE' },
  { says: /stop price must not|stop_price must be/, code: 'STOP_ON_WRONG_SIDE', field: 'stopPrice' },
  { says: /notional/, code: 'NOTIONAL_NOT_ALLOWED', field: 'quantity' },
  {
    says: /limit.?price.* required|requires? .*limit.?price/,
    code: 'LIMIT_PRICE_MISSING',
    field: 'limitPrice',
  },
  { says: /stop.?price.* required|requires? .*stop.?price/, code: 'STOP_PRICE_MISSING', field: 'stopPrice' },
  { says: /trail.* required|requires? .*trail|specify one of trail/, code: 'TRAIL_MISSING', field: 'trail' },
  { says: /halted/, code: 'TRADING_HALTED' },
  { says: /market is closed|outside of? market hours/, code: 'MARKET_CLOSED' },
  { says: /asset .*not found|could not find asset|invalid symbol/, code: 'SYMBOL_UNKNOWN', field: 'symbol' },
  { says: /not tradable|not active|cannot be traded/, code: 'SYMBOL_NOT_TRADABLE', field: 'symbol' },
  { says: /position does not exist|position not found/, code: 'NO_POSITION' },
  {
    says: /not cancelable|not replaceable|cannot (be )?(replace|cancel)|unable to (replace|cancel)|already/,
    code: 'ORDER_NOT_CHANGEABLE',
  },
  { says: /order not found/, code: 'ORDER_NOT_FOUND' },
]
