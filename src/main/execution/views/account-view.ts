import { isDeepStrictEqual } from 'node:util'
import { exchangeDayOf } from '#shared/exchange-calendar'
import type { Mode } from '#shared/settings'
import {
  SHOWN_CLOSED,
  type AccountSummary,
  type PositionView,
  type TradingChange,
  type TradingSnapshot,
  type TradingState,
} from '#shared/trading/account'
import type { Reconciliation } from '#shared/trading/account'
import type { RiskLimits } from '#shared/trading/limits'
import { isClosed } from '#shared/trading/order'
import type { EpochMs, Price, StockSymbol } from '#shared/units'
import type { Account } from '#alpaca'
import type { Clock } from '#process/clock'
import { accountSummary, equityAt, reportedAccount, type ReportedAccount } from './account-summary.ts'
import { HeldEquity } from './held-equity.ts'
import { type Applied, type OrderRecord } from '../state/index.ts'
import type { TradingLog } from '../event-log/trading-log.ts'
import { orderView } from './order-view.ts'
import type { MarketView } from '../deps.ts'
import { openRisk } from './open-risk.ts'
import { exitsOf } from './position-exits.ts'
import { positionView } from './position-view.ts'

interface AccountViewDeps {
  readonly mode: Mode
  readonly tradingLog: TradingLog
  readonly market: MarketView
  readonly trading: () => TradingState
  readonly limits: () => RiskLimits
  readonly reconciliation: () => Reconciliation
  readonly onChange: (change: TradingChange) => void
  readonly clock: Clock
}

/** How often to update positions and the account with new prices. */
const REPRICE_MS = 250

/** What the windows show of the account, and reports of what changed. */
export class AccountView {
  readonly #deps: AccountViewDeps
  #reported: ReportedAccount | undefined
  readonly #heldEquity = new HeldEquity()
  #shown: {
    trading?: TradingState
    account?: AccountSummary | undefined
    positions?: readonly PositionView[]
    limits?: RiskLimits
  } = {}
  #followed: readonly StockSymbol[] = []

  constructor(deps: AccountViewDeps) {
    this.#deps = deps
  }

  /** Reports what prices and time change; returns its stop. */
  start(): () => void {
    return this.#deps.clock.every(REPRICE_MS, () => this.refresh())
  }

  /** The account as shown; absent until Alpaca's first report. The live account's number isn't part of it. */
  get account(): AccountSummary | undefined {
    return this.#accountWith(this.positions)
  }

  #accountWith(positions: readonly PositionView[]): AccountSummary | undefined {
    const { mode, tradingLog, clock } = this.#deps
    if (this.#reported === undefined) return undefined
    const today = exchangeDayOf(clock.now())
    const { endsWith, ...summary } = accountSummary(
      this.#reported,
      tradingLog.accountState,
      today,
      this.#priceOf,
      this.#heldEquity.most,
    )
    const risk = openRisk(positions)
    return {
      ...summary,
      ...(mode !== 'live' && endsWith !== undefined && { endsWith }),
      ...(risk && { openRisk: risk }),
    }
  }

  get positions(): readonly PositionView[] {
    const { tradingLog, market, clock } = this.#deps
    const today = exchangeDayOf(clock.now())
    const { accountState } = tradingLog
    return [...accountState.holdings.values()]
      .filter(({ quantity }) => !quantity.isZero())
      .map((holding) =>
        positionView(holding, market.row(holding.symbol), today, exitsOf(holding, accountState)),
      )
  }

  snapshot(): TradingSnapshot {
    const { mode, tradingLog, trading, limits, reconciliation } = this.#deps
    const { accountState } = tradingLog
    const orders = [...accountState.orders.values()].reverse()
    const closed = orders.filter(isClosed).sort((one, other) => other.updatedAt - one.updatedAt)
    const shown = new Set([...orders.filter((order) => !isClosed(order)), ...closed.slice(0, SHOWN_CLOSED)])
    const ids = new Set([...shown].map(({ id }) => id))
    const positions = this.positions
    const account = this.#accountWith(positions)
    return {
      mode,
      trading: trading(),
      ...(account && { account }),
      positions,
      orders: orders.filter((order) => shown.has(order)).map((order) => orderView(order, accountState)),
      fills: accountState.fills.filter(({ orderId }) => ids.has(orderId)).reverse(),
      limits: limits(),
      reconciliation: reconciliation(),
    }
  }

  /** Takes Alpaca's report of the account, which may or may not include orders after `askedAt`. */
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

  /** Reports immediately what one event changed. */
  applied({ event, order, before, fill }: Applied): void {
    const { tradingLog, onChange } = this.#deps
    if (order !== undefined) {
      const changed = this.#withRelated(order, before).map((record) =>
        orderView(record, tradingLog.accountState),
      )
      onChange({ orders: changed, ...(fill && { fills: [fill] }) })
      this.#follow()
    }
    if (event.type === 'AccountOpened') this.reportAll()
    this.refresh()
  }

  /** Reports everything again: the account state was opened, or started over. */
  reportAll(): void {
    this.#deps.onChange({ ...this.snapshot(), isAnew: true })
  }

  /** Reports the parts that changed. */
  refresh(): void {
    const { trading, limits, clock } = this.#deps
    if (this.#reported !== undefined)
      this.#heldEquity.add({ at: clock.now(), equity: equityAt(this.#reported, this.#markOf) })
    const positions = this.positions
    const now = { trading: trading(), account: this.#accountWith(positions), positions, limits: limits() }
    const change: TradingChange = {
      ...(!isDeepStrictEqual(now.trading, this.#shown.trading) && { trading: now.trading }),
      ...(now.account && !isDeepStrictEqual(now.account, this.#shown.account) && { account: now.account }),
      ...(!isDeepStrictEqual(now.positions, this.#shown.positions) && { positions: now.positions }),
      ...(!isDeepStrictEqual(now.limits, this.#shown.limits) && { limits: now.limits }),
    }
    this.#shown = now
    if (Object.keys(change).length > 0) this.#deps.onChange(change)
  }

  /** The order, and those whose view its event may also change: its legs and the order it replaces. */
  #withRelated(order: OrderRecord, before: OrderRecord | undefined): readonly OrderRecord[] {
    const { orders } = this.#deps.tradingLog.accountState
    const related = [order.replaces, ...(before?.legs === order.legs ? [] : order.legs.map(({ id }) => id))]
    return [order, ...related.flatMap((id) => orders.get(id ?? '') ?? [])]
  }

  /** Follows the prices of all positions and open orders. */
  #follow(): void {
    const { accountState } = this.#deps.tradingLog
    const held = [...accountState.holdings.values()].filter(({ quantity }) => !quantity.isZero())
    const open = accountState.openOrders
    const symbols = [
      ...new Set([...held.map(({ symbol }) => symbol), ...open.map(({ terms }) => terms.symbol)]),
    ]
    if (isDeepStrictEqual(symbols, this.#followed)) return
    this.#followed = symbols
    this.#deps.market.follow(symbols)
  }

  readonly #priceOf = (symbol: StockSymbol): Price | undefined => this.#deps.market.row(symbol)?.price

  /** The mid of a usable quote: no other price makes the daily loss. */
  readonly #markOf = (symbol: StockSymbol): Price | undefined => {
    const row = this.#deps.market.row(symbol)
    return row?.basis === 'mid' ? row.price : undefined
  }
}
