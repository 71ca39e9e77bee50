import { Decimal } from 'decimal.js'
import type { Order } from '#alpaca'
import { AccountState, type OrderEvent, type TradingEvent } from '../../src/main/execution/state/index.ts'
import { draftWith, NOW, p, q, s } from './risk-context.ts'
import { newOrder } from './trading-model/resting-order.ts'

/** The stream prefix of the account state here. */
export const PREFIX = 'paper:'

/** Events in one stream after another, as in a log. */
export class EventWriter {
  readonly #versions = new Map<string, number>()
  #id = 0

  /** Applies them to the account state, and answers what the last one changed. */
  write(accountState: AccountState, stream: string, ...events: readonly TradingEvent[]) {
    return events.map(({ type, payload }) => {
      const version = (this.#versions.get(stream) ?? 0) + 1
      this.#versions.set(stream, version)
      const place = { id: ++this.#id, stream: `${PREFIX}${stream}`, version, at: NOW + this.#id }
      return accountState.apply({ ...place, type, payload: { ...payload } })
    })
  }
}

/** The state of an account with $1,000.00 and no positions. */
export function openedAccountState(): { readonly accountState: AccountState; readonly writer: EventWriter } {
  const [accountState, writer] = [new AccountState(PREFIX), new EventWriter()]
  const payload = {
    version: 1 as const,
    accountId: 'account',
    endsWith: '4821',
    cash: s('1000'),
    positions: [],
    filledBefore: [],
  }
  writer.write(accountState, 'account', { type: 'AccountOpened', payload })
  return { accountState, writer }
}

/** The trader's request: buy 10 AAPL at $100.00 for the day, or different terms. */
export const asked = (more: Parameters<typeof draftWith>[0] = {}, replaces?: string): OrderEvent => ({
  type: 'OrderRequested',
  payload: {
    version: 1,
    by: { kind: 'trader' },
    draft: draftWith(more),
    accepted: [],
    ...(replaces && { replaces }),
  },
})

export const acceptedAs = (
  exchangeId: string,
  legs: { id: string; leg: 'take-profit' | 'stop-loss' }[] = [],
): OrderEvent => ({ type: 'OrderAccepted', payload: { version: 1, exchangeId, legs } })

/** A fill of that many shares at that price; `filledQuantity` and `average` are the order's totals. */
export const filledBy = (
  type: 'OrderFilled' | 'OrderPartiallyFilled',
  quantity: string,
  price: string,
  {
    filledQuantity = quantity,
    average = price,
  }: { readonly filledQuantity?: string; readonly average?: string } = {},
): OrderEvent => ({
  type,
  payload: {
    version: 1,
    executionId: `execution-${filledQuantity}`,
    quantity: q(quantity),
    price: p(price),
    filledQuantity: q(filledQuantity),
    averagePrice: p(average),
    filledAt: NOW,
  },
})

/** An event with nothing but its type. */
export const plain = (type: 'OrderOpen' | 'OrderHeld' | 'OrderCanceled' | 'OrderExpired'): OrderEvent => ({
  type,
  payload: { version: 1 },
})

/** An order as the exchange reports it: buy 10 AAPL at $100.00, open. */
export const reported = (more: Partial<Order> = {}): Order => ({
  ...newOrder(
    {
      symbol: 'AAPL',
      side: 'buy',
      type: 'limit',
      timeInForce: 'day',
      qty: '10',
      limitPrice: '100',
      clientOrderId: 'order-1',
    },
    { id: 'exchange-1', at: NOW, parentId: undefined },
  ),
  status: 'new',
  ...more,
})

/** The same with that quantity filled. */
export const reportedFilled = (filledQuantity: number, average = '100', more: Partial<Order> = {}): Order =>
  reported({
    status: filledQuantity === 10 ? 'filled' : 'partially_filled',
    filledQty: new Decimal(filledQuantity),
    filledAvgPrice: new Decimal(average),
    ...more,
  })
