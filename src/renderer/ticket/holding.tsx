import { Decimal } from 'decimal.js'
import { signedDollars } from '#shared/format/money'
import { counted } from '#shared/format/numbers'
import { formatShares } from '#shared/format/shares'
import type { PositionView } from '#shared/trading/account'
import { isClosed } from '#shared/trading/order'
import { useTrading } from '../stores/trading.ts'
import { shownAverage } from '../ui/numerals.ts'
import type { TicketView } from './use-ticket-view.ts'

/** The position in the symbol, and the number of its open orders: `Long 100 @ 165.68, −$0.50 · 2 open orders`. */
export function Holding({ view: { symbol, position } }: { readonly view: TicketView }) {
  const open = useTrading(
    ({ trading }) =>
      trading?.orders.filter((order) => order.symbol === symbol && !isClosed(order)).length ?? 0,
  )
  if (symbol === undefined) return null
  const parts = [position && describePosition(position), open > 0 && counted(open, 'open order')]
  return <span className="truncate text-soft">{parts.filter(Boolean).join(' · ')}</span>
}

function describePosition({ quantity, averagePrice, totalPnl }: PositionView): string {
  const shares = new Decimal(quantity)
  const average = averagePrice === undefined ? '' : ` @ ${shownAverage(averagePrice)}`
  const pnl = totalPnl === undefined ? '' : `, ${signedDollars(totalPnl)}`
  return `${shares.isNegative() ? 'Short' : 'Long'} ${formatShares(shares.abs())}${average}${pnl}`
}
