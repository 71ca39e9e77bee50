/** The account at an earlier time, found by undoing the fills since. */
import type { Decimal } from 'decimal.js'
import { midnightOf } from '#shared/calendar/new-york'
import { exchangeDayOf } from '#shared/exchange-calendar'
import type { EpochMs } from '#shared/units'
import { amount, signOf } from '../matching/index.ts'
import type { SimAccountState } from './account-state.ts'

/** Cash and signed shares by symbol. */
export interface Standing {
  readonly cash: Decimal
  readonly shares: ReadonlyMap<string, Decimal>
}

/** The account's standing at that time, which is not before the oldest known fill. */
export function standingAt(accountState: SimAccountState, at: EpochMs): Standing {
  let cash = accountState.cash
  const shares = new Map([...accountState.holdings].map(([symbol, { qty }]) => [symbol, qty]))
  for (const { symbol, side, qty, price, at: filledAt } of [...accountState.executions].reverse()) {
    if (filledAt < at) break
    const signed = amount(qty).times(signOf(side))
    cash = cash.plus(signed.times(price))
    shares.set(symbol, (shares.get(symbol) ?? amount(0)).minus(signed))
  }
  return { cash, shares }
}

/** The account's standing when the day started in New York. */
export const standingToday = (accountState: SimAccountState, now: EpochMs): Standing =>
  standingAt(accountState, midnightOf(exchangeDayOf(now)))

/** The account's value at the last close: its overnight holdings at the closing prices. */
export const lastEquity = ({ cash, shares }: Standing, lastDay: (symbol: string) => Decimal): Decimal =>
  [...shares].reduce((sum, [symbol, qty]) => (qty.eq(0) ? sum : sum.plus(qty.times(lastDay(symbol)))), cash)
