import type { Reconciliation } from '#shared/trading/account'
import { whyAccountUnknown } from '#shared/trading/unknown-account'
import { useTrading } from '../stores/trading.ts'

/** Why an empty list may not be all: orders and positions, apart from the figures of the account. */
const whyUnknown = (reconciliation: Reconciliation): string | undefined =>
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

/** What an empty list says while it is not known what the account holds. */
export function UnknownAccount() {
  const why = useTrading(({ trading }) => trading && whyUnknown(trading.reconciliation))
  return (
    <span className="font-medium text-warn">
      Not loaded yet. {why ?? 'Loading from Alpaca…'} Cancel all and Flatten all still work.
    </span>
  )
}
