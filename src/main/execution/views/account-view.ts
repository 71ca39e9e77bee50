import { isDeepStrictEqual } from 'node:util'
import { exchangeDayOf } from '#shared/exchange-calendar'
import type { Mode } from '#shared/settings'
import type {
  AccountSummary,
  PositionView,
  TradingChange,
  TradingSnapshot,
  TradingState,
} from '#shared/trading/account'
import type { Reconciliation } from '#shared/trading/account'
import { isClosed } from '#shared/trading/order'
import type { EpochMs, Price, StockSymbol } from '#shared/units'
import type { Account } from '#alpaca'
import type { Clock } from '#process/clock'
import { accountSummary, reportedAccount, type ReportedAccount } from './account-summary.ts'
import { type Applied, type OrderRecord } from '../state/index.ts'
import type { TradingLog } from '../event-log/trading-log.ts'
import { orderView } from './order-view.ts'
import type { MarketView } from '../deps.ts'
import { positionView } from './position-view.ts'

interface AccountViewDeps {
  readonly mode: Mode
  readonly tradingLog: TradingLog
  readonly market: MarketView
  readonly trading: () => TradingState
  readonly reconciliation: () => Reconciliation
  readonly onChange: (change: TradingChange) => void
  readonly clock: Clock
}

/** How often at most prices move positions and the account. */
const REPRICE_MS = 250
/** Closed orders that a window is shown first; older ones are in the event log. */
const SHOWN_CLOSED = 500

/** What the windows see of the account, and the telling of what changed. */
export class AccountView {
  readonly #deps: AccountViewDeps
  #reported: ReportedAccount | undefined
  #shown: {
    trading?: TradingState
    account?: AccountSummary | undefined
    positions?: readonly PositionView[]
  } = {}
  #followed: readonly StockSymbol[] = []

  constructor(deps: AccountViewDeps) {
    this.#deps = deps
  }

  /** Tells what prices and time change; returns its stop. */
  start(): () => void {
    return this.#deps.clock.every(REPRICE_MS, () => this.refresh())
  }

  /** Absent until Alpaca told it once. */
  get account(): AccountSummary | undefined {
    const { tradingLog, clock } = this.#deps
    return (
      this.#reported &&
      accountSummary(this.#reported, tradingLog.accountState, exchangeDayOf(clock.now()), this.#priceOf)
    )
  }

  get positions(): readonly PositionView[] {
    const { tradingLog, market, clock } = this.#deps
    const today = exchangeDayOf(clock.now())
    return [...tradingLog.accountState.holdings.values()]
      .filter(({ quantity }) => !quantity.isZero())
      .map((holding) => positionView(holding, tradingLog.accountState, market.row(holding.symbol), today))
  }

  snapshot(): TradingSnapshot {
    const { mode, tradingLog, trading, reconciliation } = this.#deps
    const { accountState } = tradingLog
    const orders = [...accountState.orders.values()].reverse()
    const closed = orders.filter(isClosed).sort((one, other) => other.updatedAt - one.updatedAt)
    const shown = new Set([...orders.filter((order) => !isClosed(order)), ...closed.slice(0, SHOWN_CLOSED)])
    const ids = new Set([...shown].map(({ id }) => id))
    const account = this.account
    return {
      mode,
      trading: trading(),
      ...(account && { account }),
      positions: this.positions,
      orders: orders.filter((order) => shown.has(order)).map((order) => orderView(order, accountState)),
      fills: accountState.fills.filter(({ orderId }) => ids.has(orderId)).reverse(),
      limits: accountState.risk.limits,
      reconciliation: reconciliation(),
    }
  }

  /** Takes what Alpaca says of the account; orders of after `askedAt` may be in it or not. */
  learnAccount(account: Account, askedAt: EpochMs): void {
    const { tradingLog } = this.#deps
    this.#reported = reportedAccount(
      account,
      askedAt,
      tradingLog.accountState.holdings.values(),
      this.#priceOf,
    )
    this.refresh()
  }

  /** Tells what one event changed, at once. */
  applied({ event, order, before, fill }: Applied): void {
    const { tradingLog, onChange } = this.#deps
    if (order !== undefined) {
      const changed = this.#withRelated(order, before).map((record) =>
        orderView(record, tradingLog.accountState),
      )
      onChange({ orders: changed, ...(fill && { fills: [fill] }) })
      this.#follow()
    }
    if (event.type === 'RiskLimitChanged') onChange({ limits: tradingLog.accountState.risk.limits })
    if (event.type === 'AccountOpened') this.tellAll()
    this.refresh()
  }

  /** Tells everything anew: the books were opened, or began anew. */
  tellAll(): void {
    this.#deps.onChange({ ...this.snapshot(), isAnew: true })
  }

  /** Tells the parts that have become others. */
  refresh(): void {
    const { trading } = this.#deps
    const now = { trading: trading(), account: this.account, positions: this.positions }
    const change: TradingChange = {
      ...(!isDeepStrictEqual(now.trading, this.#shown.trading) && { trading: now.trading }),
      ...(now.account && !isSameAccount(now.account, this.#shown.account) && { account: now.account }),
      ...(!isDeepStrictEqual(now.positions, this.#shown.positions) && { positions: now.positions }),
    }
    this.#shown = now
    if (Object.keys(change).length > 0) this.#deps.onChange(change)
  }

  /** An event of one order also changes what its legs, and the order that it replaces, look like. */
  #withRelated(order: OrderRecord, before: OrderRecord | undefined): readonly OrderRecord[] {
    const { orders } = this.#deps.tradingLog.accountState
    const related = [order.replaces, ...(before?.legs === order.legs ? [] : order.legs.map(({ id }) => id))]
    return [order, ...related.flatMap((id) => orders.get(id ?? '') ?? [])]
  }

  /** Wants prices of everything that money depends on. */
  #follow(): void {
    const { accountState } = this.#deps.tradingLog
    const held = [...accountState.holdings.values()].filter(({ quantity }) => !quantity.isZero())
    const open = [...accountState.orders.values()].filter((order) => !isClosed(order))
    const symbols = [
      ...new Set([...held.map(({ symbol }) => symbol), ...open.map(({ terms }) => terms.symbol)]),
    ]
    if (isDeepStrictEqual(symbols, this.#followed)) return
    this.#followed = symbols
    this.#deps.market.follow(symbols)
  }

  readonly #priceOf = (symbol: StockSymbol): Price | undefined => this.#deps.market.row(symbol)?.price
}

/** The moment alone is no news. */
const isSameAccount = (one: AccountSummary, other: AccountSummary | undefined): boolean =>
  other !== undefined && isDeepStrictEqual({ ...one, asOf: 0 }, { ...other, asOf: 0 })
