import type { CancelAllResult, OrderRefusal } from '#shared/ipc/contract'
import { ok, type Result } from '#shared/result'
import { describeIntent } from '#shared/trading/describe-order'
import { isClosed } from '#shared/trading/order'
import type { OrderProblem } from '#shared/trading/problem'
import type { StockSymbol } from '#shared/units'
import { AlpacaError, type BulkResult } from '#alpaca'
import { pause, within, type Clock } from '#process/clock'
import type { Log } from '#process/log'
import type { Applied, OrderEvent, OrderRecord } from '../state/index.ts'
import type { TradingLog } from '../event-log/trading-log.ts'
import { recordOrders } from '../reconciliation/record-orders.ts'
import { orderView } from '../views/order-view.ts'
import type { TradingClient } from '../deps.ts'
import type { TradingHandlers } from '../handlers.ts'
import { problemsOfError } from './refusals.ts'
import { refused, refusedFor, sentencesOf, type OrderAnswer } from './refused.ts'

/** How long a cancel waits at most to be recorded before it is sent. */
const RECORDED_WITHIN_MS = 500
/** How long canceling everything waits for orders whose answer is still to come. */
const ANSWERED_WITHIN_MS = 10_000
const POLL_MS = 250

interface OrderCancelerDeps {
  readonly tradingLog: TradingLog
  readonly client: TradingClient
  readonly onUsed: () => void
  readonly clock: Clock
  readonly log: Log
}

/** An open order that the exchange has. */
export interface Cancelable extends OrderRecord {
  readonly exchangeId: string
}

const isCancelable = (order: OrderRecord): order is Cancelable =>
  order.exchangeId !== undefined && !isClosed(order)

const exchangeIdOf = ({ exchangeId }: Cancelable): string => exchangeId

const NOT_FOUND_YET = 'Order unconfirmed; cancel when found.'

const NO_ANSWER = 'No confirmation from Alpaca; it may have orders unknown to Signal. Retry.'

const refusal = (reason: string): OrderEvent => ({
  type: 'OrderCancelRejected',
  payload: { version: 1, reason },
})

/** Cancels orders. A cancel is always sent, even while the database is away: reducing risk never waits for a record. */
export class OrderCanceler {
  readonly #deps: OrderCancelerDeps
  /** Orders to cancel once the exchange is known to have them. */
  readonly #whenFound = new Set<string>()
  /** Orders that were to be canceled for good, rather than to be sent anew. */
  readonly #unwanted = new Set<string>()
  /** Orders that were canceled in order to be sent anew. */
  readonly #resent = new Set<string>()

  constructor(deps: OrderCancelerDeps) {
    this.#deps = deps
  }

  /** Answers the contract's calls that cancel. */
  readonly calls: Pick<TradingHandlers, 'cancel' | 'cancelAll'> = {
    cancel: async (id) => {
      this.#unwanted.add(id)
      return this.#cancel(id)
    },
    cancelAll: ({ symbol }) => this.#cancelAll(symbol),
  }

  /** Cancels an order that is sent anew afterwards, unless it is canceled for good meanwhile. */
  async cancelToResend(id: string): Promise<OrderAnswer> {
    this.#resent.add(id)
    return this.#cancel(id)
  }

  async #cancel(id: string): Promise<OrderAnswer> {
    const { accountState } = this.#deps.tradingLog
    const order = accountState.orders.get(id)
    if (order === undefined) return refusedFor('ORDER_NOT_FOUND', 'Order no longer open.')
    if (isClosed(order)) return ok(orderView(order, accountState))
    if (!isCancelable(order)) return refusedFor('UNCONFIRMED', NOT_FOUND_YET)
    this.#deps.onUsed()
    return this.#cancelOne(order)
  }

  /** Whether an order was to be canceled for good. */
  isUnwanted(id: string): boolean {
    return this.#unwanted.has(id)
  }

  /** Whether an order was canceled in order to be sent anew, and not for good meanwhile. */
  isToResend(id: string): boolean {
    return this.#resent.has(id) && !this.#unwanted.has(id)
  }

  /**
   * Requests to cancel all open orders, or a symbol's; returns the exchange's ids of those that it requested. Orders that
   * the exchange is not known to have are canceled when they show up.
   */
  async request(symbol: StockSymbol | undefined): Promise<Result<readonly string[], OrderRefusal>> {
    this.#deps.onUsed()
    const open = this.open(symbol)
    for (const { id } of open) this.#unwanted.add(id)
    const canceled = await (symbol === undefined ? this.#cancelEverything(open) : this.#cancelEach(open))
    for (const { id } of this.unanswered(symbol)) this.#whenFound.add(id)
    return canceled
  }

  /** Learns what an event changed: an order that was to be canceled may have shown up. */
  applied({ order }: Applied): void {
    if (order === undefined || !this.#whenFound.has(order.id)) return
    // One that counts as never arrived may show up even later.
    if (isClosed(order) && order.state !== 'never-arrived') this.#whenFound.delete(order.id)
    if (!isCancelable(order)) return
    this.#whenFound.delete(order.id)
    void this.#cancelOne(order).catch((cause: unknown) =>
      this.#deps.log.error({ err: cause, id: order.id }, 'An order that showed up could not be canceled'),
    )
  }

  /** Cancels, and waits a while for orders without an answer, so that they can be canceled too. */
  async #cancelAll(symbol: StockSymbol | undefined): Promise<Result<CancelAllResult, OrderRefusal>> {
    const { clock } = this.#deps
    const canceled = await this.request(symbol)
    if (!canceled.ok) return canceled
    const waitedFor = new Set(this.unanswered(symbol).map(({ id }) => id))
    const waiting = () => this.unanswered(symbol).filter(({ id }) => waitedFor.has(id))
    const until = clock.now() + ANSWERED_WITHIN_MS
    while (waiting().length > 0 && clock.now() < until) await pause(clock, POLL_MS)
    const { orders } = this.#deps.tradingLog.accountState
    const shown = [...waitedFor].filter((id) => orders.get(id)?.cancelRequestedAt !== undefined)
    return ok({
      canceled: canceled.value.length + shown.length,
      unanswered: waiting().map(({ terms }) => describeIntent(terms)),
    })
  }

  async #cancelEach(open: readonly Cancelable[]): Promise<Result<readonly string[], OrderRefusal>> {
    const answers = await Promise.all(open.map((order) => this.#cancelOne(order)))
    const failed = answers.find((answer) => !answer.ok)
    return failed !== undefined && !failed.ok ? failed : ok(open.map(exchangeIdOf))
  }

  /** Open orders of which nobody knows yet whether the exchange has them. */
  unanswered(symbol: StockSymbol | undefined): readonly OrderRecord[] {
    return this.#deps.tradingLog.accountState.openOrders
      .filter(({ exchangeId }) => exchangeId === undefined)
      .filter(({ terms }) => symbol === undefined || terms.symbol === symbol)
  }

  /** Open orders that the exchange has, according to the account state. */
  open(symbol: StockSymbol | undefined): readonly Cancelable[] {
    return this.#deps.tradingLog.accountState.openOrders
      .filter(isCancelable)
      .filter(({ terms }) => symbol === undefined || terms.symbol === symbol)
  }

  async #cancelOne(order: Cancelable): Promise<OrderAnswer> {
    const { client } = this.#deps
    await this.#recordRequests([order])
    try {
      await client.cancelOrder(order.exchangeId)
    } catch (cause) {
      if (!(cause instanceof AlpacaError)) throw cause
      if (cause.outcome !== 'unknown') return this.#notCanceled(order, cause)
      this.#deps.log.warn({ id: order.id, kind: cause.kind }, 'No answer to a cancel; it is being looked up')
    }
    return ok(this.#view(order))
  }

  /** Looks up an order whose cancel was rejected: it may be closed already. Otherwise records the rejection. */
  async #notCanceled(order: Cancelable, cause: AlpacaError): Promise<OrderAnswer> {
    await this.#lookUp(order)
    const now = this.#deps.tradingLog.accountState.orders.get(order.id) ?? order
    if (isClosed(now)) return ok(this.#view(now))
    const problems = this.#problemsOf(cause)
    await this.#record(order.id, refusal(sentencesOf(problems)))
    return refused(problems)
  }

  #problemsOf(cause: AlpacaError): readonly OrderProblem[] {
    return problemsOfError(cause, undefined, this.#deps.tradingLog.accountState)
  }

  /** Cancels everything in one call, which also reaches orders that the account state lacks. */
  async #cancelEverything(open: readonly Cancelable[]): Promise<Result<readonly string[], OrderRefusal>> {
    await this.#recordRequests(open)
    try {
      const results = await this.#deps.client.cancelAllOrders()
      await this.#recordFailures(results)
      const requested = results.flatMap(({ of, message }) => (message === undefined ? [of] : []))
      // These are in no list of open orders, so a cancel of all may leave them out.
      const named = new Set(results.map(({ of }) => of))
      const resting = open.filter((order) => order.state === 'done-for-day' && !named.has(order.exchangeId))
      const answers = await Promise.all(resting.map((order) => this.#cancelOne(order)))
      const also = resting.filter((_, nth) => answers[nth]?.ok).map(exchangeIdOf)
      return ok([...requested, ...also])
    } catch (cause) {
      if (!(cause instanceof AlpacaError)) throw cause
      if (cause.outcome === 'unknown')
        return open.length > 0 ? ok(open.map(exchangeIdOf)) : refusedFor('UNCONFIRMED', NO_ANSWER)
      const problems = this.#problemsOf(cause)
      for (const { id } of open) await this.#record(id, refusal(sentencesOf(problems)))
      return refused(problems)
    }
  }

  async #recordFailures(results: readonly BulkResult[]): Promise<void> {
    for (const { of, message } of results) {
      const id = message === undefined ? undefined : this.#deps.tradingLog.accountState.idOf(of)
      if (id === undefined || message === undefined) continue
      const order = this.#deps.tradingLog.accountState.orders.get(id)
      if (order !== undefined && isCancelable(order)) await this.#lookUp(order)
      const after = this.#deps.tradingLog.accountState.orders.get(id)
      if (after !== undefined && !isClosed(after)) await this.#record(id, refusal(message))
    }
  }

  /** Records the requests, but waits only a moment: reducing risk comes first, and the record may follow. */
  async #recordRequests(orders: readonly OrderRecord[]): Promise<void> {
    const recording = this.#deps.tradingLog.record((accountState) =>
      orders
        .filter(({ id }) => isStillOpen(accountState.orders.get(id)))
        .map(({ id }) => ({
          stream: `order:${id}`,
          events: [{ type: 'OrderCancelRequested', payload: { version: 1, by: 'signal' } }],
        })),
    )
    await within(this.#deps.clock, RECORDED_WITHIN_MS, recording)
  }

  async #record(id: string, event: OrderEvent): Promise<void> {
    await this.#deps.tradingLog.record((accountState) =>
      isStillOpen(accountState.orders.get(id)) ? [{ stream: `order:${id}`, events: [event] }] : [],
    )
  }

  async #lookUp({ id, exchangeId }: Cancelable): Promise<void> {
    try {
      const order = await this.#deps.client.getOrder(exchangeId)
      await recordOrders(this.#deps.tradingLog, [order], { now: this.#deps.clock.now() })
    } catch (cause) {
      if (!(cause instanceof AlpacaError)) throw cause
      this.#deps.log.warn({ id, kind: cause.kind }, 'An order that was not canceled could not be read')
    }
  }

  #view(order: OrderRecord): ReturnType<typeof orderView> {
    const { accountState } = this.#deps.tradingLog
    return orderView(accountState.orders.get(order.id) ?? order, accountState)
  }
}

const isStillOpen = (order: OrderRecord | undefined): boolean => order !== undefined && !isClosed(order)
