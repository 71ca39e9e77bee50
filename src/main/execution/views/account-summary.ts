import { Decimal } from 'decimal.js'
import type { AccountSummary } from '#shared/trading/account'
import type { EpochMs, ExchangeDay, Price, StockSymbol } from '#shared/units'
import type { Account } from '#alpaca'
import { onDay, type AccountState, type Holding } from '../state/index.ts'
import { cents } from './position-view.ts'

/** The account as Alpaca reported it, with the prices and holdings of that moment. */
export interface ReportedAccount {
  readonly account: Account
  readonly at: EpochMs
  readonly held: ReadonlyMap<StockSymbol, { readonly quantity: Decimal; readonly price: Price }>
  /** How much more the holdings were worth at our prices than at Alpaca's. */
  readonly repriced: Decimal
}

const ZERO = new Decimal(0)

/** How far values can differ because of prices alone, as a fraction of all holdings; more has another cause. */
const MAX_PRICE_DIFFERENCE = new Decimal('0.01')

/**
 * What our prices add to Alpaca's value of the holdings. Alpaca uses the last trade, the positions on screen the quote;
 * at the same prices, the account's day profit is the sum of theirs. Zero if Alpaca holds something else than we do.
 */
function repricedBy({ longMarketValue, shortMarketValue }: Account, held: ReportedAccount['held']): Decimal {
  if (longMarketValue === undefined || shortMarketValue === undefined) return ZERO
  let [value, gross] = [ZERO, ZERO]
  for (const { quantity, price } of held.values()) {
    value = value.plus(quantity.times(price))
    gross = gross.plus(quantity.times(price).abs())
  }
  const difference = value.minus(longMarketValue).minus(shortMarketValue)
  return difference.abs().lte(gross.times(MAX_PRICE_DIFFERENCE)) ? difference : ZERO
}

/** Combines Alpaca's report of the account with what the holdings were worth then. */
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

/** Alpaca's equity, adjusted by price changes since its report; a symbol without a price counts as unchanged. */
export function equityAt(
  { account, held, repriced }: ReportedAccount,
  priceOf: (symbol: StockSymbol) => Price | undefined,
): Decimal {
  let moved = repriced
  for (const [symbol, { quantity, price }] of held)
    moved = moved.plus(quantity.times(new Decimal(priceOf(symbol) ?? price).minus(price)))
  return (account.equity ?? ZERO).plus(moved)
}

/**
 * The account as shown: Alpaca's report, adjusted by price changes since. `heldEquity`: the most that usable quotes
 * made of it in the last five seconds, if that is known.
 */
export function accountSummary(
  reported: ReportedAccount,
  accountState: AccountState,
  today: ExchangeDay,
  priceOf: (symbol: StockSymbol) => Price | undefined,
  heldEquity?: Decimal,
): AccountSummary {
  const { account, at } = reported
  const equity = equityAt(reported, priceOf)
  const theirs = account.equity ?? ZERO
  const lastEquity = account.lastEquity ?? account.equity ?? ZERO
  const dayPnl = equity.minus(lastEquity)
  return {
    endsWith: account.accountNumber.slice(-4),
    equity: cents(equity),
    lossEquity: cents(Decimal.min(theirs, heldEquity ?? theirs)),
    cash: cents(account.cash ?? ZERO),
    buyingPower: cents(account.buyingPower ?? ZERO),
    lastEquity: cents(lastEquity),
    dayPnl: cents(dayPnl),
    dayPnlPercent: cents(percentOf(dayPnl, lastEquity)),
    realizedPnl: cents(realizedToday(accountState, today)),
    ...(account.initialMargin && { marginUsedPercent: cents(percentOf(account.initialMargin, equity)) }),
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
