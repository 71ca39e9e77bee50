import { randomUUID } from 'node:crypto'
import { isExchangeClosed } from '#shared/exchange-calendar'
import { ok } from '#shared/result'
import { isClosed, type OrderDraft } from '#shared/trading/order'
import type { OrderProblem } from '#shared/trading/problem'
import { toSignedDecimal, type StockSymbol } from '#shared/units'
import { Decimal } from 'decimal.js'
import { AlpacaError } from '#alpaca'
import { pause, type Clock } from '#process/clock'
import type { Log } from '#process/log'
import type { MarketView, OrderNotice, TradingClient } from '../deps.ts'
import type { TradingLog } from '../event-log/trading-log.ts'
import type { TradingHandlers } from '../handlers.ts'
import { sharesOf } from '../reconciliation/exchange-order.ts'
import type { Applied, OrderRecord } from '../state/index.ts'
import { orderView } from '../views/order-view.ts'
import { checkDraft, openProblems, type RiskContext } from '../../risk/index.ts'
import type { Denials } from './denials.ts'
import { exitDraft } from './exit-draft.ts'
import { heldPositions } from './held-positions.ts'
import { orderDenial, type OrderGateway } from './order-gateway.ts'
import type { PositionCloser } from './position-closer.ts'
import { databaseAway, refused, refusedFor, sentencesOf, type OrderAnswer } from './refused.ts'

interface PositionReverserDeps {
  readonly tradingLog: TradingLog
  readonly client: Pick<TradingClient, 'getPositions'>
  readonly market: MarketView
  readonly placing: OrderGateway
  readonly closing: PositionCloser
  readonly denials: Denials
  readonly context: (symbol: StockSymbol) => RiskContext
  /** Compares with the exchange, so that what happened is known immediately. */
  readonly compare: () => Promise<void>
  readonly onNotice: (notice: OrderNotice) => void
  readonly clock: Clock
  readonly log: Log
}

type ReverseRequest = Parameters<TradingHandlers['reverse']>[0]

/** How long the close may take: an entry at a price of much later is not what the trader wanted. */
const FLAT_WITHIN_MS = 15_000
const POLL_MS = 250
/** After how many looks to compare with the exchange. */
const COMPARE_EVERY = 8

/**
 * Turns a position around: closes it, and only once the exchange says flat, opens the opposite one by an order that passes
 * all checks. The closing order names the one to follow, so that a crash in between is noticed: it never continues by
 * itself.
 */
export class PositionReverser {
  readonly #deps: PositionReverserDeps
  readonly #reversing = new Map<StockSymbol, Promise<OrderAnswer>>()
  /** The orders that a reverse which runs is to send. */
  readonly #awaited = new Set<string>()

  constructor(deps: PositionReverserDeps) {
    this.#deps = deps
  }

  /** Implements the contract's call. A repeated call while one runs joins it. */
  readonly calls: Pick<TradingHandlers, 'reverse'> = {
    reverse: (request) => {
      const underway = this.#reversing.get(request.symbol)
      if (underway !== undefined) return underway
      const intent = request.intent.toLowerCase()
      this.#awaited.add(intent)
      const answer = this.#reverse({ ...request, intent }).finally(() => {
        this.#reversing.delete(request.symbol)
        this.#awaited.delete(intent)
      })
      this.#reversing.set(request.symbol, answer)
      return answer
    },
  }

  /** Learns what an event changed: the closing order of a reverse that no longer runs may have ended. */
  applied({ order }: Applied): void {
    if (order?.opens !== undefined && isClosed(order)) this.settle()
  }

  /** Ends every reverse that a crash cut short: the order that was to follow is recorded as not sent, and told. */
  settle(): void {
    const { orders } = this.#deps.tradingLog.accountState
    for (const closing of orders.values())
      if (closing.opens !== undefined && isClosed(closing) && !orders.has(closing.opens))
        this.#settleOne(closing, closing.opens).catch((cause: unknown) =>
          this.#deps.log.error({ err: cause, id: closing.id }, 'A reverse that was cut short is not settled'),
        )
  }

  async #settleOne(closing: OrderRecord, intent: string): Promise<void> {
    if (closing.draft === undefined || this.#awaited.has(intent)) return
    const { title, body } = describeCutShort(closing)
    const isRecorded = await this.#stop(intent, closing.draft, `${title}. ${body}`)
    const { symbol } = closing.terms
    if (isRecorded)
      this.#deps.onNotice({ kind: 'not-reversed', key: `reverse ${symbol}`, title, body, symbol })
  }

  async #reverse({ intent, symbol, ...request }: ReverseRequest): Promise<OrderAnswer> {
    // It is the same as the closing order, and that is not a slip.
    const accepted = [...request.accepted, 'DUPLICATE_ORDER']
    const { tradingLog, market, denials, closing, placing } = this.#deps
    const known = tradingLog.accountState.orders.get(intent)
    if (known !== undefined) return ok(orderView(known, tradingLog.accountState))
    if (!tradingLog.isOpen) return databaseAway()
    const held = tradingLog.accountState.holdings.get(symbol)?.quantity ?? new Decimal(0)
    if (held.isZero()) return refusedFor('NO_POSITION', `No ${symbol} position.`)
    const draft = () =>
      exitDraft(symbol, held.isPositive(), sharesOf(held.abs()), market.session(), market.row(symbol))
    const problems = isExchangeClosed(market.session().phase)
      ? [MARKET_CLOSED]
      : openProblems(checkDraft(draft(), asIfFlat(this.#deps.context(symbol))), accepted)
    const closed =
      problems.length > 0
        ? refused(problems)
        : await closing.closeFor(intent, { intent: randomUUID(), symbol })
    if (!closed.ok) {
      await denials.record(orderDenial(intent, draft(), accepted), closed.error.problems)
      return closed
    }
    const obstacle = await this.#untilFlat(symbol, closed.value.id)
    if (obstacle !== undefined) return this.#stopped(intent, draft(), obstacle)
    const answer = await placing.enter(intent, draft(), accepted, () =>
      this.#isFlatHere(symbol) ? [] : [stoppedFor(`${symbol} changed in between.`)],
    )
    if (answer.ok) return answer
    return this.#stopped(intent, draft(), describeNotOpened(symbol, answer.error.problems))
  }

  async #stopped(intent: string, draft: OrderDraft, sentence: string): Promise<OrderAnswer> {
    await this.#stop(intent, draft, sentence)
    return refused([stoppedFor(sentence)])
  }

  /** Records that the order which was to follow is not sent, unless it is in the log; answers whether it did. */
  async #stop(intent: string, draft: OrderDraft, sentence: string): Promise<boolean> {
    let isNew = false
    const isWritten = await this.#deps.tradingLog.record(({ orders }) => {
      isNew = !orders.has(intent)
      if (!isNew) return []
      const { stream, event } = orderDenial(intent, draft, [])
      const problems = [{ code: 'REVERSE_STOPPED', sentence }]
      return [{ stream, events: [event({ version: 1, by: { kind: 'trader' }, problems })] }]
    })
    return isWritten && isNew
  }

  /** Waits until the exchange says flat and the account's figures include it; why it stops, if they do not. */
  async #untilFlat(symbol: StockSymbol, closingId: string): Promise<string | undefined> {
    const { tradingLog, clock, compare, context } = this.#deps
    const until = clock.now() + FLAT_WITHIN_MS
    for (let looks = 1; ; looks++) {
      const closing = tradingLog.accountState.orders.get(closingId)
      if (closing === undefined || (isClosed(closing) && closing.state !== 'filled'))
        return `${symbol} not closed; reverse not completed. ${closing?.problem ?? 'The closing order ended without filling.'}`
      const isReported = (context(symbol).account?.asOf ?? 0) >= closing.updatedAt
      if (isClosed(closing) && isReported && this.#isFlatHere(symbol) && (await this.#isFlatThere(symbol)))
        return undefined
      if (tradingLog.isAway || clock.now() >= until)
        return `${symbol} is not confirmed flat after ${FLAT_WITHIN_MS / 1_000} s; reverse not completed. Check its orders and position.`
      await pause(clock, POLL_MS)
      if (looks % COMPARE_EVERY === 0) await compare()
    }
  }

  /** Whether our account state has neither a position nor an open order in the symbol. */
  #isFlatHere(symbol: StockSymbol): boolean {
    const { holdings, openOrders } = this.#deps.tradingLog.accountState
    const isHeld = holdings.get(symbol)?.quantity.isZero() === false
    return !isHeld && openOrders.every(({ terms }) => terms.symbol !== symbol)
  }

  /** Whether the exchange says that it holds none of the symbol. */
  async #isFlatThere(symbol: StockSymbol): Promise<boolean> {
    try {
      const { rows, unreadable } = await heldPositions(this.#deps.client)
      return [...rows, ...unreadable].every((row) => row.symbol !== undefined && row.symbol !== symbol)
    } catch (cause) {
      if (!(cause instanceof AlpacaError)) throw cause
      this.#deps.log.warn({ kind: cause.kind, symbol }, 'Positions could not be read while reversing')
      return false
    }
  }
}

/** The context once the symbol's position and orders are gone, with the buying power that closing frees. */
function asIfFlat(context: RiskContext): RiskContext {
  const { position, account, openOrders, ...rest } = context
  const symbol = position?.symbol
  const freed = new Decimal(position?.marketValue ?? 0).abs()
  return {
    ...rest,
    openOrders: openOrders.filter((order) => order.symbol !== symbol),
    ...(account && {
      account: { ...account, buyingPower: toSignedDecimal(freed.plus(account.buyingPower)) },
    }),
  }
}

const MARKET_CLOSED: OrderProblem = {
  code: 'MARKET_CLOSED',
  level: 'refuse',
  sentence: 'Market closed. Reverse works only while it trades.',
}

const stoppedFor = (sentence: string): OrderProblem => ({
  code: 'REVERSE_STOPPED',
  level: 'refuse',
  sentence,
})

const describeNotOpened = (symbol: StockSymbol, problems: readonly OrderProblem[]): string =>
  `${symbol} closed; reverse not completed. ${sentencesOf(problems)}`

const describeCutShort = ({ state, terms: { symbol } }: OrderRecord): { title: string; body: string } => ({
  title: `${symbol} ${state === 'filled' ? 'closed' : 'not closed'}; reverse not completed`,
  body: 'Signal was restarted in between; the opposite order was not sent.',
})
