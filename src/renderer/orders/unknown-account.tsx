import type { Reconciliation } from '#shared/trading/account'
import { useTrading } from '../stores/trading.ts'

/** The first row of orders or positions that the exchange reports and Signal cannot read. */
const unreadRow = ({ differences }: Reconciliation) =>
  differences.find(({ what, of }) => what === 'unreadable' && of !== 'account')

/**
 * Whether all is known that the account holds: before the exchange has reported it, and while a row of its report cannot be
 * read, empty lists do not mean that there is nothing.
 */
export const useIsAccountKnown = (): boolean =>
  useTrading(
    ({ trading }) =>
      trading !== undefined &&
      trading.reconciliation.hasBegun &&
      unreadRow(trading.reconciliation) === undefined,
  )

/** What an empty list says while it is not known what the account holds. */
export function UnknownAccount() {
  const why = useTrading(({ trading }) => trading && whyUnknown(trading.reconciliation))
  return (
    <span className="font-medium text-warn">
      Not known yet. {why ?? 'Signal is asking Alpaca.'} Cancel all and Flatten all work anyway.
    </span>
  )
}

function whyUnknown(reconciliation: Reconciliation): string | undefined {
  const row = reconciliation.hasBegun ? unreadRow(reconciliation) : undefined
  return row === undefined
    ? reconciliation.problem
    : `Alpaca’s row for ${row.of} cannot be read (${row.theirs}).`
}
