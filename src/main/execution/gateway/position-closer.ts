import { randomUUID } from 'node:crypto'
import { Decimal } from 'decimal.js'
import { formatShares } from '#shared/format/shares'
import type { OrderRefusal } from '#shared/ipc/contract'
import { ok, type Result } from '#shared/result'
import { MINUTE_MS } from '#shared/time'
import { describeIntent } from '#shared/trading/describe-order'
import { isClosed, type OrderDraft } from '#shared/trading/order'
import type { OrderProblem } from '#shared/trading/problem'
import type { Quantity, StockSymbol } from '#shared/units'
import { AlpacaError, type UnreadableRow } from '#alpaca'
import { pause, type Clock } from '#process/clock'
import type { Log } from '#process/log'
import type { OrderCanceler } from './order-canceler.ts'
import { sharesOf } from '../reconciliation/exchange-order.ts'
import { exitDraft } from './exit-draft.ts'
import type { TradingLog } from '../event-log/trading-log.ts'
import type { OrderRecord } from '../state/index.ts'
import { orderView } from '../views/order-view.ts'
import type { Denial, Denials } from './denials.ts'
import { orderDenial, type ExitTiming, type OrderGateway } from './order-gateway.ts'
import type { MarketView, OrderNotice, TradingClient } from '../deps.ts'
import type { TradingHandlers } from '../handlers.ts'
import { availableOf, leftOf } from '../views/position-view.ts'
import { problemsOfError } from './refusals.ts'
import { databaseAway, NotSent, refused, refusedFor, type OrderAnswer } from './refused.ts'
import { releaseOf, successorOf, type Release } from './release-shares.ts'

interface PositionCloserDeps {
  readonly tradingLog: TradingLog
  readonly client: TradingClient
  readonly market: MarketView
  readonly placing: OrderGateway
  readonly canceling: OrderCanceler
  readonly denials: Denials
  /** Compares with the exchange, so that what happened is known immediately. */
  readonly compare: () => Promise<void>
  readonly onNotice: (notice: OrderNotice) => void
  readonly clock: Clock
  readonly log: Log
}

type ClosingRequest = Parameters<TradingHandlers['closePosition']>[0]

/** A closing order: its shares, what is held by the account state, and the order that is to follow it. */
interface Closing {
  readonly shares: Decimal
  readonly ours: Decimal
  readonly isPart: boolean
  readonly opens: string | undefined
}

/** How long to wait for cancels before giving up the close. */
const CANCELED_WITHIN_MS = 10_000
const POLL_MS = 250
/** How long to stay after exits whose cancel hangs. */
const RESTORED_WITHIN_MS = 30 * MINUTE_MS
const SLOW_POLL_MS = 1_000

/** Closes positions. Neither limits nor the kill switch hold exits back. */
export class PositionCloser {
  readonly #deps: PositionCloserDeps
  readonly #closing = new Map<StockSymbol, Promise<OrderAnswer>>()

  constructor(deps: PositionCloserDeps) {
    this.#deps = deps
  }

  /**
   * Implements the contract's call that closes. Before a whole position is closed, the symbol's open orders are canceled:
   * they hold its shares, or would trade against the close. For a part, exits that hold it shrink. A repeated call while
   * one runs joins it.
   */
  readonly calls: Pick<TradingHandlers, 'closePosition'> = {
    closePosition: (request) =>
      this.#closing.get(request.symbol) ?? this.#once(request.symbol, () => this.#closeOrDeny(request)),
  }

  /** Closes a whole position, unless a close of it runs already; `opens` is the order that is to follow. */
  async closeFor(opens: string, { intent, symbol }: ClosingRequest): Promise<OrderAnswer> {
    if (this.#closing.has(symbol)) return refusedFor('QUANTITY_HELD', `${symbol} is being closed already.`)
    return this.#once(symbol, () => this.#closePosition({ intent, symbol, opens }))
  }

  #once(symbol: StockSymbol, run: () => Promise<OrderAnswer>): Promise<OrderAnswer> {
    const answer = run().finally(() => this.#closing.delete(symbol))
    this.#closing.set(symbol, answer)
    return answer
  }

  /** Closes; a refusal is recorded unless its order is in the log with the reason. */
  async #closeOrDeny(request: ClosingRequest): Promise<OrderAnswer> {
    const { tradingLog, denials } = this.#deps
    const answer = await this.#closePosition(request)
    const { intent, symbol, quantity } = request
    if (answer.ok || tradingLog.accountState.orders.has(intent)) return answer
    const held = this.#held(symbol)
    const shares = Decimal.min(held.abs(), quantity ?? held.abs())
    await denials.record(
      held.isZero()
        ? closeDenial(symbol, quantity)
        : orderDenial(intent, this.#draft(symbol, held.isPositive(), shares), []),
      answer.error.problems,
    )
    return answer
  }

  async #closePosition({
    intent,
    symbol,
    quantity,
    opens,
  }: ClosingRequest & { readonly opens?: string }): Promise<OrderAnswer> {
    const { accountState, isOpen } = this.#deps.tradingLog
    const known = accountState.orders.get(intent)
    if (known !== undefined) return ok(orderView(known, accountState))
    if (!isOpen) return databaseAway()
    const held = this.#held(symbol)
    if (held.isZero()) return refusedFor('NO_POSITION', `No ${symbol} position.`)
    const isPart = quantity !== undefined && held.abs().gt(quantity)
    const isLong = held.isPositive()
    const free = isPart ? this.#freeing(symbol, isLong, new Decimal(quantity)) : undefined
    const problem = isPart ? free?.problem : await this.#makeWay(symbol, isLong)
    if (problem !== undefined) return refusedFor('QUANTITY_HELD', problem)
    const ours = this.#heldOn(symbol, isLong)
    const theirs = await this.#heldThere(symbol, isLong)
    if (!theirs.ok) return theirs
    // An exit may have filled while it was canceled, and either list may be older than that.
    const left = Decimal.min(ours, theirs.value)
    const shares = isPart ? Decimal.min(quantity, left) : left
    if (shares.isZero()) return refusedFor('NO_POSITION', `${symbol} position already closed.`)
    if (free?.release === undefined)
      return this.#close(intent, symbol, isLong, { shares, ours, isPart, opens })
    if (left.lt(held.abs())) return refusedFor('QUANTITY_HELD', describeFilled(symbol))
    return this.#closeReleased(intent, symbol, isLong, { shares, ours }, free.release)
  }

  /** Shares held on that side by the exchange: without updates ours may lag, and closing more would reverse it. */
  async #heldThere(symbol: StockSymbol, isLong: boolean): Promise<Result<Decimal, OrderRefusal>> {
    const { client, tradingLog } = this.#deps
    try {
      const { rows, unreadable } = await client.getPositions()
      const held = rows.find((one) => one.symbol === symbol && (one.side === 'long') === isLong)
      const unread = unreadable.find((row) => row.symbol === symbol || row.symbol === undefined)
      if (held === undefined && unread !== undefined) return refusedFor('UNCONFIRMED', describeUnread(unread))
      return ok(held?.qty.abs() ?? new Decimal(0))
    } catch (cause) {
      if (!(cause instanceof AlpacaError)) throw cause
      return refused(problemsOfError(cause, undefined, tradingLog.accountState))
    }
  }

  #held(symbol: StockSymbol): Decimal {
    return this.#deps.tradingLog.accountState.holdings.get(symbol)?.quantity ?? new Decimal(0)
  }

  /** Shares held on that side by the account state. */
  #heldOn(symbol: StockSymbol, isLong: boolean): Decimal {
    const held = this.#held(symbol)
    return held.isPositive() === isLong ? held.abs() : new Decimal(0)
  }

  /** What must happen so that part of a position is free to be closed, or why that cannot be. */
  #freeing(
    symbol: StockSymbol,
    isLong: boolean,
    quantity: Decimal,
  ): { readonly release?: Release; readonly problem?: string } {
    const { accountState } = this.#deps.tradingLog
    const holding = accountState.holdings.get(symbol)
    const free = holding ? availableOf(holding, accountState) : new Decimal(0)
    if (free.gte(quantity)) return {}
    if (this.#isExitUnderway(symbol, isLong)) return { problem: describeUnderway(symbol) }
    const release = releaseOf(accountState, symbol, isLong ? 'sell' : 'buy', quantity.minus(free))
    return release === undefined
      ? {
          problem: free.isZero()
            ? `All ${symbol} shares are committed to open orders. Cancel or reduce them first, or close the whole position.`
            : `Only ${formatShares(free)} ${symbol} shares available. Cancel or reduce the orders on the rest, or close the whole position.`,
        }
      : { release }
  }

  async #makeWay(symbol: StockSymbol, isLong: boolean): Promise<string | undefined> {
    const { canceling } = this.#deps
    if (!(await this.#until(() => !this.#isExitUnderway(symbol, isLong)))) return describeUnderway(symbol)
    if (canceling.open(symbol).length === 0) return undefined
    await canceling.request(symbol)
    return (await this.#until(() => canceling.open(symbol).length === 0))
      ? undefined
      : describeUncanceled(symbol)
  }

  /** Whether an order may be closing it already that cannot be canceled: the exchange is not known to have it. */
  #isExitUnderway(symbol: StockSymbol, isLong: boolean): boolean {
    return this.#deps.canceling
      .unanswered(symbol)
      .some(({ terms: { side } }) => side === (isLong ? 'sell' : 'buy'))
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

  /**
   * Sends the closing order unless, when it is its turn to be recorded, the position has changed or another order is about
   * to close it: both together could turn it around.
   */
  #close(
    intent: string,
    symbol: StockSymbol,
    isLong: boolean,
    { shares, ours, isPart, opens }: Closing,
  ): Promise<OrderAnswer> {
    const check = (): readonly OrderProblem[] => {
      const { accountState } = this.#deps.tradingLog
      const holding = accountState.holdings.get(symbol)
      const free = holding ? availableOf(holding, accountState) : new Decimal(0)
      const isSame = this.#heldOn(symbol, isLong).eq(ours)
      return isSame && free.gte(isPart ? shares : ours) ? [] : [heldProblem(describeBusy(symbol))]
    }
    return this.#deps.placing.exit(intent, this.#draft(symbol, isLong, shares), {
      check,
      ...(opens !== undefined && { opens }),
    })
  }

  /**
   * Sends the closing order for shares that exits hold. Their successors and the closing order are all recorded first, so
   * that a crash in between is noticed: then the exits are canceled, the successors sent, and last the closing order. What
   * an exit sold while it was canceled is not sold again.
   */
  #closeReleased(
    intent: string,
    symbol: StockSymbol,
    isLong: boolean,
    { shares, ours }: { readonly shares: Decimal; readonly ours: Decimal },
    release: Release,
  ): Promise<OrderAnswer> {
    const { placing } = this.#deps
    const recorded = allRecorded(release.again.length + 1)
    const canceled = this.#canceled(symbol, release)
    /** Resolves once this order may be sent: at most so many shares may have been sold meanwhile. */
    const isTime = async (sellable: Decimal): Promise<void> => {
      await recorded.one()
      await canceled()
      if (ours.minus(this.#heldOn(symbol, isLong)).gt(sellable))
        throw new NotSent(heldProblem(describeFilled(symbol)))
    }
    const again = release.again.map((exit) =>
      this.#sendAnew(exit, { isTime: () => isTime(shares) }).finally(recorded.giveUp),
    )
    const closing = placing.exit(intent, this.#draft(symbol, isLong, shares), {
      isTime: async () => {
        await isTime(new Decimal(0))
        await Promise.all(again)
      },
    })
    return closing.finally(recorded.giveUp)
  }

  /** Sends an exit in place of a canceled one, and tells that a trailing stop starts over. */
  async #sendAnew(exit: OrderDraft, timing: ExitTiming = {}): Promise<OrderAnswer> {
    const { placing, onNotice } = this.#deps
    const answer = await placing.exit(randomUUID(), exit, timing)
    if (answer.ok && exit.type === 'trailing_stop') onNotice(trailingAnew(exit))
    return answer
  }

  #draft(symbol: StockSymbol, isLong: boolean, shares: Decimal): OrderDraft {
    const { market } = this.#deps
    return exitDraft(symbol, isLong, sharesOf(shares), market.session(), market.row(symbol))
  }

  /**
   * Cancels these exits once, and resolves when the exchange has; throws if it does not. Those that it cancels after all
   * are then sent anew, so that the position keeps them.
   */
  #canceled(symbol: StockSymbol, { cancel }: Release): () => Promise<void> {
    const { canceling, tradingLog, log } = this.#deps
    const exits = cancel.flat()
    const isOpen = () => {
      const open = new Set(tradingLog.accountState.openOrders.map(({ id }) => id))
      return exits.some(({ id }) => open.has(id))
    }
    const run = async (): Promise<void> => {
      await Promise.all(exits.map(async ({ id }) => canceling.cancelToResend(id)))
      if (await this.#until(() => !isOpen())) return
      for (const group of cancel)
        this.#restore(symbol, group).catch((cause: unknown) =>
          log.error({ err: cause, symbol }, 'Exits that were canceled late could not be sent anew'),
        )
      throw new NotSent(heldProblem(describeUncanceled(symbol)))
    }
    let running: Promise<void> | undefined
    return () => (running ??= run())
  }

  /** Sends exits anew once the exchange has canceled them, for what they held and nothing else holds by then. */
  async #restore(symbol: StockSymbol, group: readonly OrderRecord[]): Promise<void> {
    const { tradingLog, clock, canceling } = this.#deps
    const now = () => group.map((order) => tradingLog.accountState.orders.get(order.id) ?? order)
    const isSettled = () => now().every((order) => isClosed(order) || order.cancelRequestedAt === undefined)
    const until = clock.now() + RESTORED_WITHIN_MS
    do {
      await pause(clock, SLOW_POLL_MS)
      if (!tradingLog.isOpen || clock.now() >= until) return
    } while (this.#closing.has(symbol) || !isSettled())
    const holding = tradingLog.accountState.holdings.get(symbol)
    if (holding === undefined || !now().every(({ state }) => state === 'canceled')) return
    if (group.some(({ id }) => canceling.isUnwanted(id))) return
    const exit = successorOf(
      group,
      Decimal.min(...now().map(leftOf), availableOf(holding, tradingLog.accountState)).floor(),
    )
    const isExit = holding.quantity.isPositive() === (exit.side === 'sell')
    if (isExit && exit.quantity !== undefined && new Decimal(exit.quantity).gt(0)) await this.#sendAnew(exit)
  }
}

/** Lets orders wait for each other until all so many are recorded; `giveUp` keeps them from being sent if one is not. */
function allRecorded(count: number): { readonly one: () => Promise<void>; readonly giveUp: () => void } {
  let resolve: () => void = () => {}
  let reject: (why: NotSent) => void = () => {}
  const promise = new Promise<void>((...both) => ([resolve, reject] = both))
  promise.catch(() => {}) // whoever waits for it hears of it
  let waiting = 0
  return {
    one: async () => {
      waiting += 1
      if (waiting === count) resolve()
      await promise
    },
    giveUp: () => reject(new NotSent(NOT_RECORDED)),
  }
}

const NOT_RECORDED: OrderProblem = {
  code: 'DATABASE_AWAY',
  level: 'refuse',
  sentence: 'Not sent: the orders of this close could not all be recorded.',
}

const trailingAnew = (exit: OrderDraft): OrderNotice => ({
  kind: 'trailing-anew',
  key: `trail ${exit.symbol}`,
  title: `${describeIntent(exit)}: trailing stop resent`,
  body: 'The remaining shares got a new trailing stop. It trails from the current price; the old high-water mark is lost.',
  symbol: exit.symbol,
})

/** A close that was refused because nothing is held, so that there isn't an order to deny. */
const closeDenial = (symbol: StockSymbol, wanted: Quantity | undefined): Denial => ({
  stream: 'account',
  event: (refusal) => ({
    type: 'PositionCloseDenied',
    payload: { ...refusal, symbol, ...(wanted !== undefined && { quantity: wanted }) },
  }),
})

const heldProblem = (sentence: string): OrderProblem => ({ code: 'QUANTITY_HELD', level: 'refuse', sentence })

const describeFilled = (symbol: StockSymbol): string =>
  `${symbol} filled in between. Check the position and its exits, then close what’s left.`

const describeUnread = ({ of, problem }: UnreadableRow): string =>
  `Alpaca’s row for ${of} is unreadable (${problem}); position unknown. Close it in Alpaca.`

const describeBusy = (symbol: StockSymbol): string =>
  `Another ${symbol} order came in between; closing could flip the position. Check it and retry.`

const describeUnderway = (symbol: StockSymbol): string =>
  `${symbol} order unconfirmed. Sending another could flip the position. Wait or flatten.`

const describeUncanceled = (symbol: StockSymbol): string => `${symbol} orders not canceled yet. Retry.`
