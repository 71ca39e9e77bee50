import { Decimal } from 'decimal.js'
import { exchangeDayOf } from '#shared/exchange-calendar'
import { MINUTE_MS } from '#shared/time'
import { DEFAULT_RISK_LIMITS } from '#shared/trading/limits'
import type { FillView } from '#shared/trading/order'
import type { EpochMs, Price, Quantity, StockSymbol } from '#shared/units'
import {
  isAccountEvent,
  isOrderEvent,
  readEvent,
  type AccountEvent,
  type EventOf,
  type OrderEvent,
  type TradingEvent,
} from './event.ts'
import { afterTrade, heldSince, type Holding } from './holding.ts'
import { Orders, type Exit } from './orders.ts'
import type { OrderRecord } from './order.ts'
import { afterRiskEvent, type RiskState } from './risk-state.ts'

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
export interface AccountIdentity {
  readonly id: string
  /** The last four characters of its number. */
  readonly endsWith: string
  /** When these books began, by this machine's clock. */
  readonly openedAt: EpochMs
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

/** Shares of an order that were filled before the books began. */
export interface FilledBefore {
  readonly id: string
  readonly quantity: Quantity
  readonly averagePrice?: Price | undefined
}

/** Everything that the books hold, for a snapshot. */
export interface SavedAccountState {
  readonly account: AccountIdentity | undefined
  readonly cash: Decimal | undefined
  readonly risk: RiskState
  readonly holdings: readonly Holding[]
  readonly orders: readonly OrderRecord[]
  readonly fills: readonly FillView[]
  /** What of each order that is not noted yet was filled when the books began. */
  readonly filledBefore: readonly FilledBefore[]
  readonly versions: { readonly account: number; readonly risk: number }
  readonly comparedAt?: EpochMs
}

/** Fills that are kept at hand; older ones are in the log. */
const MOST_FILLS = 2_000
/** How far apart the exchange's clock and this machine's may be. */
const CLOCKS_DIFFER_MS = 5 * MINUTE_MS

/**
 * The state of one account, folded from the events of its mode: orders, holdings, cash, risk. Nothing else changes it.
 * An event of an order that is told twice or late changes nothing.
 */
export class AccountState {
  readonly #prefix: string
  readonly #orders = new Orders()
  readonly #holdings = new Map<StockSymbol, Holding>()
  #fills: FillView[] = []
  readonly #filledBefore = new Map<string, FilledBefore>()
  #account: AccountIdentity | undefined
  #cash: Decimal | undefined
  #risk: RiskState = { limits: DEFAULT_RISK_LIMITS }
  #versions = { account: 0, risk: 0 }
  #unread = 0
  #comparedAt: EpochMs | undefined

  /** `prefix` begins the names of the streams of this mode. */
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
    for (const holding of from.holdings) this.#holdings.set(holding.symbol, holding)
    for (const order of from.orders) this.#orders.adopt(order)
  }

  get account(): AccountIdentity | undefined {
    return this.#account
  }

  /** By the exchange's first figure, every fill since and every adjustment; absent until the first. */
  get cash(): Decimal | undefined {
    return this.#cash
  }

  get risk(): RiskState {
    return this.#risk
  }

  /** What is held, and what was held before, by symbol. */
  get holdings(): ReadonlyMap<StockSymbol, Holding> {
    return this.#holdings
  }

  /** Oldest first: all that are open, and the last that are closed. */
  get orders(): ReadonlyMap<string, OrderRecord> {
    return this.#orders.all
  }

  /** Oldest first, the last ones. */
  get fills(): readonly FillView[] {
    return this.#fills
  }

  /** When they were last compared with the exchange, as far as that was noted: what happened before is in them. */
  get comparedAt(): EpochMs | undefined {
    return this.#comparedAt
  }

  /** How many events had a type or version that only a newer Signal knows. */
  get unread(): number {
    return this.#unread
  }

  /** Our id of an order that the exchange calls so. */
  idOf(exchangeId: string): string | undefined {
    return this.#orders.idOf(exchangeId)
  }

  /** The order that this one is an exit of, or has the place of an exit of. */
  legOf(id: string): Exit | undefined {
    return this.#orders.exitOf(id)
  }

  /** What of an order is in the first positions already; nothing of one that was not known when the books began. */
  filledBefore(id: string): FilledBefore | undefined {
    return this.#filledBefore.get(id)
  }

  /** Orders that were known when the books began, and are not noted yet. */
  get unseen(): readonly string[] {
    return [...this.#filledBefore.keys()]
  }

  /** Whether an order of that time is clearly older than the books: one that they did not begin with was over by then. */
  areYoungerThan(submittedAt: EpochMs): boolean {
    return this.#account !== undefined && submittedAt < this.#account.openedAt - CLOCKS_DIFFER_MS
  }

  /** How many events of a stream the books know; the stream is named without the prefix. */
  versionOf(stream: string): number {
    if (stream === 'account' || stream === 'risk') return this.#versions[stream]
    return this.orders.get(idIn(stream) ?? '')?.version ?? 0
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
    else this.#risk = afterRiskEvent(this.#risk, event, logged.at)
    return { event, at: logged.at }
  }

  /** Takes an order as it is, such as one that was folded from its stream alone. */
  adopt(order: OrderRecord): void {
    this.#orders.adopt(order)
  }

  toState(): SavedAccountState {
    return {
      account: this.#account,
      cash: this.#cash,
      risk: this.#risk,
      holdings: [...this.#holdings.values()],
      orders: [...this.orders.values()],
      fills: this.#fills,
      filledBefore: [...this.#filledBefore.values()],
      versions: this.#versions,
      ...(this.#comparedAt !== undefined && { comparedAt: this.#comparedAt }),
    }
  }

  /** Its stream has one event more all the same. */
  #goWithout(stream: string, { version }: LoggedEvent): undefined {
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
    return { event, at, order: after, ...(before && { before }), ...(fill && { fill }) }
  }

  #applyFill(
    before: OrderRecord | undefined,
    { id, terms: { symbol, side } }: OrderRecord,
    { payload }: EventOf<'OrderFilled' | 'OrderPartiallyFilled'>,
  ): FillView | undefined {
    if (new Decimal(payload.filledQuantity).lte(before?.filledQuantity ?? 0)) return undefined
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
    this.#holdings.clear()
    this.#fills = []
    this.#comparedAt = undefined
    this.#account = { id: payload.accountId, endsWith: payload.endsWith, openedAt: at }
    this.#filledBefore.clear()
    for (const order of payload.filledBefore) this.#filledBefore.set(order.id, order)
    this.#cash = new Decimal(payload.cash)
    const day = exchangeDayOf(at)
    for (const { symbol, quantity, averagePrice } of payload.positions)
      this.#holdings.set(symbol, heldSince(symbol, quantity, averagePrice, day))
  }
}

const ORDER = 'order:'

/** The id of the order whose stream has this name; nothing for the other streams. */
const idIn = (stream: string): string | undefined =>
  stream.startsWith(ORDER) ? stream.slice(ORDER.length) : undefined
