import { Decimal } from 'decimal.js'
import type { MarketRow } from '../../src/shared/market.ts'
import type {
  AccountSummary,
  PositionView,
  TradingSnapshot,
  WhatIf,
} from '../../src/shared/trading/account.ts'
import { isClosed, type OrderDraft, type OrderView } from '../../src/shared/trading/order.ts'
import type { OrderProblem, ProblemCode, TicketField } from '../../src/shared/trading/problem.ts'
import {
  stockSymbol,
  toPrice,
  toQuantity,
  toSignedDecimal,
  type Price,
  type StockSymbol,
} from '../../src/shared/units.ts'

/** Where the fake account gets its prices. */
export type RowOf = (symbol: StockSymbol) => MarketRow

const BUYING_POWER = new Decimal(200_000)
const cents = (amount: Decimal) => toSignedDecimal(amount.toDecimalPlaces(2))
const dollars = (amount: Decimal) => toPrice(amount.toDecimalPlaces(2))

/** A position of that many shares, negative while short, valued at the current price. */
export function positionOf(
  symbol: StockSymbol,
  shares: Decimal,
  average: Decimal,
  row: MarketRow,
): PositionView {
  const known = {
    symbol,
    quantity: toSignedDecimal(shares),
    averagePrice: toPrice(average.toDecimalPlaces(4)),
    exits: [],
  }
  if (row.price === undefined) return known
  const total = new Decimal(row.price).minus(average).times(shares)
  const day = new Decimal(row.price).minus(row.previousClose ?? average).times(shares)
  return {
    ...known,
    lastPrice: row.price,
    marketValue: cents(shares.times(row.price)),
    dayPnl: cents(day),
    totalPnl: cents(total),
    totalPnlPercent: cents(total.div(average.times(shares.abs())).times(100)),
  }
}

/** The position with the open orders that make it smaller. */
export function withExits(position: PositionView, orders: readonly OrderView[]): PositionView {
  const side = position.quantity.startsWith('-') ? 'buy' : 'sell'
  const exits = orders
    .filter((order) => !isClosed(order) && order.symbol === position.symbol && order.side === side)
    .map(({ id, type, state, quantity, limitPrice, stopPrice, trailPrice, trailPercent, origin }) => ({
      orderId: id,
      kind:
        type === 'limit' ? ('target' as const) : type === 'market' ? ('other' as const) : ('stop' as const),
      type,
      state,
      origin,
      ...(quantity && { quantity }),
      ...(limitPrice && { limitPrice }),
      ...(stopPrice && { stopPrice }),
      ...(trailPrice && { trailPrice }),
      ...(trailPercent && { trailPercent }),
    }))
  return { ...position, exits }
}

/** The account's figures: $100,000 at the last close, plus what the positions have gained or lost since. */
export function accountOf(positions: readonly PositionView[], at: number): AccountSummary {
  const day = positions.reduce((sum, { dayPnl }) => sum.plus(dayPnl ?? 0), new Decimal(0))
  const used = positions.reduce((sum, { marketValue }) => sum.plus(marketValue ?? 0).abs(), new Decimal(0))
  const equity = day.plus(100_000)
  return {
    endsWith: '4821',
    equity: cents(equity),
    lossEquity: cents(equity),
    cash: cents(equity.minus(used)),
    buyingPower: cents(BUYING_POWER.minus(used)),
    lastEquity: toSignedDecimal(new Decimal(100_000)),
    dayPnl: cents(day),
    dayPnlPercent: cents(day.div(1_000)),
    realizedPnl: cents(new Decimal('128.4')),
    marginUsedPercent: cents(used.div(2_000)),
    openRisk: { atStops: cents(new Decimal(0)), withoutStop: positions.map(({ symbol }) => symbol) },
    mayTrade: true,
    asOf: at,
  }
}

/** The price per share used in calculations. */
function entryPrice(draft: OrderDraft, row: MarketRow): Price | undefined {
  return draft.limitPrice ?? draft.stopPrice ?? (draft.side === 'buy' ? row.ask : row.bid) ?? row.price
}

const sharesOf = (draft: OrderDraft, entry: Decimal): Decimal | undefined =>
  draft.quantity !== undefined
    ? new Decimal(draft.quantity)
    : draft.notional !== undefined && entry.gt(0)
      ? new Decimal(draft.notional).div(entry)
      : undefined

/** What would follow from a draft. */
export function whatIfOf(draft: OrderDraft, snapshot: TradingSnapshot, row: MarketRow): WhatIf {
  const price = entryPrice(draft, row)
  const before = snapshot.account?.buyingPower
  const shares = price === undefined ? undefined : sharesOf(draft, new Decimal(price))
  if (price === undefined || shares === undefined) return before ? { buyingPowerBefore: before } : {}
  const cost = shares.times(price)
  const held = new Decimal(snapshot.positions.find(({ symbol }) => symbol === draft.symbol)?.quantity ?? 0)
  const after = draft.side === 'buy' ? held.plus(shares) : held.minus(shares)
  const opens = after.abs().gt(held.abs())
  const away = (leg: Price) => new Decimal(leg).minus(price).abs().times(shares)
  return {
    cost: dollars(cost),
    ...(before && { buyingPowerBefore: before }),
    ...(before && { buyingPowerAfter: cents(opens ? new Decimal(before).minus(cost) : cost.plus(before)) }),
    positionAfter: toSignedDecimal(after),
    ...(draft.stopLoss && { lossAtStop: dollars(away(draft.stopLoss.stopPrice)) }),
    ...(draft.takeProfit && { gainAtTarget: dollars(away(draft.takeProfit.limitPrice)) }),
    ...(row.spread && { spreadCost: dollars(shares.times(row.spread).div(2)) }),
  }
}

const refuse = (code: ProblemCode, field: TicketField | undefined, sentence: string): OrderProblem => ({
  code,
  level: 'refuse',
  ...(field && { field }),
  sentence,
})

/** A few of the checks, enough to cover each level, a field, the whole ticket and each kind of fix. */
export function problemsOf(
  draft: OrderDraft,
  snapshot: TradingSnapshot,
  row: MarketRow,
): readonly OrderProblem[] {
  const problems: OrderProblem[] = []
  const isOco = draft.orderClass === 'oco' // its target is its limit price
  const needsLimit = !isOco && (draft.type === 'limit' || draft.type === 'stop_limit')
  const needsStop = draft.type === 'stop' || draft.type === 'stop_limit'
  if (draft.quantity === undefined && draft.notional === undefined) {
    problems.push(refuse('QUANTITY_MISSING', 'quantity', 'How many shares? Enter a quantity.'))
  }
  if (needsLimit && draft.limitPrice === undefined) {
    problems.push(refuse('LIMIT_PRICE_MISSING', 'limitPrice', 'A limit order needs a limit price.'))
  }
  if (needsStop && draft.stopPrice === undefined) {
    problems.push(refuse('STOP_PRICE_MISSING', 'stopPrice', 'A stop order needs a stop price.'))
  }
  const limit = draft.limitPrice === undefined ? undefined : new Decimal(draft.limitPrice)
  const mid = row.bid && row.ask ? new Decimal(row.bid).plus(row.ask).div(2) : undefined
  if (limit && mid && limit.minus(mid).abs().div(mid).gt('0.05')) {
    problems.push({
      ...refuse(
        'PRICE_OUTSIDE_BAND',
        'limitPrice',
        `${limit.toFixed(2)} is more than 5 % away from the market at ${mid.toFixed(2)}.`,
      ),
      fix: { kind: 'change', label: `Use ${mid.toFixed(2)}`, change: { limitPrice: dollars(mid) } },
    })
  }
  const { cost, buyingPowerBefore } = whatIfOf(draft, snapshot, row)
  if (cost !== undefined && buyingPowerBefore !== undefined && new Decimal(cost).gt(buyingPowerBefore)) {
    problems.push({
      ...refuse(
        'BUYING_POWER_EXCEEDED',
        'quantity',
        `This costs $${cost}, and there is $${buyingPowerBefore} to buy with.`,
      ),
      fix: { kind: 'change', label: 'Use 100 shares', change: { quantity: toQuantity(100) } },
    })
  } else if (cost !== undefined && new Decimal(cost).gt(snapshot.limits.notionalAskDollars)) {
    problems.push({
      code: 'NOTIONAL_EXCEEDS_LIMIT',
      level: 'ask',
      sentence: `This order is worth $${cost}, more than the $${snapshot.limits.notionalAskDollars} you asked to be warned at.`,
    })
  }
  if (snapshot.trading.state === 'halted') {
    problems.push(
      refuse('KILL_SWITCH_ENGAGED', undefined, 'Kill switch is on. Cancel, close and flatten still work.'),
    )
  }
  const own = snapshot.orders.find(
    (order) => !isClosed(order) && order.symbol === draft.symbol && order.side !== draft.side,
  )
  if (own && !own.parentId) {
    problems.push({
      ...refuse(
        'WASH_TRADE',
        undefined,
        `Your own order to ${own.side} ${own.symbol} rests on the other side.`,
      ),
      fix: { kind: 'cancel-order', label: 'Cancel it first', orderId: own.id },
    })
  }
  if (snapshot.mode === 'live' && snapshot.trading.armedUntil === undefined) {
    problems.push({
      ...refuse('LIVE_NOT_ARMED', undefined, 'Live trading isn’t armed.'),
      fix: { kind: 'arm', label: 'Arm live trading' },
    })
  }
  return problems
}

const order = (id: string, symbol: string, more: Partial<OrderView>): OrderView => ({
  id,
  exchangeId: `ex-${id}`,
  symbol: stockSymbol.parse(symbol),
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  orderClass: 'simple',
  quantity: toQuantity(100),
  extendedHours: false,
  state: 'open',
  filledQuantity: toQuantity(0),
  requestedAt: 0,
  updatedAt: 0,
  origin: 'signal',
  ...more,
})

/** Orders sent before the window opened, newest first: one is open, the others are closed. */
export const earlierOrders = (now: number): readonly OrderView[] => [
  order('earlier-nvda', 'NVDA', {
    quantity: toQuantity(50), limitPrice: toPrice(139.5), timeInForce: 'gtc',
    requestedAt: now - 600_000, updatedAt: now - 599_000,
  }),
  order('earlier-amd', 'AMD', {
    state: 'rejected', limitPrice: toPrice(138), requestedAt: now - 1_200_000, updatedAt: now - 1_199_000,
    problem: 'Rejected by Alpaca: insufficient buying power.',
  }),
  order('earlier-msft', 'MSFT', {
    side: 'sell', state: 'canceled', quantity: toQuantity(10), limitPrice: toPrice(431),
    origin: 'external', requestedAt: now - 2_400_000, updatedAt: now - 2_300_000,
  }),
  order('earlier-aapl', 'AAPL', {
    state: 'filled', limitPrice: toPrice(228.4), filledQuantity: toQuantity(100), averageFillPrice: toPrice(228.38),
    requestedAt: now - 3_600_000, updatedAt: now - 3_590_000,
  }),
] // prettier-ignore
