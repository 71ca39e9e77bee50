import type { KeyboardEvent } from 'react'
import type { OrderView } from '#shared/trading/order'
import { keysOf } from '../app/key-map.ts'
import { auditActions } from '../stores/audit-choice.ts'
import { openTimeline } from '../stores/audit.ts'
import { useClock } from '../stores/clock.ts'
import { Button } from '../ui/button.tsx'
import type { RowAction } from '../ui/data-table.tsx'
import { orderTitle } from '../ui/describe-order.ts'
import { priceText, StateCell, stopText } from './order-cells.tsx'
import { ReplaceLine } from './replace-line.tsx'
import { canReplace, startReplacing, type ReplacePlace } from './replacing.ts'
import { cancelOrder } from '../stores/cancels.ts'

/** Where an open order's line is. */
interface Place {
  /** Below its entry, which is open. */
  readonly isBelowParent: boolean
  readonly place: ReplacePlace
}

/** The buttons of an open order's line. */
export function OrderButtons({ order, isBelowParent, place }: { readonly order: OrderView } & Place) {
  const title = orderTitle(order)
  return (
    <>
      <Button
        aria-label={`Edit ${title}`}
        title="Edit order (Enter)"
        disabled={!canReplace(order, isBelowParent)}
        className="h-6! px-2! text-xs!"
        onClick={() => startReplacing(order.id, place)}
      >
        Edit
      </Button>
      <Button
        aria-label={`Cancel ${title}`}
        title="Cancel order (Delete)"
        disabled={order.state === 'pending-cancel'}
        className="h-6! px-2! text-xs!"
        onClick={() => void cancelOrder(order)}
      >
        Cancel
      </Button>
    </>
  )
}

/** What can be done with an open order, for its line's context menu. */
export const orderMenu = (order: OrderView, { isBelowParent, place }: Place): readonly RowAction[] => [
  {
    label: 'Edit order',
    keys: 'Enter',
    isDisabled: !canReplace(order, isBelowParent),
    run: () => startReplacing(order.id, place),
  },
  {
    label: 'Cancel order',
    keys: 'Delete',
    isDisabled: order.state === 'pending-cancel',
    run: () => void cancelOrder(order),
  },
  { label: 'Order timeline', keys: 'Alt+I', run: () => openTimeline(order.id) },
  ...auditActions({ symbol: order.symbol, orderId: order.id }),
]

/** Handles a key on an open order's line; answers whether it did something. */
export function pressOrderKey(
  event: KeyboardEvent,
  order: OrderView,
  { isBelowParent, place }: Place,
): boolean {
  if (event.repeat) return false
  const keys = keysOf(event)
  if (keys === 'Delete') void cancelOrder(order)
  else if (keys === 'Enter') {
    if (canReplace(order, isBelowParent)) startReplacing(order.id, place)
  } else if (keys === 'Alt+I') openTimeline(order.id)
  else return false
  return true
}

/** How long a cancel or a change may be pending before it is mentioned. */
const SLOW_MS = 60_000

/** Says so if Alpaca takes long to cancel or replace an order. */
function SlowNote({ state, pendingSince = Infinity }: OrderView) {
  const isSlow = useClock(({ now }) => now - pendingSince >= SLOW_MS)
  if (!isSlow) return null
  const doing = state === 'pending-cancel' ? 'canceled' : 'replaced'
  return <span>{`Alpaca hasn’t ${doing} it yet; it may still fill.`}</span>
}

/**
 * What an order shows below its line: values without a column, why it is in its state, and the fields to
 * change it.
 */
export function belowOrder(
  order: OrderView,
  hidden: ReadonlySet<string>,
  { waits, isReplacing }: { readonly waits: boolean; readonly isReplacing: boolean },
) {
  const hasFacts = hidden.has('state') || order.problem !== undefined || order.pendingSince !== undefined
  if (!hasFacts && !isReplacing) return undefined
  return (
    <>
      {hasFacts && (
        <div className="flex flex-wrap items-center gap-x-2 px-2 pb-1.5 text-xs text-soft empty:hidden">
          {hidden.has('state') && <StateCell state={order.state} waits={waits} />}
          {hidden.has('limit') && order.limitPrice !== undefined && `limit ${priceText(order.limitPrice)}`}
          {hidden.has('stop') && stopText(order) !== '–' && `stop ${stopText(order)}`}
          <span className="whitespace-normal empty:hidden">{order.problem}</span>
          <SlowNote {...order} />
        </div>
      )}
      {isReplacing && <ReplaceLine key={order.id} order={order} />}
    </>
  )
}
