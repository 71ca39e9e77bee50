import { Decimal } from 'decimal.js'
import type { AccountSummary } from '#shared/trading/account'
import type { EpochMs, ExchangeDay, Price, StockSymbol } from '#shared/units'
import type { Account } from '#alpaca'
import { onDay, type AccountState, type Holding } from '../state/index.ts'
import { cents } from './position-view.ts'

/** The account as Alpaca told it, with the prices and holdings of that moment. */
export interface ReportedAccount {
  readonly account: Account
  readonly at: EpochMs
  readonly held: ReadonlyMap<StockSymbol, { readonly quantity: Decimal; readonly price: Price }>
  /** What the holdings were worth more by our prices than by Alpaca's. */
  readonly repriced: Decimal
}

const ZERO = new Decimal(0)

/** How much two prices of one moment can differ, as a share of all that is held; more is no matter of prices. */
const PRICES_DIFFER = new Decimal('0.01')

/**
 * Alpaca reckons with the last trade, the positions on the screen with the quote. The account goes by the same prices
 * as they do, so that its day's profit is the sum of theirs; unless it holds something else than our books do.
 */
function repricedBy({ longMarketValue, shortMarketValue }: Account, held: ReportedAccount['held']): Decimal {
  if (longMarketValue === undefined || shortMarketValue === undefined) return ZERO
  let [value, gross] = [ZERO, ZERO]
  for (const { quantity, price } of held.values()) {
    value = value.plus(quantity.times(price))
    gross = gross.plus(quantity.times(price).abs())
  }
  const difference = value.minus(longMarketValue).minus(shortMarketValue)
  return difference.abs().lte(gross.times(PRICES_DIFFER)) ? difference : ZERO
}

/** Keeps what Alpaca said of the account together with what the holdings were worth then. */
export function reportedAccount(
  account: Account,
  at: EpochMs,
  holdings: Iterable<Holding>,
  priceOf: (symbol: StockSymbol) => Price | undefined,
): ReportedAccount {
  const held = new Map<StockSymbol, { quantity: Decimal; price: Price }>()
  for (const { symbol, quantity } of holdings) {
    const price = priceOf(symbol)
    if (price !== undefined && !quantity.isZero()) held.set(symbol, { quantity, price })
  }
  return { account, at, held, repriced: repricedBy(account, held) }
}

/** The account as it is shown: what Alpaca told, moved on by the prices since. */
export function accountSummary(
  { account, at, held, repriced }: ReportedAccount,
  accountState: AccountState,
  today: ExchangeDay,
  priceOf: (symbol: StockSymbol) => Price | undefined,
): AccountSummary {
  let moved = repriced
  for (const [symbol, { quantity, price }] of held)
    moved = moved.plus(quantity.times(new Decimal(priceOf(symbol) ?? price).minus(price)))
  const equity = (account.equity ?? ZERO).plus(moved)
  const lastEquity = account.lastEquity ?? account.equity ?? ZERO
  const dayPnl = equity.minus(lastEquity)
  return {
    endsWith: account.accountNumber.slice(-4),
    equity: cents(equity),
    cash: cents(account.cash ?? ZERO),
    buyingPower: cents(account.buyingPower ?? ZERO),
    lastEquity: cents(lastEquity),
    dayPnl: cents(dayPnl),
    dayPnlPercent: cents(percentOf(dayPnl, lastEquity)),
    realizedPnl: cents(realizedToday(accountState, today)),
    marginUsedPercent: cents(percentOf(account.initialMargin ?? ZERO, equity)),
    mayTrade: mayTrade(account),
    asOf: at,
  }
}

const percentOf = (part: Decimal, whole: Decimal): Decimal =>
  whole.isZero() ? ZERO : part.div(whole).times(100)

const realizedToday = ({ holdings }: AccountState, today: ExchangeDay): Decimal =>
  [...holdings.values()].reduce((sum, holding) => sum.plus(onDay(holding, today).realized), ZERO)

const mayTrade = (account: Account): boolean =>
  account.status === 'ACTIVE' &&
  !account.tradingBlocked &&
  !account.accountBlocked &&
  !account.tradeSuspendedByUser
