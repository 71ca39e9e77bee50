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
  readonly canceling: OrderCanceler
  /** Compares with the exchange, so that what happened is known immediately. */
  readonly compare: () => Promise<void>
  readonly clock: Clock
}

/** How long to wait for cancels before giving up the close, and for a flat account before reporting what is left. */
const CANCELED_WITHIN_MS = 10_000
const FLAT_WITHIN_MS = 15_000
const POLL_MS = 250

/** Closes positions. Neither limits nor the kill switch hold exits back. */
export class PositionCloser {
  readonly #deps: PositionCloserDeps
  readonly #closing = new Map<StockSymbol, Promise<OrderAnswer>>()
  #flattening: Promise<Result<FlattenResult, OrderRefusal>> | undefined

  constructor(deps: PositionCloserDeps) {
    this.#deps = deps
  }

  /**
   * Implements the contract's calls that close. Before a whole position is closed, the symbol's open orders are canceled:
   * they hold its shares, or would trade against the close. A repeated call while one runs joins it.
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

  /** Shares held on that side by the exchange: without updates ours may lag, and closing more would reverse it. */
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

  /** Why part of a position cannot be closed: its exits stay open, so only shares that none of them holds are free. */
  #whyNotPart(symbol: StockSymbol, quantity: Quantity): string | undefined {
    const { accountState } = this.#deps.tradingLog
    const holding = accountState.holdings.get(symbol)
    const free = holding ? availableOf(holding, accountState) : new Decimal(0)
    return free.gte(quantity)
      ? undefined
      : `Working exits hold all but ${formatShares(free)} shares of ${symbol}. Cancel or change them first, or close the whole position.`
  }

  async #makeWay(symbol: StockSymbol, isLong: boolean): Promise<string | undefined> {
    const { canceling } = this.#deps
    if (!(await this.#until(() => !this.#isExitUnderway(symbol, isLong))))
      return `It is not known yet whether an order in ${symbol} arrived. With another one the position could turn around. Wait until it is found, or flatten.`
    if (canceling.open(symbol).length === 0) return undefined
    await canceling.cancelAll(symbol)
    return (await this.#untilCanceled(symbol))
      ? undefined
      : `Orders in ${symbol} still work: the exchange has not canceled them yet. Try again.`
  }

  /** Whether an order may be closing it already that cannot be canceled: the exchange is not known to have it. */
  #isExitUnderway(symbol: StockSymbol, isLong: boolean): boolean {
    return [...this.#deps.tradingLog.accountState.orders.values()].some(
      (order) =>
        order.exchangeId === undefined &&
        !isClosed(order) &&
        order.terms.symbol === symbol &&
        order.terms.side === (isLong ? 'sell' : 'buy'),
    )
  }

  /** Cancels all orders, closes all positions, and checks the result at the exchange. */
  async #flatten(): Promise<Result<FlattenResult, OrderRefusal>> {
    try {
      const recorded = await this.#flattenRecorded()
      if (recorded?.ok === false) return recorded
      const flattened = recorded?.value ?? (await this.#flattenUnrecorded())
      const left = await this.#untilFlat()
      if (this.#deps.tradingLog.isOpen) await this.#deps.compare()
      return ok(describeFlatten(flattened, left))
    } catch (cause) {
      if (!(cause instanceof AlpacaError)) throw cause
      return refused(problemsOfError(cause, undefined))
    }
  }

  /**
   * Flattens with each closing order recorded before it is sent, like any other; the positions are the exchange's.
   * Nothing if the database is away: the rest must be done without it. Fails immediately if the exchange is unreachable.
   */
  async #flattenRecorded(): Promise<Result<Flattened, OrderRefusal> | undefined> {
    const { tradingLog, canceling } = this.#deps
    if (!tradingLog.isAtHand || tradingLog.accountState.account === undefined) return undefined
    const canceled = await canceling.cancelAll(undefined)
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

  /** Flattens without a database: nothing is recorded in advance, and one call closes everything. */
  async #flattenUnrecorded(): Promise<Flattened> {
    const canceled = await this.#deps.client.cancelAllOrders()
    const closed = await this.#deps.client.closeAllPositions({ cancelOrders: true })
    const refused = closed.flatMap(({ of, message }) => (message === undefined ? [] : `${of}: ${message}.`))
    return { canceled: canceled.length, closed: closed.length - refused.length, refused }
  }

  /** Waits for cancels; false if orders stay open. Updates and comparisons report them, and need the database. */
  #untilCanceled(symbol: StockSymbol | undefined): Promise<boolean> {
    return this.#until(() => this.#deps.canceling.open(symbol).length === 0)
  }

  async #until(isDone: () => boolean): Promise<boolean> {
    const { tradingLog, clock } = this.#deps
    const until = clock.now() + CANCELED_WITHIN_MS
    for (let polls = 1; !isDone(); polls++) {
      if (tradingLog.isAway || clock.now() >= until) return false
      await pause(this.#deps.clock, POLL_MS)
      if (polls % 4 === 0) await this.#deps.compare()
    }
    return true
  }

  #close(intent: string, symbol: StockSymbol, isLong: boolean, shares: Quantity): Promise<OrderAnswer> {
    const { market, placing } = this.#deps
    return placing.exit(intent, exitDraft(symbol, isLong, shares, market.session(), market.row(symbol)))
  }

  /** What the exchange still holds once it is flat or the wait is over. */
  async #untilFlat(): Promise<readonly Position[]> {
    const until = this.#deps.clock.now() + FLAT_WITHIN_MS
    for (;;) {
      const positions = await this.#deps.client.getPositions()
      if (positions.length === 0 || this.#deps.clock.now() >= until) return positions
      await pause(this.#deps.clock, POLL_MS)
    }
  }
}
