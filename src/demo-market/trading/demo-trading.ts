import type { WebSocket } from 'ws'
import { amount, isOpen, type SimOrder, wanted } from '../matching/index.ts'
import type { SimExchange, QuoteBoard } from '../exchange/index.ts'
import type { Fault, FaultBoard, FaultOf } from '../faults.ts'
import type { KeyCheck } from '../keys.ts'
import type { Route } from '../server/index.ts'
import { accountRoutes } from './account-routes.ts'
import { SimAccountState, opened, type OrderUpdate } from './account-state.ts'
import { OrderIntake } from './order-intake.ts'
import { waitsForEntry } from './family.ts'
import { fillEntries } from './fills.ts'
import { TradingHours } from './hours.ts'
import { noAccountFile, openAccountFile } from './account-file.ts'
import { Ledger } from './ledger.ts'
import { Matcher } from './matcher.ts'
import { orderRoutes } from './order-routes.ts'
import { OrderWire } from './order-wire.ts'
import { positionRoutes } from './position-routes.ts'
import { Prices } from './prices.ts'
import { invalid, notFound, unprocessable } from './refusals.ts'
import { keepTime } from './time-keeper.ts'
import { TradeUpdates } from './trade-updates.ts'

const BEGINNING_CASH = '100000'

/** What trading needs from the market around it. */
interface SimTradingDeps {
  readonly exchange: SimExchange
  readonly quotes: QuoteBoard
  readonly faults: FaultBoard
  readonly areKeys: KeyCheck
  /** Where the account is saved; absent if it ends with the process. */
  readonly accountFile: string | undefined
  readonly log: (line: string) => void
}

/** The demo market's only account, its orders and the clients that listen to them. */
export class SimTrading {
  readonly routes: readonly Route[]
  readonly #ledger: Ledger
  readonly #prices: Prices
  readonly #matcher: Matcher
  readonly #intake: OrderIntake
  readonly #wire: OrderWire
  readonly #updates: TradeUpdates
  readonly #stopTime: () => void

  constructor({ exchange, quotes, faults, areKeys, accountFile: path, log }: SimTradingDeps) {
    const { clock } = exchange
    const beginning = opened(BEGINNING_CASH, clock.now())
    const { accountState, accountFile } =
      path === undefined
        ? { accountState: new SimAccountState(beginning), accountFile: noAccountFile }
        : openAccountFile(path, beginning, clock.now(), log)
    this.#ledger = new Ledger({ accountState, accountFile, clock, tell: (changes) => this.#tell(changes) })
    this.#prices = new Prices(exchange, quotes)
    const [ledger, prices, hours] = [this.#ledger, this.#prices, new TradingHours(exchange)]
    this.#wire = new OrderWire(accountState, prices)
    this.#updates = new TradeUpdates(clock, faults, areKeys)
    const market = { exchange, quotes, prices, hours, ledger }
    this.#matcher = new Matcher(market)
    this.#stopTime = keepTime(market, this.#matcher)
    this.#intake = new OrderIntake({ ledger, hours, matcher: this.#matcher, faults })
    const deps = { ledger, hours, prices, intake: this.#intake, wire: this.#wire }
    this.routes = [...orderRoutes(deps), ...positionRoutes(deps), ...accountRoutes(deps)]
    this.#matcher.follow(new Set(accountState.openOrders().map(({ symbol }) => symbol)))
  }

  /** All orders that ever reached the exchange, oldest first. */
  orders(): readonly SimOrder[] {
    return this.#ledger.accountState.orders()
  }

  /** Serves a client of `/stream`. */
  accept(socket: WebSocket): void {
    this.#updates.accept(socket)
  }

  /** Applies a fault's immediate effect. */
  injectFault(fault: Fault): void {
    switch (fault.kind) {
      case 'hold-matching':
        return this.#matcher.hold(fault.symbol ?? '*')
      case 'release-matching':
        return this.#matcher.release(fault.symbol ?? '*')
      case 'fill':
        return this.#fill(fault)
      case 'drop-trade-stream':
      case 'refuse-trade-stream':
        return this.#updates.cutAll()
      default: // the others take effect when an order arrives or an update is sent
    }
  }

  /** Sends updates that were held back. */
  recover(): void {
    this.#updates.recover()
  }

  stop(): void {
    this.#intake.stop()
    this.#stopTime()
    this.#matcher.stop()
    this.#updates.cutAll()
  }

  #tell(changes: readonly OrderUpdate[]): void {
    for (const { event, order, execution } of changes) {
      if (event === null) continue
      this.#updates.publish({
        event,
        execution_id: execution?.id ?? null,
        price: execution?.price ?? null,
        qty: execution?.qty ?? null,
        position_qty: execution?.positionQty ?? null,
        timestamp: order.updatedAt,
        order: this.#wire.nested(order),
      })
    }
    this.#matcher.follow(new Set(changes.map(({ order }) => order.symbol)))
  }

  #fill({ order: asked, qty, price }: FaultOf<'fill'>): void {
    const { accountState } = this.#ledger
    const order = accountState.order(asked) ?? accountState.orderByClientId(asked)
    if (order === undefined) throw notFound(`order not found for ${asked}`)
    if (!isOpen(order)) throw unprocessable(`order is already in "${order.status}" state`)
    if (waitsForEntry(accountState, order)) throw unprocessable('the order waits for its entry to be filled')
    const at = price === undefined ? this.#priceFor(order) : amount(price)
    const shares = qty === undefined ? wanted(order, at) : amount(qty)
    if (shares.lte(0) || shares.gt(wanted(order, at)))
      throw invalid(`the order does not want ${shares.toFixed()} shares`)
    this.#ledger.record(
      fillEntries(accountState, order, {
        price: at,
        qty: shares,
        time: this.#ledger.stamp(),
        completes: shares.eq(wanted(order, at)),
      }),
    )
  }

  #priceFor(order: SimOrder) {
    if (order.limitPrice !== null) return amount(order.limitPrice)
    const listing = this.#prices.listing(order.symbol)
    const quote = listing && this.#prices.quote(listing)
    if (quote === undefined) throw unprocessable('no price to fill at')
    return order.side === 'buy' ? amount(quote.ask) : amount(quote.bid)
  }
}
