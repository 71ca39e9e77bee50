import { Decimal } from 'decimal.js'
import type { AccountSummary, TradingState } from '#shared/trading/account'
import type { Mode } from '#shared/settings'
import { toSignedDecimal, type StockSymbol } from '#shared/units'
import { exchangeDayOf } from '#shared/exchange-calendar'
import { MINUTE_MS } from '#shared/time'
import type { RiskLimits } from '#shared/trading/limits'
import { isClosed, wasSent } from '#shared/trading/order'
import type { Clock } from '#process/clock'
import { type OrderRecord } from '../state/index.ts'
import type { TradingLog } from '../event-log/trading-log.ts'
import { orderView } from '../views/order-view.ts'
import type { AssetRules } from './asset-rules.ts'
import type { MarketView } from '../deps.ts'
import { exitsOf } from '../views/position-exits.ts'
import { positionView } from '../views/position-view.ts'
import { reservedFor, type RecentOrder, type RiskContext } from '../../risk/index.ts'

/** How far back orders count for the rate and repetition checks. */
const RECENT_MS = MINUTE_MS

interface OrderContextDeps {
  readonly mode: Mode
  readonly tradingLog: TradingLog
  readonly market: MarketView
  readonly assets: AssetRules
  readonly trading: () => TradingState
  readonly limits: () => RiskLimits
  readonly account: () => AccountSummary | undefined
  readonly clock: Clock
}

/** Everything that the checks of an order in this symbol need, as of now, without the order being replaced. */
export function orderContext(deps: OrderContextDeps, symbol: StockSymbol, replaced?: string): RiskContext {
  const context = withoutAccount(deps, symbol, replaced)
  const reported = deps.account()
  if (reported === undefined) return context
  const taken = [...deps.tradingLog.accountState.orders.values()]
    .filter(({ id, requestedAt }) => requestedAt >= reported.asOf && id !== replaced)
    .reduce((sum, order) => sum.plus(takenBy(order, deps)), new Decimal(0))
  const buyingPower = toSignedDecimal(new Decimal(reported.buyingPower).minus(taken).toDecimalPlaces(2))
  return { ...context, account: { ...reported, buyingPower } }
}

/** Buying power taken by an order that is newer than the last account report, which does not include it. */
const takenBy = (order: OrderRecord, deps: OrderContextDeps): Decimal =>
  (order.draft &&
    !endedUnfilled(order) &&
    reservedFor(order.draft, withoutAccount(deps, order.draft.symbol, order.id))) ||
  new Decimal(0)

const endedUnfilled = (order: OrderRecord): boolean => isClosed(order) && order.state !== 'filled'

function withoutAccount(deps: OrderContextDeps, symbol: StockSymbol, without?: string): RiskContext {
  const { mode, tradingLog, market, assets, clock } = deps
  const { accountState } = tradingLog
  const now = clock.now()
  const row = market.row(symbol)
  const holding = accountState.holdings.get(symbol)
  const orders = [...accountState.orders.values()]
  const open = orders.filter((order) => !isClosed(order) && order.id !== without)
  return {
    now,
    mode,
    session: market.session(),
    asset: assets.rulesOf(symbol),
    limits: deps.limits(),
    trading: deps.trading(),
    openOrders: open.map((order) => orderView(order, accountState)),
    recent: orders.filter((order) => isRecent(order, now)).map(toRecent),
    ...(row && { row }),
    ...(holding &&
      !holding.quantity.isZero() && {
        position: positionView(holding, row, exchangeDayOf(now), exitsOf(holding, accountState)),
      }),
  }
}

const isRecent = (order: OrderRecord, now: number): boolean =>
  order.draft !== undefined && wasSent(order) && order.requestedAt > now - RECENT_MS

function toRecent({ terms: { symbol, side, quantity, notional }, requestedAt }: OrderRecord): RecentOrder {
  return { symbol, side, amount: quantity ?? `$${notional ?? ''}`, at: requestedAt }
}
