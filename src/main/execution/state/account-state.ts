import { Decimal } from 'decimal.js'
import { exchangeDayOf } from '#shared/exchange-calendar'
import { DAY_MS, MINUTE_MS } from '#shared/time'
import { DEFAULT_RISK_LIMITS } from '#shared/trading/limits'
import { isClosed, type FillView } from '#shared/trading/order'
import { signedDecimal, type EpochMs, type Price, type Quantity, type StockSymbol } from '#shared/units'
import {
  isAccountEvent,
  isOrderEvent,
  readEvent,
  type AccountEvent,
  type EventOf,
  type OrderEvent,
  type TradingEvent,
} from './event.ts'
import { correctedFills, isFillCorrection, type FillCorrection } from './corrected-fills.ts'
import { heldSince, onDay, takenOver, type Holding } from './holding.ts'
import { Orders, type Exit } from './orders.ts'
import type { OrderRecord } from './order.ts'
import { afterRiskEvent, type RiskState } from './risk-state.ts'
import {
  afterFill,
  byExecution,
  dollarsOf,
  fillsOf,
  untraded,
  withFill,
  withFillsOf,
  type TradedHolding,
} from './traded-holding.ts'

/** An event as the log has it. */
export interface LoggedEvent {
  readonly id: number
  readonly stream: string
  readonly version: number
  readonly type: string
  readonly payload: { readonly [name: string]: unknown }
  readonly at: EpochMs
}

/** Which account this state belongs to. */
export interface AccountIdentity {
  readonly id: string
  /** The last four characters of its number. */
  readonly endsWith: string
  /** When this state began, by this machine's clock. */
  readonly openedAt: EpochMs
  /** The latest timestamp that the exchange had given by then; absent in logs of an older Signal. */
  readonly openedAtExchange?: EpochMs
}

/** What one event changed, for whoever reports it. */
export interface Applied {
  readonly event: TradingEvent
  readonly at: EpochMs
  /** For an order event: the order after and before it, and the fill it brought. */
  readonly order?: OrderRecord
  readonly before?: OrderRecord
  readonly fill?: FillView
  /** The order that replaces this one, if the fill makes more than was wanted of the two. */
  readonly overfilled?: OrderRecord
  /** The holding before and after its fills were corrected. */
  readonly corrected?: { readonly before: Holding; readonly after: Holding }
}

/** Shares of an order that were filled before this account state began. */
export interface FilledBefore {
  readonly id: string
  readonly quantity: Quantity
  readonly averagePrice?: Price | undefined
}

/** The whole account state, for a snapshot. */
export interface SavedAccountState {
  readonly account: AccountIdentity | undefined
  readonly cash: Decimal | undefined
  readonly risk: RiskState
  readonly holdings: readonly Omit<TradedHolding, 'now'>[]
  readonly orders: readonly OrderRecord[]
  readonly fills: readonly FillView[]
  /** For each order not recorded yet: what was already filled when this state began. */
  readonly filledBefore: readonly FilledBefore[]
  readonly versions: { readonly account: number; readonly risk: number }
  readonly comparedAt?: EpochMs
  readonly exchangeAt?: EpochMs
}

/** How many of the latest fills stay in memory (up to twice as many before trimming); older ones are in the log. */
const MAX_FILLS = 2_000
/** How far the exchange's clock and this machine's may differ, for logs that lack the exchange's time. */
const MAX_CLOCK_SKEW_MS = 5 * MINUTE_MS

/**
 * The state of one account, folded from its mode's events: orders, holdings, cash, risk. Nothing else changes it.
 * An order event that is reported twice or late changes nothing.
 */
export class AccountState {
  readonly #prefix: string
  readonly #orders = new Orders()
  readonly #traded = new Map<StockSymbol, TradedHolding>()
  readonly #holdings = new Map<StockSymbol, Holding>()
  #fills: FillView[] = []
  readonly #filledBefore = new Map<string, FilledBefore>()
  #account: AccountIdentity | undefined
  #cash: Decimal | undefined
  #risk: RiskState = { limits: DEFAULT_RISK_LIMITS }
  #versions = { account: 0, risk: 0 }
  #unread = 0
  #comparedAt: EpochMs | undefined
  #exchangeAt: EpochMs | undefined

  /** `prefix` starts the stream names of this mode. */
  constructor(prefix: string, from?: SavedAccountState) {
    this.#prefix = prefix
    if (from === undefined) return
    this.#account = from.account
    this.#cash = from.cash
    this.#risk = from.risk
    this.#versions = { ...from.versions }
    this.#fills = [...from.fills]
    for (const order of from.filledBefore) this.#filledBefore.set(order.id, order)
    this.#comparedAt = from.comparedAt
    this.#exchangeAt = from.exchangeAt
    for (const { base, fills } of from.holdings)
      this.#hold({ base, fills, now: fills.reduce(afterFill, base) })
    for (const order of from.orders) this.#orders.adopt(order)
  }

  get account(): AccountIdentity | undefined {
    return this.#account
  }

  /** The exchange's first figure, plus every fill and adjustment since; absent until the first. */
  get cash(): Decimal | undefined {
    return this.#cash
  }

  get risk(): RiskState {
    return this.#risk
  }

  /** Current and past holdings, by symbol. */
  get holdings(): ReadonlyMap<StockSymbol, Holding> {
    return this.#holdings
  }

  /** A symbol's holding with the latest fills behind it. */
  tradedHolding(symbol: StockSymbol): TradedHolding | undefined {
    return this.#traded.get(symbol)
  }

  /** All open orders and the latest closed ones, oldest first. */
  get orders(): ReadonlyMap<string, OrderRecord> {
    return this.#orders.all
  }

  /** Orders to which something may still happen. */
  get openOrders(): readonly OrderRecord[] {
    return [...this.orders.values()].filter((order) => !isClosed(order))
  }

  /** When orders began of whose fills only a sum is known: their executions are not earlier, whichever clock is off. */
  get sumsSince(): readonly EpochMs[] {
    return [...this.#traded.values()].flatMap(({ fills }) =>
      fills
        .filter(({ isSum }) => isSum)
        .map(({ at, orderId }) => Math.min(at, this.orders.get(orderId)?.requestedAt ?? at) - DAY_MS),
    )
  }

  /** The latest fills, oldest first. */
  get fills(): readonly FillView[] {
    return this.#fills
  }

  /** When this state was last compared with the exchange, as far as recorded; it includes everything before that. */
  get comparedAt(): EpochMs | undefined {
    return this.#comparedAt
  }

  /** The latest timestamp of the exchange's that the last recorded comparison saw; it knew every order up to then. */
  get exchangeAt(): EpochMs | undefined {
    return this.#exchangeAt
  }

  /** How many events have a type or version that only a newer Signal knows. */
  get unread(): number {
    return this.#unread
  }

  /** Our id for the exchange's order id. */
  idOf(exchangeId: string): string | undefined {
    return this.#orders.idOf(exchangeId)
  }

  /** Which exit this order is, or replaces, and of which order. */
  legOf(id: string): Exit | undefined {
    return this.#orders.exitOf(id)
  }

  /** Shares by which an order and the one it replaced may fill more than was wanted. */
  excessOf(order: OrderRecord): Decimal {
    return this.#orders.excessOf(order)
  }

  /** What an order had filled when this state began (the opening positions include it); nothing if unknown then. */
  filledBefore(id: string): FilledBefore | undefined {
    return this.#filledBefore.get(id)
  }

  /** Ids of orders that were known when this state began and are not recorded yet. */
  get unseen(): readonly string[] {
    return [...this.#filledBefore.keys()]
  }

  /** Whether an order of that time, by the exchange's clock, predates this state: if unknown then, it was closed. */
  areYoungerThan(submittedAt: EpochMs): boolean {
    if (this.#account === undefined) return false
    const { openedAt, openedAtExchange } = this.#account
    return submittedAt < (openedAtExchange ?? openedAt - MAX_CLOCK_SKEW_MS)
  }

  /** How many events of a stream are applied; `stream` has no prefix. */
  versionOf(stream: string): number {
    if (stream === 'account' || stream === 'risk') return this.#versions[stream]
    return this.orders.get(idIn(stream) ?? '')?.version ?? 0
  }

  /** Applies one event; returns what changed, or nothing for an event that is skipped. */
  apply(logged: LoggedEvent): Applied | undefined {
    const stream = logged.stream.slice(this.#prefix.length)
    if (stream === 'account' || stream === 'risk') this.#versions[stream] = logged.version
    const event = readEvent(logged)
    if (event === undefined) return this.#skip(stream, logged)
    const id = idIn(stream)
    if (isOrderEvent(event)) return id === undefined ? undefined : this.#applyToOrder(id, event, logged)
    if (isAccountEvent(event)) this.#applyToAccount(event, logged.at)
    else this.#risk = afterRiskEvent(this.#risk, event, logged.at)
    return { event, at: logged.at }
  }

  /** Takes an order as is, such as one folded from its own stream. */
  adopt(order: OrderRecord): void {
    this.#orders.adopt(order)
  }

  toState(): SavedAccountState {
    return {
      account: this.#account,
      cash: this.#cash,
      risk: this.#risk,
      holdings: [...this.#traded.values()].map(({ base, fills }) => ({ base, fills })),
      orders: [...this.orders.values()],
      fills: this.#fills,
      filledBefore: [...this.#filledBefore.values()],
      versions: this.#versions,
      ...(this.#comparedAt !== undefined && { comparedAt: this.#comparedAt }),
      ...(this.#exchangeAt !== undefined && { exchangeAt: this.#exchangeAt }),
    }
  }

  /** Counts an unreadable event: its stream is one event longer anyway. */
  #skip(stream: string, { version }: LoggedEvent): undefined {
    this.#unread += 1
    const order = this.orders.get(idIn(stream) ?? '')
    if (order !== undefined) this.#orders.adopt({ ...order, version })
    return undefined
  }

  #applyToOrder(id: string, event: OrderEvent, { version, at }: LoggedEvent): Applied | undefined {
    const step = this.#orders.apply(event, { id, version, at })
    if (step === undefined) return undefined
    const { before, after } = step
    if (event.type === 'ExternalOrderDetected') this.#filledBefore.delete(id)
    const isFill = event.type === 'OrderFilled' || event.type === 'OrderPartiallyFilled'
    const fill = isFill ? this.#applyFill(before, after, event) : undefined
    const overfilled = fill && this.#overfilled(before, after)
    const corrected = isFillCorrection(event) ? this.#correctFills(after, event) : undefined
    return {
      event,
      at,
      order: after,
      ...(before && { before }),
      ...(fill && { fill }),
      ...(overfilled && { overfilled }),
      ...(corrected && { corrected }),
    }
  }

  #applyFill(
    before: OrderRecord | undefined,
    { id, terms: { symbol, side } }: OrderRecord,
    { payload }: EventOf<'OrderFilled' | 'OrderPartiallyFilled'>,
  ): FillView | undefined {
    if (new Decimal(payload.filledQuantity).lte(before?.filledQuantity ?? 0)) return undefined
    const { executionId, quantity, price, filledAt, nanos, isSum } = payload
    const fill = {
      executionId,
      orderId: id,
      symbol,
      side,
      quantity,
      price,
      at: filledAt,
      ...(nanos !== undefined && { nanos }),
      ...(isSum && { isSum }),
    }
    const start = heldSince(symbol, NOTHING, undefined, exchangeDayOf(filledAt))
    this.#hold(withFill(this.#traded.get(symbol), fill, start))
    this.#cash = this.#cash?.plus(dollarsOf([fill]))
    this.#fills.push(fill)
    if (this.#fills.length > 2 * MAX_FILLS) this.#fills = this.#fills.slice(-MAX_FILLS)
    return fill
  }

  #overfilled(before: OrderRecord | undefined, after: OrderRecord): OrderRecord | undefined {
    const isReplaced = before?.replaceRequestedAt !== undefined || after.state === 'replaced'
    const fresh = isReplaced ? this.#orders.replacementOf(after) : undefined
    return fresh !== undefined && this.excessOf(fresh).gt(0) ? fresh : undefined
  }

  /** Puts an order's fills right as the exchange says, with what that does to the cash; nothing if they are too old to be at hand. */
  #correctFills({ id, terms: { symbol } }: OrderRecord, event: FillCorrection): Applied['corrected'] {
    const before = this.#traded.get(symbol)
    const known = before === undefined ? [] : fillsOf(before, id)
    const fills = correctedFills(known, event)
    if (before === undefined || fills === undefined) return undefined
    const after = withFillsOf(before, id, fills)
    this.#hold(after)
    this.#cash = this.#cash?.minus(dollarsOf(known)).plus(dollarsOf(fills))
    this.#fills = [...this.#fills.filter(({ orderId }) => orderId !== id), ...fills].sort(byExecution)
    return { before: before.now, after: after.now }
  }

  #hold(holding: TradedHolding): void {
    this.#traded.set(holding.now.symbol, holding)
    this.#holdings.set(holding.now.symbol, holding.now)
  }

  #applyToAccount(event: AccountEvent, at: EpochMs): void {
    if (event.type === 'AccountOpened') return this.#open(event, at)
    if (event.type === 'Reconciled') {
      this.#comparedAt = at
      this.#exchangeAt = event.payload.exchangeAt ?? this.#exchangeAt
    }
    if (event.type === 'CashAdjusted') this.#cash = new Decimal(event.payload.cash)
    if (event.type !== 'PositionAdjusted') return
    const { symbol, quantity, averagePrice } = event.payload
    const day = exchangeDayOf(at)
    const held = this.#holdings.get(symbol) ?? heldSince(symbol, NOTHING, undefined, day)
    this.#hold(untraded(takenOver(onDay(held, day), quantity, averagePrice)))
  }

  /** Starts over with the account that opened: of the previous one, only the stream versions and risk stay. */
  #open({ payload }: EventOf<'AccountOpened'>, at: EpochMs): void {
    this.#orders.clear()
    this.#traded.clear()
    this.#holdings.clear()
    this.#fills = []
    this.#comparedAt = undefined
    this.#exchangeAt = payload.exchangeAt
    this.#account = {
      id: payload.accountId,
      endsWith: payload.endsWith,
      openedAt: at,
      ...(payload.exchangeAt !== undefined && { openedAtExchange: payload.exchangeAt }),
    }
    this.#filledBefore.clear()
    for (const order of payload.filledBefore) this.#filledBefore.set(order.id, order)
    this.#cash = new Decimal(payload.cash)
    const day = exchangeDayOf(at)
    for (const { symbol, quantity, averagePrice } of payload.positions)
      this.#hold(untraded(heldSince(symbol, quantity, averagePrice, day)))
  }
}

const NOTHING = signedDecimal.parse('0')
const ORDER = 'order:'

/** The order id in a stream's name; nothing for other streams. */
const idIn = (stream: string): string | undefined =>
  stream.startsWith(ORDER) ? stream.slice(ORDER.length) : undefined
