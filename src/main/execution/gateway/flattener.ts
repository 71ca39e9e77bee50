import { randomUUID } from 'node:crypto'
import { Decimal } from 'decimal.js'
import type { FlattenResult, OrderRefusal } from '#shared/ipc/contract'
import { ok, type Result } from '#shared/result'
import { describeIntent } from '#shared/trading/describe-order'
import { isClosed, wasSent } from '#shared/trading/order'
import { MINUTE_MS } from '#shared/time'
import type { OrderProblem } from '#shared/trading/problem'
import type { StockSymbol } from '#shared/units'
import { AlpacaError, type Listing, type Position } from '#alpaca'
import { pause, type Clock } from '#process/clock'
import type { Log } from '#process/log'
import type { MarketView, TradingClient } from '../deps.ts'
import type { TradingLog } from '../event-log/trading-log.ts'
import { sharesOf, stockOf } from '../reconciliation/exchange-order.ts'
import type { Holding, OrderRecord } from '../state/index.ts'
import { describeFlatten, isFlat, type Flattened, type Left } from './describe-flatten.ts'
import { exitDraft } from './exit-draft.ts'
import { flattenUnrecorded } from './flatten-unrecorded.ts'
import { heldPositions } from './held-positions.ts'
import type { Cancelable, OrderCanceler } from './order-canceler.ts'
import type { OrderGateway } from './order-gateway.ts'
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
/** How long to stay after orders that were unanswered then: a lost connection may hide them. */
const PURSUED_FOR_MS = 30 * MINUTE_MS
/** How long the first closing order waits at most for an account state that agrees with the exchange. */
const AGREED_WITHIN_MS = 3_000
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
const SLOW_POLL_MS = 1_000
/** How many orders to send at most to close one position: a refused one is not sent for ever. */
const MAX_CLOSES = 3

/** The account state when positions were asked for. */
interface Before {
  /** Symbols in which an order might have changed the position. */
  readonly busy: ReadonlySet<StockSymbol>
  readonly held: ReadonlyMap<StockSymbol, Holding>
}

/** What a flatten has done so far. */
interface Progress {
  readonly startedAt: number
  /** Since when no order is without an answer. */
  answeredAt: number
  /** Orders that it asked to cancel, by the exchange's id. */
  readonly asked: Set<string>
  /** Orders without an answer when it began, by our id: they are canceled when they show up. */
  waitedFor: ReadonlySet<string>
  /** The symbols of the orders to close positions that the exchange took. */
  readonly sent: StockSymbol[]
  readonly refused: string[]
  /** When it last asked to cancel an order, by id. */
  readonly askedAt: Map<string, number>
  /** The orders that it sent, by symbol. */
  readonly closers: Map<StockSymbol, string[]>
}

/**
 * Cancels everything and closes everything, and says flat only when the exchange holds nothing and nothing is on its way
 * that could change it. An order without an answer is waited for: a second sale beside it could turn the position around.
 */
export class Flattener {
  readonly #deps: FlattenerDeps
  #flattening: Promise<Result<FlattenResult, OrderRefusal>> | undefined

  constructor(deps: FlattenerDeps) {
    this.#deps = deps
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
    const startedAt = clock.now()
    const none = { asked: new Set<string>(), waitedFor: new Set<string>(), refused: [], sent: [] }
    const maps = { askedAt: new Map<string, number>(), closers: new Map<StockSymbol, string[]>() }
    const progress: Progress = { startedAt, answeredAt: startedAt, ...none, ...maps }
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
  #flattened({ asked, waitedFor, sent, refused, closers }: Progress): Flattened {
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
  async #flattenRecorded(progress: Progress): Promise<Result<Left, OrderRefusal> | undefined> {
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
        if (ids.size > 0) this.#pursue(progress, ids, inDoubt).catch(this.#pursuitFailed)
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
  #deadline(progress: Progress): number {
    if (this.#unanswered(progress).length === 0) return progress.answeredAt + FLAT_WITHIN_MS
    progress.answeredAt = this.#deps.clock.now()
    return progress.startedAt + ANSWERED_WITHIN_MS
  }

  /** Cancels what has shown up, closes what is free to be closed, and looks at what is left. */
  async #step(progress: Progress): Promise<Left> {
    for (const order of this.#open(progress))
      if (await this.#cancel(order, progress)) progress.asked.add(order.exchangeId)
    const before = this.#before()
    const positions = await this.#positions()
    await Promise.all((positions?.rows ?? []).map((position) => this.#close(position, before, progress)))
    const needless = await this.#cancelNeedless(positions, progress)
    return {
      ...(positions && { positions }),
      unanswered: this.#unanswered(progress).map(nameOf),
      open: [...this.#open(progress), ...needless].map(nameOf),
      closing: this.#closing(progress),
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
    progress: Progress,
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
  async #cancel({ id, cancelRequestedAt }: OrderRecord, { askedAt }: Progress): Promise<boolean> {
    const now = this.#deps.clock.now()
    if (cancelRequestedAt !== undefined || now - (askedAt.get(id) ?? -Infinity) < CANCEL_AGAIN_MS)
      return false
    askedAt.set(id, now)
    return (await this.#deps.canceling.calls.cancel(id)).ok
  }

  /** What the exchange holds; nothing if it does not say now. */
  async #positions(): Promise<Listing<Position> | undefined> {
    try {
      return await heldPositions(this.#deps.client)
    } catch (cause) {
      if (!(cause instanceof AlpacaError)) throw cause
      this.#deps.log.warn({ kind: cause.kind }, 'Positions could not be read while flattening')
      return undefined
    }
  }

  /**
   * Closes a position unless an order in its symbol may still change it, or has since `before`, when the position was asked
   * for. An order waits until our fills agree with the exchange, the first one not for long: its list of positions may be
   * older than the fill that closed it.
   */
  async #close(position: Position, before: Before, progress: Progress, most?: Decimal): Promise<void> {
    const { tradingLog, placing, market, clock } = this.#deps
    const symbol = stockOf(position)
    if (symbol === undefined || before.busy.has(symbol)) return
    const sent = progress.closers.get(symbol) ?? []
    const ours = before.held.get(symbol)?.quantity ?? new Decimal(0)
    const mayDiffer = sent.length === 0 && clock.now() - progress.startedAt >= AGREED_WITHIN_MS
    if (sent.length >= MAX_CLOSES || (!mayDiffer && !ours.eq(position.qty))) return
    const isAsBefore = () => {
      const now = tradingLog.accountState.holdings.get(symbol)?.quantity ?? new Decimal(0)
      return now.eq(ours) && !this.#busy().has(symbol)
    }
    let isOvertaken = false
    const check = () => {
      isOvertaken = !isAsBefore()
      return isOvertaken ? [OVERTAKEN] : []
    }
    const id = randomUUID()
    progress.closers.set(symbol, [...sent, id])
    const shares = sharesOf(Decimal.min(position.qty.abs(), most ?? Infinity))
    const draft = exitDraft(symbol, position.side === 'long', shares, market.session(), market.row(symbol))
    const answer = await placing.exit(id, draft, { check })
    if (isOvertaken) progress.closers.set(symbol, sent)
    else if (answer.ok) progress.sent.push(symbol)
    else progress.refused.splice(0, Infinity, sentencesOf(answer.error.problems))
  }

  /** Symbols in which an order that closes the position is open. */
  #closing(progress: Progress): ReadonlySet<StockSymbol> {
    const { openOrders } = this.#deps.tradingLog.accountState
    return new Set(openOrders.filter(({ id }) => isCloser(progress, id)).map(({ terms }) => terms.symbol))
  }

  /** Open orders that the exchange has, apart from the closing ones. */
  #open(progress: Progress): readonly Cancelable[] {
    return this.#deps.canceling.open(undefined).filter(({ id }) => !isCloser(progress, id))
  }

  /** Orders of which nobody knows yet whether the exchange has them. */
  #unanswered(progress: Progress): readonly OrderRecord[] {
    return this.#deps.canceling.unanswered(undefined).filter(({ id }) => !isCloser(progress, id))
  }

  /**
   * Stays after the orders that were without an answer, or whose cancel hung: once all are settled, closes what they left in
   * their symbols, unless the trader has sent another order there; and what one of them bought that shows up even later,
   * although the exchange had said that it has no such order. By then the trader may hold more on purpose.
   */
  async #pursue(
    progress: Progress,
    ids: ReadonlySet<string>,
    inDoubt: ReadonlySet<StockSymbol>,
  ): Promise<void> {
    const { clock, tradingLog } = this.#deps
    const since = clock.now()
    const until = since + PURSUED_FOR_MS
    const isLeftAlone = (symbol: StockSymbol) =>
      [...tradingLog.accountState.orders.values()].some(
        (order) =>
          order.terms.symbol === symbol &&
          order.draft !== undefined &&
          wasSent(order) &&
          order.requestedAt >= since &&
          !isCloser(progress, order.id),
      )
    const orders = () => [...ids].flatMap((id) => tradingLog.accountState.orders.get(id) ?? [])
    while (!orders().every(isClosed)) if (!(await this.#waited(until))) return
    const rest = [...inDoubt].filter((symbol) => !isLeftAlone(symbol))
    await this.#closeRest(progress, new Map(rest.map((symbol) => [symbol, undefined])))
    for (let absent = orders().filter(isAbsent); absent.length > 0; absent = absent.filter(isStillAbsent)) {
      if (!(await this.#waited(until))) return
      const shown = orders().filter((order) => isClosed(order) && !isAbsent(order))
      const found = shown.filter(({ id }) => absent.some((order) => order.id === id))
      await this.#closeRest(progress, changeOf(found))
    }

    function isStillAbsent({ id }: OrderRecord): boolean {
      const order = tradingLog.accountState.orders.get(id)
      return order !== undefined && (isAbsent(order) || !isClosed(order))
    }
  }

  /** Waits for the next look; false once it is too late or the account is closed. */
  async #waited(until: number): Promise<boolean> {
    const { clock, tradingLog } = this.#deps
    await pause(clock, SLOW_POLL_MS)
    return tradingLog.isOpen && clock.now() < until
  }

  readonly #pursuitFailed = (cause: unknown): void =>
    this.#deps.log.error({ err: cause }, 'Orders that were unanswered when a flatten ended are not pursued')

  /** Closes positions in these symbols, of each only as much as the signed number of shares if there is one. */
  async #closeRest(
    progress: Progress,
    symbols: ReadonlyMap<StockSymbol, Decimal | undefined>,
  ): Promise<void> {
    if (symbols.size === 0) return
    const before = this.#before()
    const positions = await this.#positions()
    for (const position of positions?.rows ?? []) {
      const symbol = stockOf(position)
      if (symbol === undefined || !symbols.has(symbol)) continue
      const most = symbols.get(symbol)
      if (most !== undefined && most.isNegative() !== position.qty.isNegative()) continue
      await this.#close(position, before, { ...progress, closers: new Map() }, most?.abs())
    }
  }

  /** What may be compared with positions that are asked for next. */
  #before(): Before {
    return { busy: this.#busy(), held: new Map(this.#deps.tradingLog.accountState.holdings) }
  }

  /** Symbols in which an order may still change the position. */
  #busy(): ReadonlySet<StockSymbol> {
    return new Set(this.#deps.tradingLog.accountState.openOrders.map(({ terms }) => terms.symbol))
  }
}

/** How many shares these orders bought in each symbol, less those that they sold. */
function changeOf(orders: readonly OrderRecord[]): ReadonlyMap<StockSymbol, Decimal> {
  const changes = new Map<StockSymbol, Decimal>()
  for (const { terms, filledQuantity } of orders) {
    const change = new Decimal(filledQuantity).times(terms.side === 'buy' ? 1 : -1)
    changes.set(terms.symbol, change.plus(changes.get(terms.symbol) ?? 0))
  }
  return changes
}

const paceAt = (sinceMs: number): (typeof PACES)[number] =>
  PACES.find(({ untilMs }) => sinceMs < untilMs) ?? PACES[2]

const isCloser = ({ closers }: Progress, id: string): boolean =>
  [...closers.values()].some((ids) => ids.includes(id))

/** Another order came in between, so the position is looked at again. */
const OVERTAKEN: OrderProblem = {
  code: 'QUANTITY_HELD',
  level: 'refuse',
  sentence: 'Another order in this symbol came in between.',
}

const NO_ANSWER: OrderProblem = {
  code: 'UNCONFIRMED',
  level: 'refuse',
  sentence:
    'No confirmation from Alpaca: some, all or none may be canceled and closed. Flatten again, or check your account at Alpaca.',
}

const NOTHING_KNOWN: Left = { unanswered: [], open: [], closing: new Set(), later: [], isRecordRead: true }

/** Whether the exchange has said that it has no such order; it may have been wrong. */
const isAbsent = ({ state }: OrderRecord): boolean => state === 'never-arrived'

const nameOf = ({ terms }: OrderRecord): string => describeIntent(terms)
