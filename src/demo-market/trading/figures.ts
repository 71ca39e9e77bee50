import type { Decimal } from 'decimal.js'
import { amount, lesser, type SimHolding, ZERO } from '../matching/index.ts'

/** Regulation T: half of a position must be own money when it is opened. */
const INITIAL_RATE = amount('0.5')
/** The share that must be own money afterwards. Source: Alpaca API, "Margin and short selling". */
const MAINTENANCE_RATE = amount('0.3')
export const MULTIPLIER = amount(2)

/** An account's value and buying power. Dollars, exact. */
export interface Figures {
  readonly cash: Decimal
  readonly longValue: Decimal
  /** Negative while short. */
  readonly shortValue: Decimal
  readonly equity: Decimal
  readonly initialMargin: Decimal
  readonly maintenanceMargin: Decimal
  /** What is left for new orders. */
  readonly buyingPower: Decimal
  /** Buying power without borrowed money. */
  readonly nonMarginable: Decimal
}

const notNegative = (dollars: Decimal): Decimal => (dollars.gt(0) ? dollars : ZERO)

/**
 * The figures of an account with that cash and those shares, and that many dollars reserved for open orders.
 */
export function figuresOf(
  { cash, holdings }: { readonly cash: Decimal; readonly holdings: ReadonlyMap<string, SimHolding> },
  reserved: Decimal,
  priceOf: (symbol: string) => Decimal,
): Figures {
  let [longValue, shortValue] = [ZERO, ZERO]
  for (const [symbol, { qty }] of holdings) {
    const value = qty.times(priceOf(symbol))
    if (qty.gt(0)) longValue = longValue.plus(value)
    else shortValue = shortValue.plus(value)
  }
  const gross = longValue.minus(shortValue)
  const equity = cash.plus(longValue).plus(shortValue)
  const initialMargin = gross.times(INITIAL_RATE)
  const excess = equity.minus(initialMargin)
  return {
    cash,
    longValue,
    shortValue,
    equity,
    initialMargin,
    maintenanceMargin: gross.times(MAINTENANCE_RATE),
    buyingPower: notNegative(excess.times(MULTIPLIER).minus(reserved)),
    nonMarginable: notNegative(lesser(cash.plus(shortValue), excess).minus(reserved)),
  }
}
