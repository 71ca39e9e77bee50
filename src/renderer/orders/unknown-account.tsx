import { whyUnknown } from '../stores/positions.ts'
import { useTrading } from '../stores/trading.ts'

export { useIsAccountKnown } from '../stores/positions.ts'

/** What an empty list says while it is not known what the account holds. */
export function UnknownAccount() {
  const why = useTrading(({ trading }) => trading && whyUnknown(trading.reconciliation))
  return (
    <span className="font-medium text-warn">
      Not loaded yet. {why ?? 'Loading from Alpaca…'} Cancel all and Flatten all still work.
    </span>
  )
}
