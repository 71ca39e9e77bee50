import { Decimal } from 'decimal.js'
import type { FlattenResult, OrderRefusal } from '#shared/ipc/contract'
import { ok, type Result } from '#shared/result'
import { describeIntent } from '#shared/trading/describe-order'
import { MINUTE_MS } from '#shared/time'
import type { OrderProblem } from '#shared/trading/problem'
import type { StockSymbol } from '#shared/units'
import { AlpacaError, type Listing, type Position } from '#alpaca'
import { pause, type Clock } from '#process/clock'
import type { Log } from '#process/log'
import type { MarketView, TradingClient } from '../deps.ts'
import type { TradingLog } from '../event-log/trading-log.ts'
import { stockOf } from '../reconciliation/exchange-order.ts'
import type { OrderRecord } from '../state/index.ts'
import { describeFlatten, isFlat, type Flattened, type Left } from './describe-flatten.ts'
import { flattenUnrecorded } from './flatten-unrecorded.ts'
import { isCloser, newProgress, type FlattenProgress } from './flatten-progress.ts'
import { FreePositionCloser } from './free-position-closer.ts'
import type { Cancelable, OrderCanceler } from './order-canceler.ts'
import type { OrderGateway } from './order-gateway.ts'
import { pursueOrders, type Pursued } from './pursue-orders.ts'
import { problemsOfError } from './refusals.ts'
import { refused, sentencesOf } from './refused.ts'

interface FlattenerDeps {
  readonly tradingLog: TradingLog
  readonly client: TradingClient
  readonly market: MarketView
  readonly placing: OrderGateway
  readonly canceling: OrderCanceler
  /** Whether the call that sends this order is still running. */
  readonly isUnderway: (id: string) => boolean
  /** Compares with the exchange, so that what happened is known immediately. */
  readonly compare: () => Promise<void>
  readonly clock: Clock
  readonly log: Log
}

/** How long to wait for a flat account before reporting what is left; longer while an order is unanswered. */
const FLAT_WITHIN_MS = 15_000
const ANSWERED_WITHIN_MS = MINUTE_MS
/** How long a cancel that was refused is not repeated: each takes two requests of the few that Alpaca allows. */
const CANCEL_AGAIN_MS = 2_000
/**
 * How long between two looks at the positions, and between two comparisons, by how long the flatten has taken: Alpaca allows
 * 200 requests a minute, and a comparison takes six.
 */
const PACES = [
  { untilMs: 5_000, lookMs: 250, compareMs: 2_000 },
  { untilMs: FLAT_WITHIN_MS, lookMs: 1_000, compareMs: 2_000 },
  { untilMs: Infinity, lookMs: 2_000, compareMs: 5_000 },
] as const

/**
 * Cancels everything and closes everything, and says flat only when the exchange holds nothing and nothing is on its way
 * that could change it. An order without an answer is waited for: a second sale beside it could turn the position around.
 */
export class Flattener {
  readonly #deps: FlattenerDeps
  readonly #closing: FreePositionCloser
  #flattening: Promise<Result<FlattenResult, OrderRefusal>> | undefined

  constructor(deps: FlattenerDeps) {
    this.#deps = deps
    this.#closing = new FreePositionCloser(deps)
  }

  /** Whether a flatten has not answered yet; nothing may be opened meanwhile. */
  get isUnderway(): boolean {
    return this.#flattening !== undefined
  }

  /** Flattens; a repeated call while one runs joins it. */
  flatten(): Promise<Result<FlattenResult, OrderRefusal>> {
    this.#flattening ??= this.#flatten().finally(() => {
      this.#flattening = undefined
    })
    return this.#flattening
  }

  async #flatten(): Promise<Result<FlattenResult, OrderRefusal>> {
    const { tradingLog, compare, clock } = this.#deps
    const progress = newProgress(clock.now())
    try {
      const recorded = await this.#flattenRecorded(progress)
      if (recorded !== undefined && !recorded.ok) return recorded
      const unrecorded =
        recorded === undefined
          ? await flattenUnrecorded(this.#deps, progress.asked, progress.sent)
          : undefined
      // Before anything is said about it: what became of the orders may not be known yet.
      if (tradingLog.isOpen) await compare()
      const { flattened, left } = unrecorded ?? {
        flattened: this.#flattened(progress),
        left: recorded?.value ?? NOTHING_KNOWN,
      }
      return ok(describeFlatten(flattened, left))
    } catch (cause) {
      if (!(cause instanceof AlpacaError)) throw cause
      // What was done before is not taken back by a later failure.
      if (progress.asked.size + progress.sent.length > 0)
        return ok(describeFlatten(this.#flattened(progress), NOTHING_KNOWN))
      return cause.outcome === 'unknown'
        ? refused([NO_ANSWER])
        : refused(problemsOfError(cause, undefined, tradingLog.accountState))
    }
  }

  /** What came of what was asked, as far as the account state knows. */
  #flattened({ asked, waitedFor, sent, refused, closers }: FlattenProgress): Flattened {
    const { accountState } = this.#deps.tradingLog
    const orderOf = (id: string) => accountState.orders.get(id)
    const ids = new Set([...[...asked].map((id) => accountState.idOf(id) ?? ''), ...waitedFor])
    const canceled = [...ids].filter((id) => orderOf(id)?.state === 'canceled')
    const hasFilled = (id: string) => new Decimal(orderOf(id)?.filledQuantity ?? 0).gt(0)
    const closed = [...closers.values()].filter((ids) => ids.some(hasFilled))
    return { asked: ids.size, canceled: canceled.length, sent: sent.length, closed: closed.length, refused }
  }

  /**
   * Flattens with each closing order recorded before it is sent, like any other; the positions are the exchange's.
   * Nothing if the database is away: the rest must be done without it. Fails immediately if the exchange is unreachable.
   */
  async #flattenRecorded(progress: FlattenProgress): Promise<Result<Left, OrderRefusal> | undefined> {
    const { tradingLog, canceling, clock } = this.#deps
    if (!tradingLog.isAtHand || tradingLog.accountState.account === undefined) return undefined
    const canceled = await canceling.request(undefined)
    if (!canceled.ok && canceled.error.problems.some(({ code }) => code === 'NOT_CONNECTED')) return canceled
    if (canceled.ok) for (const id of canceled.value) progress.asked.add(id)
    else progress.refused.push(sentencesOf(canceled.error.problems))
    progress.waitedFor = new Set(this.#unanswered(progress).map(({ id }) => id))
    let comparedAt = clock.now()
    for (;;) {
      if (tradingLog.isAway) return undefined
      const left = await this.#step(progress)
      if (isFlat(left) || clock.now() >= this.#deadline(progress)) {
        const undone = [...this.#unanswered(progress), ...this.#open(progress)]
        const ids = new Set([...progress.waitedFor, ...undone.map(({ id }) => id)])
        const inDoubt = new Set(undone.map(({ terms }) => terms.symbol))
        if (ids.size > 0) this.#pursue(progress, { ids, inDoubt })
        return ok({ ...left, later: [...new Set(this.#open(progress).map(({ terms }) => terms.symbol))] })
      }
      const { lookMs, compareMs } = paceAt(clock.now() - progress.startedAt)
      await pause(clock, lookMs)
      if (clock.now() - comparedAt < compareMs) continue
      comparedAt = clock.now()
      await this.#deps.compare()
    }
  }

  /** Until when to wait: an order without an answer holds up the close of its symbol, which takes its time afterward. */
  #deadline(progress: FlattenProgress): number {
    if (this.#unanswered(progress).length === 0) return progress.answeredAt + FLAT_WITHIN_MS
    progress.answeredAt = this.#deps.clock.now()
    return progress.startedAt + ANSWERED_WITHIN_MS
  }

  /** Cancels what has shown up, closes what is free to be closed, and looks at what is left. */
  async #step(progress: FlattenProgress): Promise<Left> {
    for (const order of this.#open(progress))
      if (await this.#cancel(order, progress)) progress.asked.add(order.exchangeId)
    const positions = await this.#closing.closeAll(progress)
    const needless = await this.#cancelNeedless(positions, progress)
    return {
      ...(positions && { positions }),
      unanswered: this.#unanswered(progress).map(nameOf),
      open: [...this.#open(progress), ...needless].map(nameOf),
      closing: this.#symbolsClosing(progress),
      later: [],
      isRecordRead: true,
    }
  }

  /**
   * Cancels its own orders that have nothing left to close, since they would turn the position around; most of them were
   * just filled. Returns those that are not known to be over.
   */
  async #cancelNeedless(
    positions: Listing<Position> | undefined,
    progress: FlattenProgress,
  ): Promise<readonly OrderRecord[]> {
    if (positions === undefined || positions.unreadable.length > 0) return []
    const held = new Set(positions.rows.map(stockOf))
    const needless = () =>
      this.#deps.tradingLog.accountState.openOrders.filter(
        ({ id, terms }) => isCloser(progress, id) && !held.has(terms.symbol),
      )
    for (const order of needless()) await this.#cancel(order, progress)
    return needless()
  }

  /** Asks to cancel an order, and again only after a while if that is refused; answers whether the exchange took it. */
  async #cancel({ id, cancelRequestedAt }: OrderRecord, { askedAt }: FlattenProgress): Promise<boolean> {
    const now = this.#deps.clock.now()
    if (cancelRequestedAt !== undefined || now - (askedAt.get(id) ?? -Infinity) < CANCEL_AGAIN_MS)
      return false
    askedAt.set(id, now)
    return (await this.#deps.canceling.calls.cancel(id)).ok
  }

  /** Symbols in which an order that closes the position is open. */
  #symbolsClosing(progress: FlattenProgress): ReadonlySet<StockSymbol> {
    const { openOrders } = this.#deps.tradingLog.accountState
    return new Set(openOrders.filter(({ id }) => isCloser(progress, id)).map(({ terms }) => terms.symbol))
  }

  /** Open orders that the exchange has, apart from the closing ones. */
  #open(progress: FlattenProgress): readonly Cancelable[] {
    return this.#deps.canceling.open(undefined).filter(({ id }) => !isCloser(progress, id))
  }

  /** Orders of which nobody knows yet whether the exchange has them. */
  #unanswered(progress: FlattenProgress): readonly OrderRecord[] {
    return this.#deps.canceling.unanswered(undefined).filter(({ id }) => !isCloser(progress, id))
  }

  /** Stays after these orders in the background. */
  #pursue(progress: FlattenProgress, pursued: Pursued): void {
    pursueOrders({ ...this.#deps, closing: this.#closing }, progress, pursued).catch((cause: unknown) =>
      this.#deps.log.error(
        { err: cause },
        'Orders that were unanswered when a flatten ended are not pursued',
      ),
    )
  }
}

const paceAt = (sinceMs: number): (typeof PACES)[number] =>
  PACES.find(({ untilMs }) => sinceMs < untilMs) ?? PACES[2]

const NO_ANSWER: OrderProblem = {
  code: 'UNCONFIRMED',
  level: 'refuse',
  sentence:
    'No confirmation from Alpaca: some, all or none may be canceled and closed. Flatten again, or check your account at Alpaca.',
}

const NOTHING_KNOWN: Left = { unanswered: [], open: [], closing: new Set(), later: [], isRecordRead: true }

const nameOf = ({ terms }: OrderRecord): string => describeIntent(terms)
