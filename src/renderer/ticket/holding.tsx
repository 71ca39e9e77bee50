import { signedDollars } from '#shared/format/money'
import { counted, formatDecimal } from '#shared/format/numbers'
import { formatShares } from '#shared/format/shares'
import { isClosed } from '#shared/trading/order'
import { useTrading } from '../stores/trading.ts'
import type { TicketView } from './use-ticket-view.ts'

/** The position in the symbol, and the number of its open orders. */
export function Holding({ view: { symbol, position } }: { readonly view: TicketView }) {
  const working = useTrading(
    ({ trading }) =>
      trading?.orders.filter((order) => order.symbol === symbol && !isClosed(order)).length ?? 0,
  )
  if (symbol === undefined || (!position && working === 0)) return null
  return (
    <p className="-mt-1 text-xs text-soft">
      {position && (
        <>
          Held: {formatShares(position.quantity)}
          {position.averagePrice !== undefined && ` at ${formatDecimal(position.averagePrice, 2)}`}
          {position.totalPnl !== undefined && `, ${signedDollars(position.totalPnl)}`}
        </>
      )}
      {position && working > 0 && ' · '}
      {working > 0 && counted(working, 'order works', 'orders work')}
    </p>
  )
}
