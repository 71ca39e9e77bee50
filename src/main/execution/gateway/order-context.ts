import { Decimal } from 'decimal.js'
import type { AccountView, TradingState } from '#shared/trading/account'
import type { Mode } from '#shared/settings'
import { toSignedDecimal, type StockSymbol } from '#shared/units'
import { exchangeDayOf } from '#shared/exchange-calendar'
import type { Clock } from '#process/clock'
import { isClosed, type OrderRecord } from '../state/index.ts'
import type { Journal } from '../event-log/trading-log.ts'
import { orderView } from '../views/order-view.ts'
import type { AssetBook } from './asset-rules.ts'
import type { MarketView } from '../ports.ts'
import { positionView } from '../views/position-view.ts'
import { reservedFor, type RecentOrder, type RiskContext } from '../../risk/index.ts'

/** Orders of the last minute count for rate and repetition. */
const RECENT_MS = 60_000

interface ContextParts {
  readonly mode: Mode
  readonly journal: Journal
  readonly market: MarketView
  readonly assets: AssetBook
  readonly trading: () => TradingState
  readonly account: () => AccountView | undefined
  readonly clock: Clock
}

/** All that the checks of an order in this symbol look at, as it is now; without the order that is being replaced. */
export function orderContext(parts: ContextParts, symbol: StockSymbol, replaced?: string): RiskContext {
  const context = withoutAccount(parts, symbol, replaced)
  const told = parts.account()
  if (told === undefined) return context
  const taken = [...parts.journal.books.orders.values()]
    .filter(({ id, requestedAt }) => requestedAt >= told.asOf && id !== replaced)
    .reduce((sum, order) => sum.plus(takenBy(order, parts)), new Decimal(0))
  const buyingPower = toSignedDecimal(new Decimal(told.buyingPower).minus(taken).toDecimalPlaces(2))
  return { ...context, account: { ...told, buyingPower } }
}

/** What an order of after the last word on the account holds of the buying power, which that word does not know. */
const takenBy = ({ id, draft, state }: OrderRecord, parts: ContextParts): Decimal =>
  (draft && !TAKES_NOTHING.has(state) && reservedFor(draft, withoutAccount(parts, draft.symbol, id))) ||
  new Decimal(0)

const TAKES_NOTHING: ReadonlySet<OrderRecord['state']> = new Set([
  'not-sent',
  'canceled',
  'expired',
  'replaced',
  'rejected',
])

function withoutAccount(parts: ContextParts, symbol: StockSymbol, without?: string): RiskContext {
  const { mode, journal, market, assets, clock } = parts
  const { books } = journal
  const now = clock.now()
  const row = market.row(symbol)
  const holding = books.holdings.get(symbol)
  const orders = [...books.orders.values()]
  const open = orders.filter((order) => !isClosed(order) && order.id !== without)
  return {
    now,
    mode,
    session: market.session(),
    asset: assets.rulesOf(symbol),
    limits: books.risk.limits,
    trading: parts.trading(),
    openOrders: open.map((order) => orderView(order, books)),
    recent: orders.filter((order) => isRecent(order, now)).map(toRecent),
    ...(row && { row }),
    ...(holding &&
      !holding.quantity.isZero() && { position: positionView(holding, books, row, exchangeDayOf(now)) }),
  }
}

const isRecent = ({ draft, requestedAt }: OrderRecord, now: number): boolean =>
  draft !== undefined && requestedAt > now - RECENT_MS

function toRecent({ terms: { symbol, side, quantity, notional }, requestedAt }: OrderRecord): RecentOrder {
  return { symbol, side, amount: quantity ?? `$${notional ?? ''}`, at: requestedAt }
}
