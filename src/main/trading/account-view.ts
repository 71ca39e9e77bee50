import { Decimal } from 'decimal.js'
import type { AccountView } from '#shared/trading/account'
import type { EpochMs, ExchangeDay, Price, StockSymbol } from '#shared/units'
import type { Account } from '../alpaca/index.ts'
import { onDay, type Books, type Holding } from './books/index.ts'
import { cents } from './position-view.ts'

/** The account as Alpaca told it, with the prices and holdings of that moment. */
export interface ToldAccount {
  readonly account: Account
  readonly at: EpochMs
  readonly held: ReadonlyMap<StockSymbol, { readonly quantity: Decimal; readonly price: Price }>
}

/** Keeps what Alpaca said of the account together with what the holdings were worth then. */
export function toldAccount(
  account: Account,
  at: EpochMs,
  holdings: Iterable<Holding>,
  priceOf: (symbol: StockSymbol) => Price | undefined,
): ToldAccount {
  const held = new Map<StockSymbol, { quantity: Decimal; price: Price }>()
  for (const { symbol, quantity } of holdings) {
    const price = priceOf(symbol)
    if (price !== undefined && !quantity.isZero()) held.set(symbol, { quantity, price })
  }
  return { account, at, held }
}

const ZERO = new Decimal(0)

/** The account as it is shown: what Alpaca told, moved on by the prices since. */
export function accountView(
  { account, at, held }: ToldAccount,
  books: Books,
  today: ExchangeDay,
  priceOf: (symbol: StockSymbol) => Price | undefined,
): AccountView {
  let moved = ZERO
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
    realizedPnl: cents(realizedToday(books, today)),
    marginUsedPercent: cents(percentOf(account.initialMargin ?? ZERO, equity)),
    mayTrade: mayTrade(account),
    asOf: at,
  }
}

const percentOf = (part: Decimal, whole: Decimal): Decimal =>
  whole.isZero() ? ZERO : part.div(whole).times(100)

const realizedToday = ({ holdings }: Books, today: ExchangeDay): Decimal =>
  [...holdings.values()].reduce((sum, holding) => sum.plus(onDay(holding, today).realized), ZERO)

const mayTrade = (account: Account): boolean =>
  account.status === 'ACTIVE' &&
  !account.tradingBlocked &&
  !account.accountBlocked &&
  !account.tradeSuspendedByUser
