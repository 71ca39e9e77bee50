import { randomUUID } from 'node:crypto'
import { Decimal } from 'decimal.js'
import { formatShares } from '#shared/format/shares'
import type { FlattenResult, OrderRefusal } from '#shared/ipc/contract'
import { ok, type Result } from '#shared/result'
import { isClosed } from '#shared/trading/order'
import type { Quantity, StockSymbol } from '#shared/units'
import { AlpacaError, type Position } from '#alpaca'
import { pause, type Clock } from '#process/clock'
import type { OrderCanceler } from './order-canceler.ts'
import { sharesOf, stockOf } from '../reconciliation/exchange-order.ts'
import { exitDraft } from './exit-draft.ts'
import { describeFlatten, type Flattened } from './describe-flatten.ts'
import type { TradingLog } from '../event-log/trading-log.ts'
import { orderView } from '../views/order-view.ts'
import type { OrderGateway } from './order-gateway.ts'
import type { MarketView, TradingClient } from '../deps.ts'
import type { TradingHandlers } from '../handlers.ts'
import { availableOf } from '../views/position-view.ts'
import { problemsOfError } from './refusals.ts'
import { databaseAway, refused, refusedFor, sentencesOf, type OrderAnswer } from './refused.ts'

interface PositionCloserDeps {
  readonly tradingLog: TradingLog
  readonly client: TradingClient
  readonly market: MarketView
  readonly placing: OrderGateway
  readonly cancelling: OrderCanceler
  /** Compares with the exchange, so that what happened is known at once. */
  readonly compare: () => Promise<void>
  readonly clock: Clock
}

/** How long a cancel is waited for before the shares are sold, and a close before it is told that it is not done. */
const CANCELED_WITHIN_MS = 10_000
const FLAT_WITHIN_MS = 15_000
const POLL_MS = 250

/** Closes positions. Limits do not hold exits back, and neither does a halt. */
export class PositionCloser {
  readonly #deps: PositionCloserDeps
  readonly #closing = new Map<StockSymbol, Promise<OrderAnswer>>()
  #flattening: Promise<Result<FlattenResult, OrderRefusal>> | undefined

  constructor(deps: PositionCloserDeps) {
    this.#deps = deps
  }

  /**
   * Answers the contract's calls that close. Before the whole of a position is closed the symbol's working orders are
   * canceled: they hold its shares, or would trade against the close. Asked again while it runs, it is the same close.
   */
  readonly calls: Pick<TradingHandlers, 'closePosition' | 'flatten'> = {
    closePosition: (request) => {
      const underway = this.#closing.get(request.symbol)
      if (underway !== undefined) return underway
      const answer = this.#closePosition(request).finally(() => this.#closing.delete(request.symbol))
      this.#closing.set(request.symbol, answer)
      return answer
    },
    flatten: () => {
      this.#flattening ??= this.#flatten().finally(() => {
        this.#flattening = undefined
      })
      return this.#flattening
    },
  }

  async #closePosition({
    intent,
    symbol,
    quantity,
  }: Parameters<TradingHandlers['closePosition']>[0]): Promise<OrderAnswer> {
    const { accountState, isOpen } = this.#deps.tradingLog
    const known = accountState.orders.get(intent)
    if (known !== undefined) return ok(orderView(known, accountState))
    if (!isOpen) return databaseAway()
    const held = this.#held(symbol)
    if (held.isZero()) return refusedFor('NO_POSITION', `Nothing is held of ${symbol}.`)
    const isPart = quantity !== undefined && held.abs().gt(quantity)
    const isLong = held.isPositive()
    const problem = isPart ? this.#whyNotPart(symbol, quantity) : await this.#makeWay(symbol, isLong)
    if (problem !== undefined) return refusedFor('QUANTITY_HELD', problem)
    const left = await this.#heldThere(symbol, isLong)
    if (!left.ok) return left
    const shares = isPart ? Decimal.min(quantity, left.value) : left.value
    if (shares.isZero()) return refusedFor('NO_POSITION', `Nothing is held of ${symbol} any more.`)
    return this.#close(intent, symbol, isLong, sharesOf(shares))
  }

  /** By the exchange, on that side: while updates do not come the books may be behind, and more would turn it around. */
  async #heldThere(symbol: StockSymbol, isLong: boolean): Promise<Result<Decimal, OrderRefusal>> {
    try {
      const positions = await this.#deps.client.getPositions()
      const held = positions.find((one) => one.symbol === symbol && (one.side === 'long') === isLong)
      return ok(held?.qty.abs() ?? new Decimal(0))
    } catch (cause) {
      if (!(cause instanceof AlpacaError)) throw cause
      return refused(problemsOfError(cause, undefined))
    }
  }

  #held(symbol: StockSymbol): Decimal {
    return this.#deps.tradingLog.accountState.holdings.get(symbol)?.quantity ?? new Decimal(0)
  }

  /** The exits of what is left go on working, so only shares that none of them holds can be sold. */
  #whyNotPart(symbol: StockSymbol, quantity: Quantity): string | undefined {
    const { accountState } = this.#deps.tradingLog
    const holding = accountState.holdings.get(symbol)
    const free = holding ? availableOf(holding, accountState) : new Decimal(0)
    return free.gte(quantity)
      ? undefined
      : `Working exits hold all but ${formatShares(free)} shares of ${symbol}. Cancel or change them first, or close the whole position.`
  }

  async #makeWay(symbol: StockSymbol, isLong: boolean): Promise<string | undefined> {
    const { cancelling } = this.#deps
    if (!(await this.#until(() => !this.#isExitUnderway(symbol, isLong))))
      return `It is not known yet whether an order in ${symbol} arrived. With another one the position could turn around. Wait until it is found, or flatten.`
    if (cancelling.open(symbol).length === 0) return undefined
    await cancelling.cancelAll(symbol)
    return (await this.#untilCanceled(symbol))
      ? undefined
      : `Orders in ${symbol} still work: the exchange has not canceled them yet. Try again.`
  }

  /** An order that may close the position already, but is not known to be at the exchange, and so cannot be canceled. */
  #isExitUnderway(symbol: StockSymbol, isLong: boolean): boolean {
    return [...this.#deps.tradingLog.accountState.orders.values()].some(
      (order) =>
        order.exchangeId === undefined &&
        !isClosed(order) &&
        order.terms.symbol === symbol &&
        order.terms.side === (isLong ? 'sell' : 'buy'),
    )
  }

  /** Cancels all orders and closes all positions, and looks at the exchange whether it is so. */
  async #flatten(): Promise<Result<FlattenResult, OrderRefusal>> {
    try {
      const recorded = await this.#flattenRecorded()
      if (recorded?.ok === false) return recorded
      const asked = recorded?.value ?? (await this.#flattenUnrecorded())
      const left = await this.#untilFlat()
      if (this.#deps.tradingLog.isOpen) await this.#deps.compare()
      return ok(describeFlatten(asked, left))
    } catch (cause) {
      if (!(cause instanceof AlpacaError)) throw cause
      return refused(problemsOfError(cause, undefined))
    }
  }

  /**
   * Each closing order is noted before it is sent, like any other. What is held is asked of the exchange. Nothing once
   * the database is away: the rest is to be done without it. An exchange that is not reached is told at once.
   */
  async #flattenRecorded(): Promise<Result<Flattened, OrderRefusal> | undefined> {
    const { tradingLog, cancelling } = this.#deps
    if (!tradingLog.isAtHand || tradingLog.accountState.account === undefined) return undefined
    const canceled = await cancelling.cancelAll(undefined)
    if (!canceled.ok && canceled.error.problems.some(({ code }) => code === 'NOT_CONNECTED')) return canceled
    if (canceled.ok) await this.#untilCanceled(undefined)
    if (tradingLog.isAway) return undefined
    const positions = await this.#deps.client.getPositions()
    const closed = await Promise.all(
      positions.flatMap((position) => {
        const symbol = stockOf(position)
        const { side, qty } = position
        return symbol ? [this.#close(randomUUID(), symbol, side === 'long', sharesOf(qty.abs()))] : []
      }),
    )
    if (tradingLog.isAway) return undefined
    return ok({
      canceled: canceled.ok ? canceled.value : 0,
      closed: closed.filter((answer) => answer.ok).length,
      refused: closed.flatMap((answer) => (answer.ok ? [] : sentencesOf(answer.error.problems))),
    })
  }

  /** Without a database there is no note, but getting out does not wait for it: one call closes everything. */
  async #flattenUnrecorded(): Promise<Flattened> {
    const canceled = await this.#deps.client.cancelAllOrders()
    const closed = await this.#deps.client.closeAllPositions({ cancelOrders: true })
    const refused = closed.flatMap(({ of, message }) => (message === undefined ? [] : `${of}: ${message}.`))
    return { canceled: canceled.length, closed: closed.length - refused.length, refused }
  }

  /** False when orders still work after a while; updates or looks tell, for which the database is needed. */
  #untilCanceled(symbol: StockSymbol | undefined): Promise<boolean> {
    return this.#until(() => this.#deps.cancelling.open(symbol).length === 0)
  }

  async #until(isDone: () => boolean): Promise<boolean> {
    const { tradingLog, clock } = this.#deps
    const until = clock.now() + CANCELED_WITHIN_MS
    for (let looks = 1; !isDone(); looks++) {
      if (tradingLog.isAway || clock.now() >= until) return false
      await pause(this.#deps.clock, POLL_MS)
      if (looks % 4 === 0) await this.#deps.compare()
    }
    return true
  }

  #close(intent: string, symbol: StockSymbol, isLong: boolean, shares: Quantity): Promise<OrderAnswer> {
    const { market, placing } = this.#deps
    return placing.exit(intent, exitDraft(symbol, isLong, shares, market.session(), market.row(symbol)))
  }

  /** What the exchange still holds, once nothing or for long enough. */
  async #untilFlat(): Promise<readonly Position[]> {
    const until = this.#deps.clock.now() + FLAT_WITHIN_MS
    for (;;) {
      const positions = await this.#deps.client.getPositions()
      if (positions.length === 0 || this.#deps.clock.now() >= until) return positions
      await pause(this.#deps.clock, POLL_MS)
    }
  }
}
