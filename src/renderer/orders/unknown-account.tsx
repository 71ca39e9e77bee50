import { useTrading } from '../stores/trading.ts'

/** Whether the exchange has reported the account: before, empty lists do not mean that there is nothing. */
export const useIsAccountKnown = (): boolean =>
  useTrading(({ trading }) => trading?.reconciliation.hasBegun ?? false)

/** What an empty list says while it is not known what the account holds. */
export function UnknownAccount() {
  const problem = useTrading(({ trading }) => trading?.reconciliation.problem)
  return (
    <span className="font-medium text-warn">
      Not known yet. {problem ?? 'Signal is asking Alpaca.'} Cancel all and Flatten all work anyway.
    </span>
  )
}
