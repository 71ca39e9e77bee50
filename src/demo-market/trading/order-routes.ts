import { amount, isOpen, leavesQty, type SimOrder } from '../matching/index.ts'
import { json, NO_CONTENT, Refusal, type Route } from '../server/index.ts'
import type { OrderIntake } from './order-intake.ts'
import { admit, admitReplacement, type AdmissionDeps } from './admission.ts'
import { listOrders } from './order-list.ts'
import type { OrderWire } from './order-wire.ts'
import { notFound, unprocessable } from './refusals.ts'
import { checkReplaceable, replacementOf } from './replacement.ts'
import { readChange, readOrder } from './request.ts'

/** What order requests are answered from. */
export interface OrderRouteDeps extends AdmissionDeps {
  readonly intake: OrderIntake
  readonly wire: OrderWire
}

const wantsNested = (query: URLSearchParams): boolean => query.get('nested') === 'true'

/** Requests to cancel an order; throws if that is not possible. */
export function cancelOrder({ intake }: Pick<OrderRouteDeps, 'intake'>, order: SimOrder): void {
  if (!isOpen(order) || order.status === 'pending_replace')
    throw unprocessable(`order is already in "${order.status}" state`)
  if (order.status !== 'pending_cancel') intake.cancel(order)
}

/** Cancels every open order; legs are canceled through their entry if that is open itself. */
export const cancelAll = ({ intake, ledger: { accountState } }: Pick<OrderRouteDeps, 'intake' | 'ledger'>) =>
  accountState
    .openOrders()
    .filter(
      ({ parentId }) => parentId === null || accountState.openOrders().every(({ id }) => id !== parentId),
    )
    .map((order) => {
      try {
        cancelOrder({ intake }, order)
        return { id: order.id, status: 200 }
      } catch (refusal) {
        if (!(refusal instanceof Refusal)) throw refusal
        return { id: order.id, status: refusal.status, body: refusal.toBody() }
      }
    })

/** Placing, listing, replacing and canceling orders. */
export function orderRoutes(deps: OrderRouteDeps): readonly Route[] {
  const { ledger, intake, wire, hours, prices } = deps
  const { accountState } = ledger

  function known(id: string): SimOrder {
    const order = accountState.order(id)
    if (order === undefined) throw notFound(`order not found for ${id}`)
    return order
  }

  function replaced(order: SimOrder, body: string): SimOrder {
    const change = readChange(body)
    checkReplaceable(order)
    const listing = prices.listing(order.symbol)
    const ask = amount((listing && prices.quote(listing)?.ask) ?? 0)
    const [at, time] = [ledger.clock.now(), ledger.stamp()]
    const fresh = replacementOf(order, change, { hours, at, time, ask })
    admitReplacement(deps, { old: order, fresh, held: leavesQty(order) ?? amount(0) })
    return intake.replace(order, fresh)
  }

  return [
    {
      method: 'POST',
      path: '/v2/orders',
      answer: ({ body }) => json(wire.nested(intake.accept(admit(deps, readOrder(body))))),
    },
    {
      method: 'GET',
      path: '/v2/orders',
      answer: ({ query }) => json(listOrders(accountState, wire, query)),
    },
    { method: 'DELETE', path: '/v2/orders', answer: () => json(cancelAll(deps), 207) },
    {
      method: 'GET',
      path: '/v2/orders:by_client_order_id',
      answer({ query }) {
        const id = query.get('client_order_id') ?? ''
        const order = accountState.orderByClientId(id)
        if (order === undefined) throw notFound(`order not found for ${id}`)
        return json(wire.nested(order))
      },
    },
    {
      method: 'GET',
      path: '/v2/orders/:order',
      answer: ({ query }, id) => json(wantsNested(query) ? wire.nested(known(id)) : wire.flat(known(id))),
    },
    {
      method: 'PATCH',
      path: '/v2/orders/:order',
      answer: ({ body }, id) => json(wire.nested(replaced(known(id), body))),
    },
    {
      method: 'DELETE',
      path: '/v2/orders/:order',
      answer(_, id) {
        cancelOrder(deps, known(id))
        return NO_CONTENT
      },
    },
  ]
}
