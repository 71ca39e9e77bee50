import { Decimal } from 'decimal.js'
import { useMemo, type KeyboardEvent } from 'react'
import { formatDecimal } from '#shared/format/numbers'
import { formatShares } from '#shared/format/shares'
import type { FillView, OrderView } from '#shared/trading/order'
import { keysOf } from '../app/key-map.ts'
import { auditActions } from '../stores/audit-choice.ts'
import { openTimeline } from '../stores/audit.ts'
import { useClock } from '../stores/clock.ts'
import { select } from '../stores/selection.ts'
import { useTrading } from '../stores/trading.ts'
import { DataTable, type DataColumn } from '../ui/data-table.tsx'
import { momentTime } from '../ui/times.ts'
import { describeCount } from './describe-count.ts'
import { FilterBar } from './filter-bar.tsx'
import { isFiltering, matchingFills, NO_FILTER } from './filters.ts'
import { exportShown, useLists } from './lists.ts'
import { UnknownAccount, useIsAccountKnown } from './unknown-account.tsx'
import { priceText, SideWord, TimelineButton } from './order-cells.tsx'

const NONE: readonly FillView[] = []
const NO_ORDERS: readonly OrderView[] = []

function Moment({ at }: { readonly at: number }) {
  return useClock(({ now }) => momentTime(at, now))
}

const COLUMNS: readonly DataColumn<FillView>[] = [
  {
    id: 'time',
    header: 'Time',
    width: 116,
    grow: 1,
    sortValue: ({ at }) => at,
    cell: ({ at }) => <Moment at={at} />,
  },
  {
    id: 'what',
    header: 'Trade',
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
    id: 'quantity',
    header: 'Qty',
    width: 76,
    grow: 1,
    align: 'end',
    sortValue: ({ quantity }) => quantity,
    cell: ({ quantity }) => formatShares(quantity),
  },
  {
    id: 'price',
    header: 'Price',
    width: 84,
    grow: 1,
    align: 'end',
    sortValue: ({ price }) => price,
    cell: ({ price }) => priceText(price),
  },
  {
    id: 'value',
    header: 'Value',
    width: 112,
    grow: 1,
    align: 'end',
    sortValue: ({ quantity, price }) => new Decimal(price).times(quantity).toFixed(),
    cell: ({ quantity, price }) =>
      formatDecimal(new Decimal(price).times(quantity).toDecimalPlaces(2).toFixed(), 2),
  },
  {
    id: 'order',
    header: 'Order',
    width: 220,
    grow: 1,
    sortValue: ({ orderId }) => orderId,
    cell: ({ orderId }) => <span className="truncate text-muted">{orderId}</span>,
  },
  {
    id: 'actions',
    header: 'Actions',
    isNameless: true,
    width: 84,
    align: 'end',
    cell: ({ orderId, side, symbol }) => <TimelineButton orderId={orderId} of={`${side} ${symbol}`} />,
  },
]

const symbolOf = ({ symbol }: FillView) => symbol
const keyOf = ({ executionId }: FillView) => executionId

function onRowKey(event: KeyboardEvent, { orderId }: FillView): boolean {
  if (!['Enter', 'Alt+I'].includes(keysOf(event))) return false
  openTimeline(orderId)
  return true
}

/** The executions of the orders that the window has, newest first. */
export function Fills() {
  const fills = useTrading(({ trading }) => trading?.fills) ?? NONE
  const orders = useTrading(({ trading }) => trading?.orders) ?? NO_ORDERS
  const isKnown = useIsAccountKnown()
  const filter = useLists((lists) => lists.fills)
  const shown = useMemo(() => matchingFills(fills, filter), [fills, filter])
  return (
    <>
      <FilterBar
        filter={filter}
        onChange={(next) => useLists.setState({ fills: next })}
        count={describeCount(shown.length, fills.length, 'fill', orders)}
        onExport={() => void exportShown()}
        canExport={shown.length > 0}
      />
      <DataTable
        label="Fills"
        columns={COLUMNS}
        rows={shown}
        keyOf={keyOf}
        rowMenu={({ symbol, orderId }) => [
          { label: 'Order timeline', keys: 'Enter', run: () => openTimeline(orderId) },
          ...auditActions({ symbol, orderId }),
        ]}
        onRowKey={onRowKey}
        symbolOf={symbolOf}
        onRowFocus={({ symbol }) => select(symbol)}
        empty={
          isFiltering(filter) ? (
            <NothingFits onClear={() => useLists.setState({ fills: NO_FILTER })} />
          ) : isKnown ? (
            'No fills yet.'
          ) : (
            <UnknownAccount />
          )
        }
        className="min-h-0 grow"
      />
    </>
  )
}

/** Shown when a filter matches nothing. */
export function NothingFits({ onClear }: { readonly onClear: () => void }) {
  return (
    <>
      No matches.{' '}
      <button type="button" className="text-accent underline" onClick={onClear}>
        Clear filter
      </button>
    </>
  )
}
