import { Decimal } from 'decimal.js'
import { exchangeDayOf } from '#shared/exchange-calendar'
import { DEFAULT_RISK_LIMITS, type RiskLimits } from '#shared/trading/limits'
import type { FillView } from '#shared/trading/order'
import type { EpochMs, ExchangeDay, StockSymbol } from '#shared/units'
import {
  isAccountEvent,
  isOrderEvent,
  readEvent,
  type AccountEvent,
  type EventOf,
  type OrderEvent,
  type RiskEvent,
  type TradingEvent,
} from './event.ts'
import { afterTrade, heldSince, type Holding } from './holding.ts'
import { applyOrderEvent, isClosed, withoutReplace, type LegOf, type OrderRecord } from './order.ts'

/** An event as the log has it. */
export interface LoggedEvent {
  readonly id: number
  readonly stream: string
  readonly version: number
  readonly type: string
  readonly payload: { readonly [name: string]: unknown }
  readonly at: EpochMs
}

/** Which account the books are of. */
export interface BookedAccount {
  readonly id: string
  /** The last four characters of its number. */
  readonly endsWith: string
}

/** What the events say of risk. */
export interface RiskBook {
  readonly limits: RiskLimits
  readonly haltedSince?: EpochMs
  /** The day for which the daily loss limit ended entries, and when. */
  readonly lossReached?: { readonly day: ExchangeDay; readonly at: EpochMs }
}

/** What one event changed, for whoever tells others. */
export interface Applied {
  readonly event: TradingEvent
  readonly at: EpochMs
  /** Of an order's event: the order as it is now and as it was, and the fill that the event brought. */
  readonly order?: OrderRecord
  readonly before?: OrderRecord
  readonly fill?: FillView
}

/** Everything that the books hold, for a snapshot. */
export interface BooksState {
  readonly account: BookedAccount | undefined
  readonly cash: Decimal | undefined
  readonly risk: RiskBook
  readonly holdings: readonly Holding[]
  readonly orders: readonly OrderRecord[]
  readonly fills: readonly FillView[]
  readonly versions: { readonly account: number; readonly risk: number }
  readonly comparedAt?: EpochMs
}

/** Closed orders and fills that are kept at hand; older ones are in the log. */
const MOST_CLOSED = 1_000
const MOST_FILLS = 2_000

/**
 * The state of one account, folded from the events of its mode: orders, holdings, cash, risk. Nothing else changes it.
 * An event of an order that is told twice or late changes nothing.
 */
export class Books {
  readonly #prefix: string
  readonly #orders = new Map<string, OrderRecord>()
  readonly #byExchangeId = new Map<string, string>()
  readonly #legOf = new Map<string, { readonly parentId: string; readonly leg: LegOf['leg'] }>()
  readonly #holdings = new Map<StockSymbol, Holding>()
  #fills: FillView[] = []
  #account: BookedAccount | undefined
  #cash: Decimal | undefined
  #risk: RiskBook = { limits: DEFAULT_RISK_LIMITS }
  #versions = { account: 0, risk: 0 }
  #unread = 0
  #comparedAt: EpochMs | undefined

  /** `prefix` begins the names of the streams of this mode. */
  constructor(prefix: string, from?: BooksState) {
    this.#prefix = prefix
    if (from === undefined) return
    this.#account = from.account
    this.#cash = from.cash
    this.#risk = from.risk
    this.#versions = { ...from.versions }
    this.#fills = [...from.fills]
    this.#comparedAt = from.comparedAt
    for (const holding of from.holdings) this.#holdings.set(holding.symbol, holding)
    for (const order of from.orders) this.adopt(order)
  }

  get account(): BookedAccount | undefined {
    return this.#account
  }

  /** By the first figure that the exchange told and every fill since; absent until then. */
  get cash(): Decimal | undefined {
    return this.#cash
  }

  get risk(): RiskBook {
    return this.#risk
  }

  /** What is held, and what was closed today. */
  get holdings(): ReadonlyMap<StockSymbol, Holding> {
    return this.#holdings
  }

  /** Oldest first: all that are open, and the last that are closed. */
  get orders(): ReadonlyMap<string, OrderRecord> {
    return this.#orders
  }

  /** Oldest first, the last ones. */
  get fills(): readonly FillView[] {
    return this.#fills
  }

  /** When they were last compared with the exchange, as far as that was noted: what happened before is in them. */
  get comparedAt(): EpochMs | undefined {
    return this.#comparedAt
  }

  /** Events of types or versions that a newer Signal wrote. */
  get unread(): number {
    return this.#unread
  }

  /** Our id of an order that the exchange calls so. */
  idOf(exchangeId: string): string | undefined {
    return this.#byExchangeId.get(exchangeId)
  }

  /** The order that this one is an exit of, or has the place of an exit of. */
  legOf(id: string): { readonly parentId: string; readonly leg: LegOf['leg'] } | undefined {
    const replaces = this.#orders.get(id)?.replaces
    return this.#legOf.get(id) ?? (replaces === undefined ? undefined : this.legOf(replaces))
  }

  /** How many events of a stream the books know; the stream is named without the prefix. */
  versionOf(stream: string): number {
    if (stream === 'account' || stream === 'risk') return this.#versions[stream]
    return this.#orders.get(idIn(stream) ?? '')?.version ?? 0
  }

  /** The books one event further; answers what changed, or nothing for an event that they go without. */
  apply(logged: LoggedEvent): Applied | undefined {
    const stream = logged.stream.slice(this.#prefix.length)
    if (stream === 'account' || stream === 'risk') this.#versions[stream] = logged.version
    const event = readEvent(logged)
    if (event === undefined) return this.#goWithout(stream, logged)
    const id = idIn(stream)
    if (isOrderEvent(event)) return id === undefined ? undefined : this.#applyToOrder(id, event, logged)
    if (isAccountEvent(event)) this.#applyToAccount(event, logged.at)
    else this.#applyToRisk(event, logged.at)
    return { event, at: logged.at }
  }

  /** Takes an order as it is, such as one that was folded from its stream alone. */
  adopt(order: OrderRecord): void {
    const before = this.#orders.get(order.id)
    this.#orders.set(order.id, order)
    if (order.exchangeId !== undefined) this.#byExchangeId.set(order.exchangeId, order.id)
    // Not anew with each event: the exits may have gone over to the order that replaced this one.
    if (before?.legs === order.legs) return
    for (const { id, leg } of order.legs) this.#legOf.set(id, { parentId: order.id, leg })
  }

  toState(): BooksState {
    return {
      account: this.#account,
      cash: this.#cash,
      risk: this.#risk,
      holdings: [...this.#holdings.values()],
      orders: [...this.#orders.values()],
      fills: this.#fills,
      versions: this.#versions,
      ...(this.#comparedAt !== undefined && { comparedAt: this.#comparedAt }),
    }
  }

  /** Its stream has one event more all the same. */
  #goWithout(stream: string, { version }: LoggedEvent): undefined {
    this.#unread += 1
    const order = this.#orders.get(idIn(stream) ?? '')
    if (order !== undefined) this.#orders.set(order.id, { ...order, version })
    return undefined
  }

  #applyToOrder(id: string, event: OrderEvent, { version, at }: LoggedEvent): Applied | undefined {
    const before = this.#orders.get(id)
    const after = applyOrderEvent(before, event, { id, version, at })
    if (after === undefined) return undefined
    this.adopt(after)
    if (before === undefined) this.#forgetOldest()
    if (event.type === 'OrderReplaced') this.#nameSuccessor(after, this.#successorOf(after))
    if (event.type === 'OrderAccepted' || event.type === 'OrderSeen')
      this.#nameSuccessor(this.#orders.get(after.replaces ?? ''), after)
    if (event.type === 'OrderRejected' || event.type === 'OrderNotSent') this.#endReplacing(after)
    const isFill = event.type === 'OrderFilled' || event.type === 'OrderPartiallyFilled'
    const fill = isFill ? this.#applyFill(before, after, event) : undefined
    const order = this.#orders.get(id) ?? after
    return { event, at, order, ...(before && { before }), ...(fill && { fill }) }
  }

  /** Of two orders one took the other's place; which of them the exchange tells of first is all the same. */
  #nameSuccessor(old: OrderRecord | undefined, successor: OrderRecord | undefined): void {
    if (old?.state !== 'replaced' || old.replacedBy !== undefined || successor === undefined) return
    this.#orders.set(old.id, { ...old, replacedBy: successor.id })
  }

  #successorOf({ id }: OrderRecord): OrderRecord | undefined {
    return [...this.#orders.values()].find(
      ({ replaces, exchangeId }) => replaces === id && exchangeId !== undefined,
    )
  }

  /** The order that was to take its place never came to be. */
  #endReplacing({ replaces }: OrderRecord): void {
    const old = replaces === undefined ? undefined : this.#orders.get(replaces)
    if (old !== undefined) this.#orders.set(old.id, withoutReplace(old))
  }

  #applyFill(
    before: OrderRecord | undefined,
    { id, terms: { symbol, side } }: OrderRecord,
    { payload }: EventOf<'OrderFilled' | 'OrderPartiallyFilled'>,
  ): FillView | undefined {
    if (new Decimal(payload.filled).lte(before?.filled ?? 0)) return undefined
    const { executionId, quantity, price, filledAt } = payload
    const trade = { symbol, side, quantity, price, day: exchangeDayOf(filledAt) }
    this.#holdings.set(symbol, afterTrade(this.#holdings.get(symbol), trade))
    const dollars = new Decimal(quantity).times(price)
    this.#cash = this.#cash && (side === 'buy' ? this.#cash.minus(dollars) : this.#cash.plus(dollars))
    const fill = { executionId, orderId: id, symbol, side, quantity, price, at: filledAt }
    this.#fills.push(fill)
    if (this.#fills.length > 2 * MOST_FILLS) this.#fills = this.#fills.slice(-MOST_FILLS)
    return fill
  }

  #applyToAccount(event: AccountEvent, at: EpochMs): void {
    if (event.type === 'AccountOpened') return this.#open(event, at)
    if (event.type === 'Reconciled') this.#comparedAt = at
    if (event.type === 'CashAdjusted') this.#cash = new Decimal(event.payload.cash)
    if (event.type !== 'PositionAdjusted') return
    const { symbol, quantity, averagePrice } = event.payload
    this.#holdings.set(symbol, heldSince(symbol, quantity, averagePrice, exchangeDayOf(at)))
  }

  /** Another account than before: nothing of the old one is left but its place in the log. */
  #open({ payload }: EventOf<'AccountOpened'>, at: EpochMs): void {
    this.#orders.clear()
    this.#byExchangeId.clear()
    this.#legOf.clear()
    this.#holdings.clear()
    this.#fills = []
    this.#comparedAt = undefined
    this.#account = { id: payload.accountId, endsWith: payload.endsWith }
    this.#cash = new Decimal(payload.cash)
    const day = exchangeDayOf(at)
    for (const { symbol, quantity, averagePrice } of payload.positions)
      this.#holdings.set(symbol, heldSince(symbol, quantity, averagePrice, day))
  }

  #applyToRisk(event: RiskEvent, at: EpochMs): void {
    switch (event.type) {
      case 'KillSwitchEngaged':
        this.#risk = { haltedSince: at, ...this.#risk }
        return
      case 'KillSwitchReleased': {
        const { haltedSince: _released, ...rest } = this.#risk
        this.#risk = rest
        return
      }
      case 'RiskLimitChanged': {
        const { limit, after } = event.payload
        this.#risk = { ...this.#risk, limits: { ...this.#risk.limits, [limit]: after } }
        return
      }
      case 'DailyLossReached':
        this.#risk = { ...this.#risk, lossReached: { day: event.payload.day, at } }
        return
      case 'LiveArmed':
      case 'LiveDisarmed': // holds for the process that armed it, never over a restart
    }
  }

  /** Of the closed orders only the last ones are kept at hand. */
  #forgetOldest(): void {
    if (this.#orders.size < 2 * MOST_CLOSED) return
    const closed = [...this.#orders.values()].filter(isClosed)
    for (const { id, exchangeId, legs } of closed.slice(0, Math.max(0, closed.length - MOST_CLOSED))) {
      this.#orders.delete(id)
      this.#byExchangeId.delete(exchangeId ?? '')
      for (const leg of legs) this.#legOf.delete(leg.id)
    }
  }
}

const ORDER = 'order:'

/** The id of the order whose stream has this name; nothing for the other streams. */
const idIn = (stream: string): string | undefined =>
  stream.startsWith(ORDER) ? stream.slice(ORDER.length) : undefined
