import { randomUUID } from 'node:crypto'
import { Decimal } from 'decimal.js'
import type { FlattenResult, OrderRefusal } from '#shared/ipc/contract'
import { ok, type Result } from '#shared/result'
import { stockSymbol, type Quantity, type StockSymbol } from '#shared/units'
import { AlpacaError, type Position } from '../alpaca/index.ts'
import type { Clock } from '../clock.ts'
import type { Cancelling } from './cancelling.ts'
import { sharesOf } from './exchange-order.ts'
import { exitDraft } from './exit-draft.ts'
import type { Journal } from './journal.ts'
import type { Placing } from './placing.ts'
import type { MarketView, TradingClient } from './ports.ts'
import { problemsOfError } from './refusals.ts'
import { refused, refusedFor, type OrderAnswer } from './refused.ts'

interface ExitingParts {
  readonly journal: Journal
  readonly client: TradingClient
  readonly market: MarketView
  readonly placing: Placing
  readonly cancelling: Cancelling
  /** Compares with the exchange, so that what happened is known at once. */
  readonly look: () => Promise<void>
  readonly clock: Clock
}

/** How long a cancel is waited for before the shares are sold, and a close before it is told that it is not done. */
const CANCELED_WITHIN_MS = 10_000
const FLAT_WITHIN_MS = 15_000
const POLL_MS = 250

/** Closes positions. Limits do not hold exits back, and neither does a halt. */
export class Exiting {
  readonly #parts: ExitingParts

  constructor(parts: ExitingParts) {
    this.#parts = parts
  }

  /** Closes a position at the market, or a part of it; working exits that hold its shares are canceled first. */
  async closePosition(request: {
    readonly intent: string
    readonly symbol: StockSymbol
    readonly quantity?: Quantity | undefined
  }): Promise<OrderAnswer> {
    const { intent, symbol } = request
    const { journal, cancelling } = this.#parts
    const held = journal.books.holdings.get(symbol)?.quantity ?? new Decimal(0)
    if (held.isZero() && !journal.books.orders.has(intent))
      return refusedFor('NO_POSITION', `Nothing is held of ${symbol}.`)
    const exitSide = held.isNegative() ? 'buy' : 'sell'
    const holdsShares = cancelling.open(symbol).some(({ terms }) => terms.side === exitSide)
    if (holdsShares && !(await this.#cancelFirst(symbol)))
      return refusedFor(
        'QUANTITY_HELD',
        `Working orders hold the shares of ${symbol}, and the exchange has not canceled them yet. Try again.`,
      )
    const left = journal.books.holdings.get(symbol)?.quantity ?? new Decimal(0)
    const shares = Decimal.min(request.quantity ?? left.abs(), left.abs())
    if (shares.isZero()) return refusedFor('NO_POSITION', `Nothing is held of ${symbol} any more.`)
    return this.#close(intent, symbol, left.isPositive(), sharesOf(shares))
  }

  /** Cancels all orders and closes all positions, and looks at the exchange whether it is so. */
  async flatten(): Promise<Result<FlattenResult, OrderRefusal>> {
    try {
      const { canceled, closed } = this.#parts.journal.isAway
        ? await this.#flattenUnnoted()
        : await this.#flattenNoted()
      const left = await this.#untilFlat()
      await this.#parts.look()
      return ok(describe(canceled, closed, left))
    } catch (cause) {
      if (!(cause instanceof AlpacaError)) throw cause
      return refused(problemsOfError(cause, undefined))
    }
  }

  /** Each closing order is noted before it is sent, like any other. What is held is asked of the exchange. */
  async #flattenNoted(): Promise<{ readonly canceled: number; readonly closed: number }> {
    const canceled = await this.#parts.cancelling.cancelAll(undefined)
    await this.#untilCanceled(undefined)
    const positions = await this.#parts.client.getPositions()
    for (const { symbol, side, qty } of positions) {
      const known = stockSymbol.safeParse(symbol)
      if (known.success) await this.#close(randomUUID(), known.data, side === 'long', sharesOf(qty.abs()))
    }
    return { canceled: canceled.ok ? canceled.value : 0, closed: positions.length }
  }

  /** Without a database there is no note, but getting out does not wait for it: one call closes everything. */
  async #flattenUnnoted(): Promise<{ readonly canceled: number; readonly closed: number }> {
    const canceled = await this.#parts.client.cancelAllOrders()
    const closed = await this.#parts.client.closeAllPositions({ cancelOrders: true })
    return { canceled: canceled.length, closed: closed.length }
  }

  async #cancelFirst(symbol: StockSymbol): Promise<boolean> {
    await this.#parts.cancelling.cancelAll(symbol)
    return this.#untilCanceled(symbol)
  }

  /** False when orders still work after a while; updates or looks tell. */
  async #untilCanceled(symbol: StockSymbol | undefined): Promise<boolean> {
    const until = this.#parts.clock.now() + CANCELED_WITHIN_MS
    for (let looks = 1; this.#parts.cancelling.open(symbol).length > 0; looks++) {
      if (this.#parts.clock.now() >= until) return false
      await this.#pause()
      if (looks % 4 === 0) await this.#parts.look()
    }
    return true
  }

  #close(intent: string, symbol: StockSymbol, isLong: boolean, shares: Quantity): Promise<OrderAnswer> {
    const { market, placing } = this.#parts
    return placing.exit(intent, exitDraft(symbol, isLong, shares, market.session(), market.row(symbol)))
  }

  /** What the exchange still holds, once nothing or for long enough. */
  async #untilFlat(): Promise<readonly Position[]> {
    const until = this.#parts.clock.now() + FLAT_WITHIN_MS
    for (;;) {
      const positions = await this.#parts.client.getPositions()
      if (positions.length === 0 || this.#parts.clock.now() >= until) return positions
      await this.#pause()
    }
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => void this.#parts.clock.after(POLL_MS, resolve))
  }
}

function describe(canceled: number, closed: number, left: readonly Position[]): FlattenResult {
  const orders = `${canceled} ${canceled === 1 ? 'order' : 'orders'}`
  const positions = `${closed} ${closed === 1 ? 'position' : 'positions'}`
  if (left.length === 0) {
    const sentence =
      canceled + closed === 0
        ? 'There was nothing to cancel or to close. The exchange says you are flat.'
        : `Canceled ${orders} and closed ${positions}. The exchange says you are flat.`
    return { isFlat: true, sentence }
  }
  const held = left
    .map(({ symbol, qty }) => `${qty.abs().toFixed()} ${symbol}${qty.isNegative() ? ' short' : ''}`)
    .join(', ')
  return {
    isFlat: false,
    sentence: `Canceled ${orders}, but the exchange still holds ${held}. The orders to close them are working; look at Orders.`,
  }
}
