import { useEffect, useRef } from 'react'
import { isClosed, type OrderView } from '#shared/trading/order'
import { announce } from '../stores/announcer.ts'
import { cancelOrder } from '../stores/cancels.ts'
import { useTrading } from '../stores/trading.ts'
import { Button } from '../ui/button.tsx'
import { Dot } from '../ui/dot.tsx'
import { Keys } from '../ui/keys.tsx'
import { orderTitle, describeOrderState } from '../ui/describe-order.ts'
import { useTicket } from './ticket-store.ts'

/** The last orders sent from this ticket with their current state; a new one appears once it is recorded. */
export function SentOrders() {
  const sent = useTicket((state) => state.sent)
  const intent = useTicket((state) => state.intent)
  const orders = useTrading((state) => state.trading?.orders)
  const shown = [intent, ...sent].flatMap((id) => latest(orders ?? [], id) ?? [])
  if (shown.length === 0) return null
  const cancelable = shown.find((order) => !isClosed(order))
  return (
    <section
      aria-label="Sent orders"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and must do so by key too
      tabIndex={0}
      className="max-h-24 shrink-0 overflow-y-auto border-t border-line px-3 py-2 -outline-offset-2"
    >
      <h3 className="mb-1 text-xs font-semibold text-muted">Orders from this ticket</h3>
      <ul className="space-y-2">
        {shown.map((order) => (
          <SentOrder key={order.id} order={order} hasKey={order === cancelable} />
        ))}
      </ul>
    </section>
  )
}

/** The order itself, or the one that replaced it. */
function latest(orders: readonly OrderView[], id: string): OrderView | undefined {
  const order = orders.find((known) => known.id === id)
  return order?.replacedBy === undefined ? order : (latest(orders, order.replacedBy) ?? order)
}

interface Props {
  readonly order: OrderView
  /** The key that cancels the last order refers to this one. */
  readonly hasKey: boolean
}

function SentOrder({ order, hasKey }: Props) {
  const { tone, text } = describeOrderState(order)
  const title = orderTitle(order)
  const told = useRef('')
  useEffect(() => {
    const sentence = `${title}: ${text}`
    if (told.current !== sentence) announce(sentence)
    told.current = sentence
  }, [title, text])
  return (
    <li data-order={order.id} data-state={order.state} className="flex items-start gap-2">
      <span className="mt-1.5">
        <Dot tone={tone} />
      </span>
      <span className="min-w-0 grow">
        <span className="block font-medium">{title}</span>
        <span className="block text-xs text-soft">{text}</span>
      </span>
      {!isClosed(order) && (
        <Button
          disabled={order.state === 'pending-cancel'}
          className="h-7! px-2! text-xs!"
          onClick={() => void cancelOrder(order)}
        >
          <span>
            Cancel<span className="sr-only"> {title}</span>
          </span>
          {hasKey && <Keys keys="Alt+X" />}
        </Button>
      )}
    </li>
  )
}
