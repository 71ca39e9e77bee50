import type { PositionView, Reconciliation } from '#shared/trading/account'
import { whyAccountUnknown } from '#shared/trading/unknown-account'
import type { StockSymbol } from '#shared/units'
import { useTrading } from './trading.ts'

/** One value of a symbol's position; undefined if none is held. The caller renders again only when it changes. */
export const usePosition = <T>(symbol: StockSymbol, fact: (position: PositionView) => T): T | undefined =>
  useTrading(({ trading }) => {
    const position = trading?.positions.find((one) => one.symbol === symbol)
    return position && fact(position)
  })

/** Why an empty list may not be all: orders and positions, apart from the figures of the account. */
export const whyUnknown = (reconciliation: Reconciliation): string | undefined =>
  whyAccountUnknown({
    ...reconciliation,
    differences: reconciliation.differences.filter(({ of }) => of !== 'account'),
  })

/**
 * Whether all is known that the account holds: before the exchange has reported it, and while a row of its report cannot be
 * read, empty lists do not mean that there is nothing.
 */
export const useIsAccountKnown = (): boolean =>
  useTrading(({ trading }) => trading !== undefined && whyUnknown(trading.reconciliation) === undefined)
