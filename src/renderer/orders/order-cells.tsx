import { dollars, dollarsEach } from '#shared/format/money'
import { formatDecimal } from '#shared/format/numbers'
import { formatShares } from '#shared/format/shares'
import { sideName } from '#shared/trading/describe-order'
import type { OrderView } from '#shared/trading/order'
import { tickPlaces } from '#shared/trading/tick-size'
import { openTimeline } from '../stores/audit.ts'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { Dot } from '../ui/dot.tsx'
import { STATE_WORDS, WAITS } from './describe-state.ts'

/** A price for a cell; a dash if the order has none. */
export const priceText = (amount: string | undefined): string =>
  amount === undefined ? '–' : formatDecimal(amount, tickPlaces(amount))

/** Buy or sell, by word and color. */
export function SideWord({ side }: { readonly side: OrderView['side'] }) {
  return (
    <span className={classNames('font-semibold', side === 'buy' ? 'text-up' : 'text-down')}>
      {sideName(side)}
    </span>
  )
}

/** Marks an order that Signal did not send. */
export const External = () => (
  <span className="text-2xs text-muted" title="Sent from Alpaca’s own app or another program">
    external
  </span>
)

/** How much of an order is filled: `40 of 100`; for a notional order, the shares. */
export const describeFilled = ({ filledQuantity, quantity, notional }: OrderView): string =>
  quantity !== undefined
    ? `${formatShares(filledQuantity)} of ${formatShares(quantity)}`
    : `${formatShares(filledQuantity)} for ${dollars(notional ?? 0)}`

/** An order's stop price, or else its trail. */
export const stopText = ({ stopPrice, trailPrice, trailPercent }: OrderView): string => {
  if (stopPrice !== undefined) return priceText(stopPrice)
  if (trailPrice !== undefined) return `trail ${dollarsEach(trailPrice)}`
  return trailPercent === undefined ? '–' : `trail ${trailPercent}%`
}

interface StateProps extends Pick<OrderView, 'state'> {
  /** Whether its entry is not filled yet. */
  readonly waits?: boolean
}

/** The state of an order in words, with its indicator. */
export function StateCell({ state, waits = false }: StateProps) {
  const { text, tone, about } = waits ? WAITS : STATE_WORDS[state]
  return (
    <span className="flex items-center gap-1.5" data-state={state} title={about}>
      <Dot tone={tone} />
      {text}
    </span>
  )
}

/** A button that opens an order's timeline on the audit screen. */
export function TimelineButton({ orderId, of }: { readonly orderId: string; readonly of: string }) {
  return (
    <Button
      aria-label={`Timeline of the order to ${of}`}
      title="Order timeline (Alt+I)"
      className="h-6! px-2! text-xs!"
      onClick={() => openTimeline(orderId)}
    >
      Timeline
    </Button>
  )
}
