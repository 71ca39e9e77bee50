import { ok } from '#shared/result'
import type { OrderChange, OrderDraft } from '#shared/trading/order'
import type { OrderProblem } from '#shared/trading/problem'
import { AlpacaError, type Order } from '#alpaca'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import type { TradingLog } from '../event-log/trading-log.ts'
import { recordOrders } from '../reconciliation/record-orders.ts'
import { orderView } from '../views/order-view.ts'
import type { TradingClient } from '../deps.ts'
import { problemsOfError } from './refusals.ts'
import { databaseAway, NotSent, refused, sentencesOf, type OrderAnswer } from './refused.ts'

interface OrderSenderDeps {
  readonly tradingLog: TradingLog
  readonly client: Pick<TradingClient, 'findOrderByClientId'>
  readonly clock: Clock
  readonly log: Log
}

/** A recorded order, and how to send it. */
interface Sending {
  readonly id: string
  readonly what: OrderDraft | OrderChange
  /** The call to the exchange; made once. */
  readonly post: () => Promise<Order>
  /** The order that this one is to replace; it stays as it was if this one is rejected. */
  readonly replaces?: string
}

/** Failures that, unless the outcome is unknown, mean that the order never left this machine. */
const NEVER_SENT: ReadonlySet<AlpacaError['kind']> = new Set(['network', 'timeout', 'aborted'])

/** Whether Alpaca already has an order with this client_order_id. */
const isRepeat = ({ message }: AlpacaError): boolean => /client_order_id must be unique/i.test(message)

/**
 * Sends a recorded order exactly once, and records the result. Without a clear answer the order is unconfirmed until it
 * is found or proven absent; it is never sent again.
 */
export class OrderSender {
  readonly #deps: OrderSenderDeps
  readonly #underway = new Set<string>()

  constructor(deps: OrderSenderDeps) {
    this.#deps = deps
  }

  /** Whether the call that sends this order is still running. */
  isUnderway(id: string): boolean {
    return this.#underway.has(id)
  }

  /** How many orders are being sent now. */
  get count(): number {
    return this.#underway.size
  }

  async send(sending: Sending): Promise<OrderAnswer> {
    const { id, post } = sending
    this.#underway.add(id)
    try {
      const order = await post()
      await recordOrders(this.#deps.tradingLog, [order], { now: this.#deps.clock.now() })
    } catch (cause) {
      return await this.#failed(sending, cause)
    } finally {
      this.#underway.delete(id)
    }
    return this.#view(id)
  }

  async #failed(sending: Sending, cause: unknown): Promise<OrderAnswer> {
    const { id, what } = sending
    if (cause instanceof NotSent) return this.#refused(sending, 'OrderNeverArrived', [cause.problem])
    if (!(cause instanceof AlpacaError)) {
      this.#deps.log.error({ err: cause, id }, 'Sending an order failed inside Signal')
      return this.#unconfirmed(id, 'Internal error while sending.')
    }
    if (isRepeat(cause)) return this.#adopt(id)
    if (cause.outcome === 'unknown') return this.#unconfirmed(id, cause.message)
    const problems = problemsOfError(cause, what, this.#deps.tradingLog.accountState)
    return this.#refused(
      sending,
      NEVER_SENT.has(cause.kind) ? 'OrderNeverArrived' : 'OrderRejected',
      problems,
    )
  }

  /** Takes over the order that the exchange already has under this id: an earlier try arrived. */
  async #adopt(id: string): Promise<OrderAnswer> {
    try {
      const order = await this.#deps.client.findOrderByClientId(id)
      if (order !== undefined) {
        await recordOrders(this.#deps.tradingLog, [order], { now: this.#deps.clock.now() })
        return this.#view(id)
      }
    } catch (cause) {
      this.#deps.log.warn({ err: cause, id }, 'An order at Alpaca could not be read')
    }
    return this.#unconfirmed(id, 'Alpaca has an order with this id but doesn’t show it.')
  }

  async #unconfirmed(id: string, reason: string): Promise<OrderAnswer> {
    await this.#deps.tradingLog.record((accountState) => {
      const order = accountState.orders.get(id)
      if (order?.state !== 'requested') return []
      return [
        { stream: `order:${id}`, events: [{ type: 'OrderUnconfirmed', payload: { version: 1, reason } }] },
      ]
    })
    return this.#view(id)
  }

  async #refused(
    { id, replaces }: Sending,
    type: 'OrderNeverArrived' | 'OrderRejected',
    problems: readonly OrderProblem[],
  ): Promise<OrderAnswer> {
    const payload = { version: 1 as const, reason: sentencesOf(problems) }
    await this.#deps.tradingLog.record(() => [
      { stream: `order:${id}`, events: [{ type, payload }] },
      ...(replaces === undefined
        ? []
        : [
            {
              stream: `order:${replaces}` as const,
              events: [{ type: 'OrderReplaceRejected' as const, payload }],
            },
          ]),
    ])
    return refused(problems)
  }

  #view(id: string): OrderAnswer {
    const { accountState } = this.#deps.tradingLog
    const order = accountState.orders.get(id)
    return order === undefined ? databaseAway() : ok(orderView(order, accountState))
  }
}
