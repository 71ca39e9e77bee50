import { useMemo, type KeyboardEvent } from 'react'
import type { OrderView } from '#shared/trading/order'
import { keysOf } from '../app/key-map.ts'
import { cancelOrder } from '../stores/cancels.ts'
import { useClock } from '../stores/clock.ts'
import { openTimeline } from '../stores/audit.ts'
import { select } from '../stores/selection.ts'
import { useTrading } from '../stores/trading.ts'
import { Button } from '../ui/button.tsx'
import { DataTable, type DataColumn } from '../ui/data-table.tsx'
import { Keys } from '../ui/keys.tsx'
import { orderTitle } from '../ui/describe-order.ts'
import { briefDuration, newYorkMoment } from '../ui/times.ts'
import { describeFilled, priceText, SideWord, StateCell, stopText } from './order-cells.tsx'
import { waitsForEntry, workingLines, type OrderLine } from './order-list.ts'
import { ReplaceLine } from './replace-line.tsx'
import { canReplace, useReplacing } from './replacing.ts'
import { describeKind } from './describe-state.ts'
import { UnknownAccount, useIsAccountKnown } from './unknown-account.tsx'

const NONE: readonly OrderView[] = []

function Age({ since }: { readonly since: number }) {
  const { text, moment } = {
    text: useClock(({ now }) => briefDuration(now - since)),
    moment: useClock(({ now }) => newYorkMoment(since, now)),
  }
  return (
    <span className="text-muted" title={`Since ${moment} New York`}>
      {text}
    </span>
  )
}

/** How long a cancel or a change may be pending before it is mentioned. */
const SLOW_MS = 60_000

/** Says so if the exchange takes long to cancel or change an order. */
function SlowNote({ state, pendingSince = Infinity }: OrderView) {
  const isSlow = useClock(({ now }) => now - pendingSince >= SLOW_MS)
  if (!isSlow) return null
  const doing = state === 'pending-cancel' ? 'canceled' : 'changed'
  return <span>{`The exchange has not ${doing} it yet, and it may still fill.`}</span>
}

const COLUMNS: readonly DataColumn<OrderLine>[] = [
  {
    id: 'order',
    header: 'Order',
    width: 104,
    grow: 1,
    rank: 0,
    cell: ({ order, isBelowParent }) => (
      <>
        {isBelowParent && (
          <span aria-hidden className="pl-2 text-muted">
            ↳
          </span>
        )}
        <SideWord side={order.side} />
        <span className="font-semibold">{order.symbol}</span>
        {order.origin === 'external' && (
          <span className="text-2xs text-muted" title="Sent by Alpaca’s own app or another program">
            elsewhere
          </span>
        )}
      </>
    ),
  },
  {
    id: 'kind',
    header: 'Type',
    width: 132,
    grow: 1,
    rank: 4,
    cell: ({ order }) => <span className="truncate text-soft">{describeKind(order)}</span>,
  },
  {
    id: 'filled',
    header: 'Filled',
    width: 88,
    grow: 1,
    align: 'end',
    rank: 0,
    cell: ({ order }) => describeFilled(order),
  },
  {
    id: 'limit',
    header: 'Limit',
    width: 80,
    grow: 1,
    align: 'end',
    rank: 1,
    cell: ({ order }) => priceText(order.limitPrice),
  },
  {
    id: 'stop',
    header: 'Stop',
    width: 92,
    grow: 1,
    align: 'end',
    rank: 3,
    cell: ({ order }) => stopText(order),
  },
  {
    id: 'state',
    header: 'State',
    width: 128,
    grow: 1,
    rank: 2,
    cell: (line) => <StateCell state={line.order.state} waits={waitsForEntry(line)} />,
  },
  {
    id: 'age',
    header: 'Age',
    width: 68,
    align: 'end',
    rank: 4,
    cell: ({ order }) => <Age since={order.requestedAt} />,
  },
  {
    id: 'actions',
    header: 'Actions',
    isNameless: true,
    width: 116,
    align: 'end',
    rank: 0,
    cell: (line) => <OrderButtons line={line} />,
  },
]

function OrderButtons({ line }: { readonly line: OrderLine }) {
  const { order } = line
  const title = orderTitle(order)
  return (
    <>
      <Button
        aria-label={`Edit ${title}`}
        title="Change quantity or prices (Enter)"
        disabled={!canReplace(order, line.isBelowParent)}
        className="h-6! px-2! text-xs!"
        onClick={() => useReplacing.setState({ orderId: order.id })}
      >
        Edit
      </Button>
      <Button
        aria-label={`Cancel ${title}`}
        title="Cancel this order (Delete)"
        disabled={order.state === 'pending-cancel'}
        className="h-6! px-2! text-xs!"
        onClick={() => void cancelOrder(order)}
      >
        Cancel
      </Button>
    </>
  )
}

const keyOf = ({ key }: OrderLine) => key

function onRowKey(event: KeyboardEvent, line: OrderLine): boolean {
  const { order } = line
  if (event.repeat) return false
  const keys = keysOf(event)
  if (keys === 'Delete') void cancelOrder(order)
  else if (keys === 'Enter') {
    if (canReplace(order, line.isBelowParent)) useReplacing.setState({ orderId: order.id })
  } else if (keys === 'Alt+I') openTimeline(order.id)
  else return false
  return true
}

/**
 * What an order shows below its line: values without a column, why it is in its state, and the fields to
 * change it.
 */
function belowOrder(line: OrderLine, hidden: ReadonlySet<string>, isReplacing: boolean) {
  const { order } = line
  const hasFacts = hidden.has('state') || order.problem !== undefined || order.pendingSince !== undefined
  if (!hasFacts && !isReplacing) return undefined
  return (
    <>
      {hasFacts && (
        <div className="flex flex-wrap items-center gap-x-2 px-2 pb-1.5 text-xs text-soft empty:hidden">
          {hidden.has('state') && <StateCell state={order.state} waits={waitsForEntry(line)} />}
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

/** Open orders, with their exits below them. */
export function WorkingOrders() {
  const orders = useTrading(({ trading }) => trading?.orders) ?? NONE
  const replacing = useReplacing(({ orderId }) => orderId)
  const isKnown = useIsAccountKnown()
  const lines = useMemo(() => workingLines(orders), [orders])
  return (
    <DataTable
      label="Orders"
      columns={COLUMNS}
      rows={lines}
      keyOf={keyOf}
      below={(line, hidden) => belowOrder(line, hidden, replacing === line.order.id)}
      onRowKey={onRowKey}
      onRowFocus={({ order }) => select(order.symbol)}
      empty={
        isKnown ? (
          <>
            No order works. Press <Keys keys="Alt+B" /> to buy or <Keys keys="Alt+S" /> to sell: both open the
            ticket.
          </>
        ) : (
          <UnknownAccount />
        )
      }
      className="min-h-0 grow"
    />
  )
}
