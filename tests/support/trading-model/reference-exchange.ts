import { Decimal } from 'decimal.js'
import {
  AlpacaError,
  type Account,
  type BulkResult,
  type Fill,
  type FillsRequest,
  type Order,
  type ReplaceRequest,
  type OrderRequest,
  type OrdersRequest,
  type Position,
} from '#alpaca'
import { newOrder, type Resting } from './resting-order.ts'

/** What the exchange sends with an update of an order. */
export interface ExchangeEvent {
  readonly event: string
  readonly order: Order
  readonly execution?: {
    readonly id: string
    /** The execution that this one cancels or corrects. */
    readonly previousId?: string
    readonly price: Decimal
    readonly qty: Decimal
    /** RFC 3339 to the nanosecond: no two executions are at the same time. */
    readonly time: string
  }
}

/** An execution, with the profit that it realized. */
export interface ReferenceFill extends Fill {
  readonly clientOrderId: string
  readonly realized: Decimal
}

interface ExchangeDeps {
  readonly now: () => number
  /** Runs what the exchange does a moment after it has answered: acknowledge, cancel, replace. */
  readonly soon: (run: () => void) => void
  readonly onEvent: (event: ExchangeEvent) => void
  /** An order with this client_order_id arrived. */
  readonly onArrival?: (clientOrderId: string) => void
}

const ENDED: ReadonlySet<string> = new Set(['filled', 'canceled', 'expired', 'replaced', 'rejected'])
const FILLABLE: ReadonlySet<string> = new Set([
  'new',
  'partially_filled',
  'pending_cancel',
  'pending_replace',
])
const DONE = 'done_for_day'
const ZERO = new Decimal(0)
const CASH = new Decimal(10_000_000)

const refuse = (kind: 'unprocessable' | 'not_found', message: string): AlpacaError =>
  new AlpacaError(kind, message, { status: kind === 'not_found' ? 404 : 422 })

/**
 * An exchange small enough to be verified by reading: orders, what each has filled, and the resulting
 * positions and cash. It fills, cancels and rejects when told to, and reports everything that happens.
 */
export class ReferenceExchange {
  readonly #deps: ExchangeDeps
  readonly #orders = new Map<string, Resting>()
  readonly #positions = new Map<string, { qty: Decimal; average: Decimal }>()
  /** How often each client_order_id was sent here, including refused orders. */
  readonly arrivals = new Map<string, number>()
  /** How often it said that it has no order with that client_order_id. */
  readonly denials = new Map<string, number>()
  readonly #fills: ReferenceFill[] = []
  #cash = CASH
  /** Whether cancels hang: the exchange says that they are pending, and does nothing. */
  #cancelsHang = false

  constructor(deps: ExchangeDeps) {
    this.#deps = deps
  }

  get orders(): readonly Order[] {
    return [...this.#orders.values()]
  }

  get open(): readonly Order[] {
    return this.orders.filter(({ status }) => !ENDED.has(status))
  }

  get cash(): Decimal {
    return this.#cash
  }

  /** Every execution, oldest first. */
  get executions(): readonly ReferenceFill[] {
    return this.#fills
  }

  /** Forgets everything, as a paper account does that its owner resets. */
  reset(): void {
    this.#orders.clear()
    this.#positions.clear()
    this.#fills.length = 0
    this.#cash = CASH
  }

  /** Changes what a position is said to have cost, which no fill explains. */
  reprice(symbol: string, average: Decimal): void {
    const { qty } = this.#positions.get(symbol) ?? { qty: ZERO }
    this.#positions.set(symbol, { qty, average })
  }

  /** From here on cancels hang, or those that hang are done. */
  hangCancels(doHang: boolean): void {
    this.#cancelsHang = doHang
    if (!doHang) for (const order of this.#orders.values()) this.#finishCancel(order)
  }

  /** Works an order no more today: neither the list of open orders nor a cancel of all has it. */
  rest(id: string): void {
    this.#become(this.#known(id), DONE)
  }

  place(request: OrderRequest): Order {
    this.#arrived(request.clientOrderId)
    const { symbol, side, timeInForce, qty = ZERO, orderClass = 'simple', takeProfit, stopLoss } = request
    const isOco = orderClass === 'oco'
    const order = this.#add({ ...request, ...(isOco && takeProfit) })
    const exit = {
      symbol,
      timeInForce,
      qty,
      orderClass,
      side: isOco === (side === 'buy') ? 'buy' : 'sell',
    } as const
    if (orderClass === 'bracket' && takeProfit)
      this.#add({ ...exit, ...takeProfit, type: 'limit', clientOrderId: `${order.id}:target` }, order.id)
    if (orderClass !== 'simple' && stopLoss)
      this.#add({ ...exit, ...stopLoss, type: 'stop', clientOrderId: `${order.id}:stop` }, order.id)
    for (const leg of this.#legsOf(order)) this.#become(leg, 'held')
    this.#become(order, 'pending_new')
    this.#deps.soon(() => this.#acknowledge(order))
    return this.#reported(order, true)
  }

  replace(id: string, change: ReplaceRequest): Order {
    if (change.clientOrderId !== undefined) this.#arrived(change.clientOrderId)
    const old = this.#known(id)
    if (old.status !== 'new' && old.status !== 'partially_filled')
      throw refuse('unprocessable', `unable to replace order, order is in "${old.status}" state`)
    const fresh = this.#add({
      ...termsOf(old),
      qty: change.qty ?? (old.qty ?? ZERO).minus(old.filledQty),
      ...(change.limitPrice !== undefined && { limitPrice: change.limitPrice }),
      ...(change.stopPrice !== undefined && { stopPrice: change.stopPrice }),
      clientOrderId: change.clientOrderId ?? `${id}:replacement`,
    })
    fresh.replaces = id
    this.#become(old, 'pending_replace')
    this.#become(fresh, 'pending_new')
    this.#deps.soon(() => this.#confirmReplacement(old, fresh))
    return this.#reported(fresh, true)
  }

  cancel(id: string): void {
    const order = this.#known(id)
    const isOnItsWay = order.status === 'pending_new' && order.replaces !== undefined
    if (ENDED.has(order.status) || order.status === 'pending_replace' || isOnItsWay)
      throw refuse('unprocessable', `order is already in "${order.status}" state`)
    if (order.status === 'pending_cancel') return
    this.#become(order, 'pending_cancel')
    this.#deps.soon(() => this.#finishCancel(order))
  }

  #finishCancel(order: Resting): void {
    if (order.status === 'pending_cancel' && !this.#cancelsHang) this.#end(order, 'canceled')
  }

  cancelAll(): readonly BulkResult[] {
    return this.open
      .filter(({ id, status }) => this.#isTop(id) && status !== DONE)
      .map(({ id }) => {
        try {
          this.cancel(id)
          return { of: id, status: 200, message: undefined, order: undefined }
        } catch (cause) {
          return { of: id, status: 422, message: String(cause), order: undefined }
        }
      })
  }

  closeAll(): readonly BulkResult[] {
    this.cancelAll()
    return this.positions().map(({ symbol, qty }) => {
      const side = qty.isNegative() ? 'buy' : 'sell'
      const order = this.place({
        symbol,
        side,
        type: 'market',
        timeInForce: 'day',
        qty: qty.abs(),
        clientOrderId: `close:${symbol}:${this.#orders.size}`,
      })
      return { of: symbol, status: 200, message: undefined, order }
    })
  }

  get(id: string): Order {
    return this.#reported(this.#known(id), true)
  }

  find(clientOrderId: string): Order | undefined {
    const order = this.#named(clientOrderId)
    if (order === undefined) this.denials.set(clientOrderId, (this.denials.get(clientOrderId) ?? 0) + 1)
    return order && this.#reported(order, true)
  }

  /**
   * Newest first, as Alpaca lists: nested, a leg that was not replaced appears only inside its entry, and so not at all if
   * the entry is not listed; flat, an exit that is held is left out.
   */
  list({
    status = 'open',
    limit = 50,
    nested = false,
    symbols,
    beforeOrderId,
  }: OrdersRequest): readonly Order[] {
    const all = [...this.#orders.values()].reverse()
    const start = beforeOrderId === undefined ? 0 : all.findIndex(({ id }) => id === beforeOrderId) + 1
    return all
      .slice(start)
      .filter((order) => status === 'all' || !(ENDED.has(order.status) || order.status === DONE))
      .filter(({ symbol }) => symbols?.includes(symbol) ?? true)
      .filter((order) =>
        nested ? order.parentId === undefined || order.status === 'replaced' : order.status !== 'held',
      )
      .slice(0, limit)
      .map((order) => this.#reported(order, nested))
  }

  /** Executions after that time, oldest first. */
  fills({ after = -Infinity }: FillsRequest): readonly Fill[] {
    return this.#fills.filter(({ at }) => at > after)
  }

  positions(): readonly Position[] {
    return [...this.#positions]
      .filter(([, { qty }]) => !qty.isZero())
      .map(([symbol, { qty, average }]) => ({
        assetId: symbol,
        symbol,
        assetClass: /\d/.test(symbol) ? 'us_option' : symbol.endsWith('USD') ? 'crypto' : 'us_equity',
        exchange: 'NYSE',
        side: qty.isNegative() ? 'short' : 'long',
        qty,
        qtyAvailable: undefined,
        avgEntryPrice: average,
        costBasis: undefined,
        marketValue: undefined,
        currentPrice: undefined,
        lastdayPrice: undefined,
        unrealizedPl: undefined,
        unrealizedPlpc: undefined,
        unrealizedIntradayPl: undefined,
        unrealizedIntradayPlpc: undefined,
        changeToday: undefined,
      }))
  }

  account(): Account {
    return {
      id: 'reference',
      accountNumber: 'REF001234',
      status: 'ACTIVE',
      currency: 'USD',
      cash: this.#cash,
      equity: CASH,
      lastEquity: CASH,
      portfolioValue: CASH,
      buyingPower: CASH.times(2),
      regtBuyingPower: undefined,
      nonMarginableBuyingPower: undefined,
      longMarketValue: undefined,
      shortMarketValue: undefined,
      initialMargin: ZERO,
      maintenanceMargin: ZERO,
      multiplier: undefined,
      accruedFees: undefined,
      tradingBlocked: false,
      transfersBlocked: false,
      accountBlocked: false,
      tradeSuspendedByUser: false,
      shortingEnabled: true,
      createdAt: undefined,
    }
  }

  /** Fills an order with that many shares, at most all that is left. */
  fill(id: string, shares: Decimal, price: Decimal): void {
    const order = this.#known(id)
    const left = (order.qty ?? ZERO).minus(order.filledQty)
    const qty = Decimal.min(shares, left)
    if (!this.#isFillable(order) || qty.lte(0)) return
    const paid = (order.filledAvgPrice ?? ZERO).times(order.filledQty).plus(price.times(qty))
    order.filledQty = order.filledQty.plus(qty)
    order.filledAvgPrice = paid.div(order.filledQty)
    const signed = order.side === 'buy' ? qty : qty.neg()
    const realized = this.#move(order.symbol, signed, price)
    const isAll = qty.eq(left)
    const pending = order.status === 'pending_cancel' || order.status === 'pending_replace'
    order.filledAt = this.#deps.now()
    const status = isAll ? 'filled' : pending ? order.status : 'partially_filled'
    const nth = this.#fills.length + 1
    const time = new Date(this.#deps.now()).toISOString().replace('Z', `${String(nth).padStart(6, '0')}Z`)
    const execution = { id: `execution-${nth}`, price, qty, time }
    this.#record(order, execution, realized)
    this.#become(order, status, isAll ? 'fill' : 'partial_fill', execution)
    this.#afterFill(order, left.minus(qty))
  }

  /**
   * Busts the latest execution of an order, or corrects its price: it no longer counts, or at that price. Positions, cash,
   * and the list of executions are as if it had always been so.
   */
  amend(id: string, price?: Decimal): void {
    const order = this.#known(id)
    const nth = this.#fills.findLastIndex(({ orderId }) => orderId === id)
    const fill = this.#fills[nth]
    if (fill === undefined) return
    const { qty, symbol } = fill
    const paid = (order.filledAvgPrice ?? ZERO).times(order.filledQty).minus(fill.price.times(qty))
    const before = this.#fills.filter((one) => one.symbol === symbol)
    if (price === undefined) this.#fills.splice(nth, 1)
    else this.#fills[nth] = { ...fill, price }
    this.#replay(symbol, before)
    if (price === undefined) order.filledQty = order.filledQty.minus(qty)
    const total = price === undefined ? paid : paid.plus(price.times(qty))
    order.filledAvgPrice = order.filledQty.isZero() ? undefined : total.div(order.filledQty)
    const previousId = fill.id.replace('activity::', '')
    const execution = {
      id: `${previousId}-amended`,
      previousId,
      price: price ?? fill.price,
      qty,
      time: fill.time,
    }
    this.#tell(price === undefined ? 'trade_bust' : 'trade_correct', order, execution)
  }

  /** Makes position and cash what a symbol's executions make them, instead of those before. */
  #replay(symbol: string, before: readonly ReferenceFill[]): void {
    for (const { side, qty, price } of before)
      this.#cash = this.#cash.plus(price.times(side === 'buy' ? qty : qty.neg()))
    this.#positions.delete(symbol)
    for (const [nth, fill] of this.#fills.entries())
      if (fill.symbol === symbol)
        this.#fills[nth] = {
          ...fill,
          realized: this.#move(symbol, fill.side === 'buy' ? fill.qty : fill.qty.neg(), fill.price),
        }
  }

  /** Whether it may fill now: also a stop that is held beside the target of a filled entry. */
  #isFillable({ status, parentId }: Resting): boolean {
    const entry = parentId === undefined ? undefined : this.#orders.get(parentId)
    const isBeside = entry?.orderClass === 'oco' || entry?.status === 'filled'
    return FILLABLE.has(status) || (status === 'held' && isBeside)
  }

  #record(
    { id, clientOrderId, symbol, side, type, filledQty, qty: whole = ZERO }: Resting,
    { id: executionId, price, qty, time }: NonNullable<ExchangeEvent['execution']>,
    realized: Decimal,
  ): void {
    const at = this.#deps.now()
    this.#fills.push({
      id: `activity::${executionId}`,
      orderId: id,
      clientOrderId,
      symbol,
      side,
      type,
      price,
      qty,
      cumQty: filledQty,
      leavesQty: whole.minus(filledQty),
      orderStatus: undefined,
      at,
      time,
      realized,
    })
  }

  /** Ends an order on the exchange's own initiative. */
  end(id: string, status: 'canceled' | 'expired' | 'rejected'): void {
    const order = this.#known(id)
    const isAllowed = status === 'rejected' ? order.filledQty.isZero() : true
    if (!ENDED.has(order.status) && order.replaces === undefined && isAllowed) this.#end(order, status)
  }

  #acknowledge(order: Resting): void {
    if (order.status === 'pending_new') this.#become(order, 'new')
  }

  #confirmReplacement(old: Resting, fresh: Resting): void {
    if (ENDED.has(fresh.status)) return
    if (ENDED.has(old.status)) {
      this.#tell('order_replace_rejected', old)
      this.#become(fresh, 'rejected')
      return
    }
    old.replacedBy = fresh.id
    fresh.parentId = old.parentId
    for (const leg of this.#legsOf(old)) leg.parentId = fresh.id
    this.#become(old, 'replaced')
    this.#become(fresh, 'new')
  }

  /**
   * Opens the exits once their entry is filled; a filled exit cancels the other one, a partly filled one
   * reduces it.
   */
  #afterFill(order: Resting, left: Decimal): void {
    const siblings = this.#siblingsOf(order)
    if (order.status === 'filled') {
      for (const leg of this.#legsOf(order))
        if (order.orderClass === 'bracket' && leg.type === 'limit') this.#become(leg, 'new')
      for (const other of siblings) this.#end(other, 'canceled')
      return
    }
    for (const other of siblings) {
      other.qty = left.plus(other.filledQty)
      this.#tell('restated', other)
    }
  }

  #end(order: Resting, status: 'canceled' | 'expired' | 'rejected'): void {
    if (ENDED.has(order.status)) return
    this.#become(order, status)
    for (const other of [...this.#legsOf(order), ...this.#siblingsOf(order)]) this.#end(other, 'canceled')
  }

  /** The other exits of the same shares. */
  #siblingsOf(order: Resting): readonly Resting[] {
    const isExit = order.parentId !== undefined
    const ofOco = order.orderClass === 'oco' && !isExit ? this.#legsOf(order) : []
    const others = isExit
      ? [...this.#orders.values()].filter(
          ({ id, parentId, orderClass }) =>
            id !== order.id &&
            (parentId === order.parentId || (orderClass === 'oco' && id === order.parentId)),
        )
      : []
    return [...ofOco, ...others].filter(({ status }) => !ENDED.has(status) && status !== 'pending_new')
  }

  #legsOf({ id }: Order): readonly Resting[] {
    return [...this.#orders.values()].filter(
      ({ parentId, status }) => parentId === id && !ENDED.has(status) && status !== 'pending_new',
    )
  }

  #isTop(id: string): boolean {
    const { parentId } = this.#known(id)
    return parentId === undefined || ENDED.has(this.#known(parentId).status)
  }

  /** Changes a position and the cash; returns the profit that this realizes. */
  #move(symbol: string, signed: Decimal, price: Decimal): Decimal {
    const { qty, average } = this.#positions.get(symbol) ?? { qty: ZERO, average: ZERO }
    const after = qty.plus(signed)
    this.#cash = this.#cash.minus(signed.times(price))
    const grows = qty.isZero() || qty.isNegative() === signed.isNegative()
    const turns = !after.isZero() && after.isNegative() !== qty.isNegative()
    const grown = () => qty.times(average).plus(signed.times(price)).div(after)
    this.#positions.set(symbol, { qty: after, average: grows ? grown() : turns ? price : average })
    const closed = grows ? ZERO : Decimal.min(qty.abs(), signed.abs()).times(qty.isNegative() ? -1 : 1)
    return price.minus(average).times(closed)
  }

  #arrived(clientOrderId: string): void {
    this.#deps.onArrival?.(clientOrderId)
    this.arrivals.set(clientOrderId, (this.arrivals.get(clientOrderId) ?? 0) + 1)
    if (this.#named(clientOrderId)) throw refuse('unprocessable', 'client_order_id must be unique')
  }

  #add(request: OrderRequest, parentId?: string): Resting {
    const order = newOrder(request, {
      id: `exchange-${this.#orders.size + 1}`,
      at: this.#deps.now(),
      parentId,
    })
    this.#orders.set(order.id, order)
    return order
  }

  #become(order: Resting, status: string, event = status, execution?: ExchangeEvent['execution']): void {
    order.status = status
    this.#tell(event, order, execution)
  }

  #tell(event: string, order: Resting, execution?: ExchangeEvent['execution']): void {
    order.updatedAt = this.#deps.now()
    this.#deps.onEvent({ event, order: this.#reported(order, false), ...(execution && { execution }) })
  }

  /** The order as it is now, with its legs if requested. */
  #reported(order: Resting, nested: boolean): Order {
    const legs = nested
      ? [...this.#orders.values()].filter(
          ({ parentId, status }) => parentId === order.id && status !== 'replaced',
        )
      : []
    return { ...order, legs: legs.map((leg) => ({ ...leg, legs: [] })) }
  }

  #named(clientOrderId: string): Resting | undefined {
    return [...this.#orders.values()].find((one) => one.clientOrderId === clientOrderId)
  }

  #known(id: string): Resting {
    const order = this.#orders.get(id)
    if (order === undefined) throw refuse('not_found', `order not found for ${id}`)
    return order
  }
}

/** The terms to request the same order again. */
const termsOf = ({ symbol, side, type, timeInForce, limitPrice, stopPrice, orderClass }: Resting) =>
  ({
    symbol,
    side,
    type,
    timeInForce,
    orderClass,
    ...(limitPrice && { limitPrice }),
    ...(stopPrice && { stopPrice }),
  }) as Omit<OrderRequest, 'clientOrderId'> // made from a request before
