import { ok } from '#shared/result'
import type { OrderChange, OrderDraft } from '#shared/trading/order'
import type { OrderProblem } from '#shared/trading/problem'
import { AlpacaError, type Order } from '#alpaca'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import type { Journal } from '../event-log/trading-log.ts'
import { observe } from '../reconciliation/record-orders.ts'
import { orderView } from '../views/order-view.ts'
import type { TradingClient } from '../ports.ts'
import { problemsOfError } from './refusals.ts'
import { databaseAway, refused, sentencesOf, type OrderAnswer } from './refused.ts'

interface SenderParts {
  readonly journal: Journal
  readonly client: Pick<TradingClient, 'findOrderByClientId'>
  readonly clock: Clock
  readonly log: Log
}

/** An order that is noted already, and how it goes out. */
interface Sending {
  readonly id: string
  readonly what: OrderDraft | OrderChange
  /** The call, which is made once. */
  readonly post: () => Promise<Order>
  /** The order that this one is to replace, which stays as it was when this one is refused. */
  readonly replaces?: string
}

/** No word of the order left this machine. */
const NEVER_SENT: ReadonlySet<AlpacaError['kind']> = new Set(['network', 'timeout', 'aborted'])

/** Alpaca knows an order by this client_order_id already. */
const isRepeat = ({ message }: AlpacaError): boolean => /client_order_id must be unique/i.test(message)

/**
 * Sends an order that was noted before, exactly once, and notes what came of it. Where no clear answer comes, the order
 * is unknown until it is found or proven absent; it is never sent again.
 */
export class Sender {
  readonly #parts: SenderParts
  readonly #underway = new Set<string>()

  constructor(parts: SenderParts) {
    this.#parts = parts
  }

  /** The call that sends this order has not ended yet. */
  isUnderway(id: string): boolean {
    return this.#underway.has(id)
  }

  /** Resolves once nothing is being sent. */
  get count(): number {
    return this.#underway.size
  }

  async send(sending: Sending): Promise<OrderAnswer> {
    const { id, post } = sending
    this.#underway.add(id)
    try {
      const order = await post()
      await observe(this.#parts.journal, [order], { now: this.#parts.clock.now() })
    } catch (cause) {
      return await this.#failed(sending, cause)
    } finally {
      this.#underway.delete(id)
    }
    return this.#view(id)
  }

  async #failed(sending: Sending, cause: unknown): Promise<OrderAnswer> {
    const { id, what } = sending
    if (!(cause instanceof AlpacaError)) {
      this.#parts.log.error({ err: cause, id }, 'Sending an order failed inside of Signal')
      return this.#unknown(id, 'Signal failed while it was sending.')
    }
    if (isRepeat(cause)) return this.#adopt(id)
    if (cause.outcome === 'unknown') return this.#unknown(id, cause.message)
    const problems = problemsOfError(cause, what)
    await this.#noteRefusal(sending, NEVER_SENT.has(cause.kind) ? 'OrderNotSent' : 'OrderRejected', problems)
    return refused(problems)
  }

  /** The exchange has it under this very id, so an earlier try arrived. */
  async #adopt(id: string): Promise<OrderAnswer> {
    try {
      const order = await this.#parts.client.findOrderByClientId(id)
      if (order !== undefined) {
        await observe(this.#parts.journal, [order], { now: this.#parts.clock.now() })
        return this.#view(id)
      }
    } catch (cause) {
      this.#parts.log.warn({ err: cause, id }, 'An order that the exchange knows could not be read')
    }
    return this.#unknown(id, 'The exchange knows an order by this id, but does not show it.')
  }

  async #unknown(id: string, reason: string): Promise<OrderAnswer> {
    await this.#parts.journal.write((books) => {
      const order = books.orders.get(id)
      if (order?.state !== 'requested') return []
      return [
        { stream: `order:${id}`, events: [{ type: 'OutcomeUnknown', payload: { version: 1, reason } }] },
      ]
    })
    return this.#view(id)
  }

  async #noteRefusal(
    { id, replaces }: Sending,
    type: 'OrderNotSent' | 'OrderRejected',
    problems: readonly OrderProblem[],
  ): Promise<void> {
    const payload = { version: 1 as const, reason: sentencesOf(problems) }
    await this.#parts.journal.write(() => [
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
  }

  #view(id: string): OrderAnswer {
    const { books } = this.#parts.journal
    const order = books.orders.get(id)
    return order === undefined ? databaseAway() : ok(orderView(order, books))
  }
}
