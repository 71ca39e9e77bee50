import { useMemo, type KeyboardEvent } from 'react'
import type { OrderView } from '#shared/trading/order'
import { keysOf } from '../app/key-map.ts'
import { auditActions } from '../stores/audit-choice.ts'
import { openTimeline } from '../stores/audit.ts'
import { useClock } from '../stores/clock.ts'
import { select } from '../stores/selection.ts'
import { beginOrder } from '../stores/ticket-place.ts'
import { useTrading } from '../stores/trading.ts'
import { DataTable, type DataColumn } from '../ui/data-table.tsx'
import { shownAverage } from '../ui/numerals.ts'
import { momentTime } from '../ui/times.ts'
import { describeCount } from './describe-count.ts'
import { NothingFits } from './fills.tsx'
import { FilterBar } from './filter-bar.tsx'
import { isFiltering, matchingOrders, NO_FILTER } from './filters.ts'
import { UnknownAccount, useIsAccountKnown } from './unknown-account.tsx'
import { exportShown, useLists } from './lists.ts'
import { describeFilled, priceText, SideWord, StateCell, stopText, TimelineButton } from './order-cells.tsx'
import { closedOrders } from './order-list.ts'
import { describeKind, STATE_WORDS } from './describe-state.ts'

const NONE: readonly OrderView[] = []

function Moment({ at }: { readonly at: number }) {
  return useClock(({ now }) => momentTime(at, now))
}

const COLUMNS: readonly DataColumn<OrderView>[] = [
  {
    id: 'time',
    header: 'Time',
    width: 116,
    grow: 1,
    sortValue: ({ updatedAt }) => updatedAt,
    cell: ({ updatedAt }) => <Moment at={updatedAt} />,
  },
  {
    id: 'order',
    header: 'Order',
    width: 96,
    grow: 1,
    sortValue: ({ symbol }) => symbol,
    cell: ({ side, symbol }) => (
      <>
        <SideWord side={side} />
        <span className="font-semibold">{symbol}</span>
      </>
    ),
  },
  {
    id: 'kind',
    header: 'Type',
    width: 132,
    grow: 1,
    sortValue: describeKind,
    cell: (order) => <span className="truncate text-soft">{describeKind(order)}</span>,
  },
  {
    id: 'state',
    header: 'Status',
    width: 104,
    grow: 1,
    sortValue: ({ state }) => STATE_WORDS[state].text,
    cell: (order) => <StateCell state={order.state} />,
  },
  {
    id: 'filled',
    sortValue: ({ filledQuantity }) => filledQuantity,
    header: 'Filled',
    width: 92,
    grow: 1,
    align: 'end',
    cell: describeFilled,
  },
  {
    id: 'limit',
    header: 'Limit',
    width: 80,
    grow: 1,
    align: 'end',
    sortValue: ({ limitPrice }) => limitPrice,
    cell: ({ limitPrice }) => priceText(limitPrice),
  },
  {
    id: 'stop',
    header: 'Stop',
    width: 92,
    grow: 1,
    align: 'end',
    sortValue: ({ stopPrice }) => stopPrice,
    cell: stopText,
  },
  {
    id: 'average',
    header: 'Avg fill',
    width: 96,
    grow: 1,
    align: 'end',
    sortValue: ({ averageFillPrice }) => averageFillPrice,
    cell: ({ averageFillPrice: price }) => (price === undefined ? '–' : shownAverage(price)),
  },
  {
    id: 'actions',
    header: 'Actions',
    isNameless: true,
    width: 84,
    align: 'end',
    cell: ({ id, side, symbol }) => <TimelineButton orderId={id} of={`${side} ${symbol}`} />,
  },
]

const symbolOf = ({ symbol }: OrderView) => symbol
const keyOf = ({ id }: OrderView) => id

function onRowKey(event: KeyboardEvent, { id }: OrderView): boolean {
  if (!['Enter', 'Alt+I'].includes(keysOf(event))) return false
  openTimeline(id)
  return true
}

/** Closed orders, the last closed first. */
export function OrderHistory() {
  const orders = useTrading(({ trading }) => trading?.orders) ?? NONE
  const isKnown = useIsAccountKnown()
  const filter = useLists((lists) => lists.history)
  const over = useMemo(() => closedOrders(orders), [orders])
  const shown = useMemo(() => matchingOrders(over, filter), [over, filter])
  return (
    <>
      <FilterBar
        filter={filter}
        onChange={(next) => useLists.setState({ history: next })}
        withState
        count={describeCount(shown.length, over.length, 'order', orders)}
        onExport={() => void exportShown()}
        canExport={shown.length > 0}
      />
      <DataTable
        label="Order history"
        columns={COLUMNS}
        rows={shown}
        keyOf={keyOf}
        below={({ problem }) =>
          problem !== undefined && <p className="px-2 pb-1.5 text-xs text-soft">{problem}</p>
        }
        rowMenu={({ id, symbol, state }) => [
          {
            label: 'Stage again',
            isDisabled: state === 'replaced',
            run: () => void beginOrder({ again: id }),
          },
          { label: 'Order timeline', keys: 'Enter', run: () => openTimeline(id) },
          ...auditActions({ symbol, orderId: id }),
        ]}
        onRowKey={onRowKey}
        symbolOf={symbolOf}
        onRowFocus={({ symbol }) => select(symbol)}
        empty={
          isFiltering(filter) ? (
            <NothingFits onClear={() => useLists.setState({ history: NO_FILTER })} />
          ) : isKnown ? (
            'No order history yet.'
          ) : (
            <UnknownAccount />
          )
        }
        className="min-h-0 grow"
      />
    </>
  )
}
