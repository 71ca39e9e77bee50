import type { OrderRefusal } from '#shared/ipc/contract'
import { ok, type Result } from '#shared/result'
import type { StockSymbol } from '#shared/units'
import { AlpacaError, type BulkResult } from '#alpaca'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import { isClosed, type OrderEvent, type OrderRecord } from '../state/index.ts'
import type { Journal } from '../event-log/trading-log.ts'
import { observe } from '../reconciliation/record-orders.ts'
import { orderView } from '../views/order-view.ts'
import type { TradingClient } from '../ports.ts'
import { problemsOfError } from './refusals.ts'
import { refused, refusedFor, sentencesOf, type OrderAnswer } from './refused.ts'
import { within } from '../event-log/within.ts'

/** A cancel goes out after so long at the latest, noted or not. */
const NOTED_WITHIN_MS = 500

interface CancellingParts {
  readonly journal: Journal
  readonly client: TradingClient
  readonly onUsed: () => void
  readonly clock: Clock
  readonly log: Log
}

/** An order that the exchange has and that is not over. */
interface Cancelable extends OrderRecord {
  readonly exchangeId: string
}

const isCancelable = (order: OrderRecord): order is Cancelable =>
  order.exchangeId !== undefined && !isClosed(order)

const refusal = (reason: string): OrderEvent => ({
  type: 'OrderCancelRejected',
  payload: { version: 1, reason },
})

/** Cancels orders. That is always sent, also while the database is away: less risk never waits for a note. */
export class Cancelling {
  readonly #parts: CancellingParts

  constructor(parts: CancellingParts) {
    this.#parts = parts
  }

  /** Asks the exchange to cancel one order, and answers where it stands. */
  async cancel(id: string): Promise<OrderAnswer> {
    this.#parts.onUsed()
    const { books } = this.#parts.journal
    const order = books.orders.get(id)
    if (order === undefined)
      return refusedFor('ORDER_NOT_FOUND', 'There is no such order any more. Look at the list again.')
    if (isClosed(order)) return ok(orderView(order, books))
    if (!isCancelable(order)) {
      return refusedFor(
        'OUTCOME_UNKNOWN',
        'It is not known yet whether the exchange has this order. Signal is looking for it; cancel it once it is found.',
      )
    }
    return this.#cancelOne(order)
  }

  /** All orders that work, or those of a symbol; answers how many it asked for. */
  async cancelAll(symbol: StockSymbol | undefined): Promise<Result<number, OrderRefusal>> {
    this.#parts.onUsed()
    const open = this.open(symbol)
    if (symbol === undefined) return this.#cancelEverything(open)
    const answers = await Promise.all(open.map((order) => this.#cancelOne(order)))
    const failed = answers.find((answer) => !answer.ok)
    return failed !== undefined && !failed.ok ? failed : ok(open.length)
  }

  /** Orders that the exchange has and that are not over, as the books know. */
  open(symbol: StockSymbol | undefined): readonly Cancelable[] {
    return [...this.#parts.journal.books.orders.values()]
      .filter(isCancelable)
      .filter(({ terms }) => symbol === undefined || terms.symbol === symbol)
  }

  async #cancelOne(order: Cancelable): Promise<OrderAnswer> {
    const { client } = this.#parts
    await this.#noteRequests([order])
    try {
      await client.cancelOrder(order.exchangeId)
    } catch (cause) {
      if (!(cause instanceof AlpacaError)) throw cause
      if (cause.outcome !== 'unknown') return this.#notCanceled(order, cause)
      this.#parts.log.warn({ id: order.id, kind: cause.kind }, 'No answer to a cancel; it is being looked up')
    }
    return ok(this.#view(order))
  }

  /** It may be over already, which is as good as canceled; else the refusal is noted. */
  async #notCanceled(order: Cancelable, cause: AlpacaError): Promise<OrderAnswer> {
    await this.#look(order)
    const now = this.#parts.journal.books.orders.get(order.id) ?? order
    if (isClosed(now)) return ok(this.#view(now))
    const problems = problemsOfError(cause, undefined)
    await this.#note(order.id, refusal(sentencesOf(problems)))
    return refused(problems)
  }

  /** One call for all, which also reaches orders that the books do not know. */
  async #cancelEverything(open: readonly Cancelable[]): Promise<Result<number, OrderRefusal>> {
    await this.#noteRequests(open)
    try {
      const results = await this.#parts.client.cancelAllOrders()
      await this.#noteFailures(results)
      return ok(results.length)
    } catch (cause) {
      if (!(cause instanceof AlpacaError)) throw cause
      if (cause.outcome === 'unknown') return ok(open.length)
      const problems = problemsOfError(cause, undefined)
      for (const { id } of open) await this.#note(id, refusal(sentencesOf(problems)))
      return refused(problems)
    }
  }

  async #noteFailures(results: readonly BulkResult[]): Promise<void> {
    for (const { of, message } of results) {
      const id = message === undefined ? undefined : this.#parts.journal.books.idOf(of)
      if (id === undefined || message === undefined) continue
      const order = this.#parts.journal.books.orders.get(id)
      if (order !== undefined && isCancelable(order)) await this.#look(order)
      const after = this.#parts.journal.books.orders.get(id)
      if (after !== undefined && !isClosed(after)) await this.#note(id, refusal(message))
    }
  }

  /** Less risk waits for its note a moment at most; the note may follow. */
  async #noteRequests(orders: readonly OrderRecord[]): Promise<void> {
    const noting = this.#parts.journal.write((books) =>
      orders
        .filter(({ id }) => isStillOpen(books.orders.get(id)))
        .map(({ id }) => ({
          stream: `order:${id}`,
          events: [{ type: 'OrderCancelRequested', payload: { version: 1, by: 'signal' } }],
        })),
    )
    await within(this.#parts.clock, NOTED_WITHIN_MS, noting)
  }

  async #note(id: string, event: OrderEvent): Promise<void> {
    await this.#parts.journal.write((books) =>
      isStillOpen(books.orders.get(id)) ? [{ stream: `order:${id}`, events: [event] }] : [],
    )
  }

  async #look({ id, exchangeId }: Cancelable): Promise<void> {
    try {
      const seen = await this.#parts.client.getOrder(exchangeId)
      await observe(this.#parts.journal, [seen], { now: this.#parts.clock.now() })
    } catch (cause) {
      if (!(cause instanceof AlpacaError)) throw cause
      this.#parts.log.warn({ id, kind: cause.kind }, 'An order that was not canceled could not be read')
    }
  }

  #view(order: OrderRecord): ReturnType<typeof orderView> {
    const { books } = this.#parts.journal
    return orderView(books.orders.get(order.id) ?? order, books)
  }
}

const isStillOpen = (order: OrderRecord | undefined): boolean => order !== undefined && !isClosed(order)
