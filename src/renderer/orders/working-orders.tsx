import { useMemo, type KeyboardEvent } from 'react'
import type { PositionView } from '#shared/trading/account'
import type { OrderView } from '#shared/trading/order'
import { useClock } from '../stores/clock.ts'
import { select } from '../stores/selection.ts'
import { useTrading } from '../stores/trading.ts'
import { DataTable, type DataColumn } from '../ui/data-table.tsx'
import { Keys } from '../ui/keys.tsx'
import { briefDuration, momentInZone } from '../ui/times.ts'
import { describeFilled, External, priceText, SideWord, StateCell, stopText } from './order-cells.tsx'
import { waitsForEntry, workingLines, type OrderLine } from './order-list.ts'
import { belowOrder, OrderButtons, orderMenu, pressOrderKey } from './order-row.tsx'
import { useReplacing } from './replacing.ts'
import { describeKind } from './describe-state.ts'
import { UnknownAccount, useIsAccountKnown } from './unknown-account.tsx'

const NONE: readonly OrderView[] = []
const NO_POSITIONS: readonly PositionView[] = []

function Age({ since }: { readonly since: number }) {
  const { text, moment } = {
    text: useClock(({ now }) => briefDuration(now - since)),
    moment: useClock(({ now }) => momentInZone(since, now)),
  }
  return (
    <span className="text-muted" title={`Since ${moment}`}>
      {text}
    </span>
  )
}

const COLUMNS: readonly DataColumn<OrderLine>[] = [
  {
    id: 'order',
    header: 'Order',
    width: 128,
    grow: 1,
    sortValue: ({ order }) => order.symbol,
    cell: ({ order, isBelowParent, isExit }) => (
      <>
        {isBelowParent && (
          <span aria-hidden className="pl-2 text-muted">
            ↳
          </span>
        )}
        <SideWord side={order.side} />
        <span className="font-semibold">{order.symbol}</span>
        {isExit && (
          <span className="text-2xs text-muted" title={`Exit of your ${order.symbol} position`}>
            exit<span className="sr-only"> of {order.symbol}</span>
          </span>
        )}
        {order.origin === 'external' && <External />}
      </>
    ),
  },
  {
    id: 'kind',
    header: 'Type',
    width: 132,
    grow: 1,
    sortValue: ({ order }) => describeKind(order),
    cell: ({ order }) => <span className="truncate text-soft">{describeKind(order)}</span>,
  },
  {
    id: 'filled',
    header: 'Filled',
    width: 88,
    grow: 1,
    align: 'end',
    sortValue: ({ order }) => order.filledQuantity,
    cell: ({ order }) => describeFilled(order),
  },
  {
    id: 'limit',
    header: 'Limit',
    width: 80,
    grow: 1,
    align: 'end',
    sortValue: ({ order }) => order.limitPrice,
    cell: ({ order }) => priceText(order.limitPrice),
  },
  {
    id: 'stop',
    header: 'Stop',
    width: 92,
    grow: 1,
    align: 'end',
    sortValue: ({ order }) => order.stopPrice,
    cell: ({ order }) => stopText(order),
  },
  {
    id: 'state',
    header: 'State',
    width: 128,
    grow: 1,
    sortValue: ({ order }) => order.state,
    cell: (line) => <StateCell state={line.order.state} waits={waitsForEntry(line)} />,
  },
  {
    id: 'age',
    header: 'Age',
    width: 68,
    align: 'end',
    sortValue: ({ order }) => order.requestedAt,
    cell: ({ order }) => <Age since={order.requestedAt} />,
  },
  {
    id: 'actions',
    header: 'Actions',
    isNameless: true,
    width: 116,
    align: 'end',
    cell: ({ order, isBelowParent }) => (
      <OrderButtons order={order} isBelowParent={isBelowParent} place="orders" />
    ),
  },
]

const keyOf = ({ key }: OrderLine) => key

const isExitOfOrder = ({ isBelowParent }: OrderLine) => isBelowParent

const onRowKey = (event: KeyboardEvent, { order, isBelowParent }: OrderLine): boolean =>
  pressOrderKey(event, order, { isBelowParent, place: 'orders' })

/** Ids of the exits of positions; one that waits for its entry has no position yet. */
const exitsIn = (positions: readonly PositionView[]): ReadonlySet<string> =>
  new Set(
    positions.flatMap(({ exits }) =>
      exits.filter(({ waitsForEntry: waits }) => !waits).map(({ orderId }) => orderId),
    ),
  )

/** Open orders, with their exits below them. */
export function WorkingOrders() {
  const orders = useTrading(({ trading }) => trading?.orders) ?? NONE
  const positions = useTrading(({ trading }) => trading?.positions) ?? NO_POSITIONS
  const replacing = useReplacing(({ orderId, place }) => (place === 'orders' ? orderId : undefined))
  const isKnown = useIsAccountKnown()
  const lines = useMemo(() => workingLines(orders, exitsIn(positions)), [orders, positions])
  return (
    <DataTable
      label="Orders"
      columns={COLUMNS}
      rows={lines}
      keyOf={keyOf}
      below={(line, hidden) =>
        belowOrder(line.order, hidden, {
          waits: waitsForEntry(line),
          isReplacing: replacing === line.order.id,
        })
      }
      staysBelow={isExitOfOrder}
      rowMenu={({ order, isBelowParent }) => orderMenu(order, { isBelowParent, place: 'orders' })}
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
