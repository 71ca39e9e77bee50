import { ChevronRightIcon } from '@heroicons/react/20/solid'
import { useMemo, type KeyboardEvent, type ReactNode } from 'react'
import { create } from 'zustand'
import { formatDecimal, formatSigned } from '#shared/format/numbers'
import { formatShares } from '#shared/format/shares'
import type { PositionView } from '#shared/trading/account'
import type { OrderView } from '#shared/trading/order'
import { auditActions } from '../stores/audit-choice.ts'
import { keysOf } from '../app/key-map.ts'
import { select } from '../stores/selection.ts'
import { useTrading } from '../stores/trading.ts'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { DataTable, type DataColumn, type RowAction } from '../ui/data-table.tsx'
import { Unknown } from '../ui/figure.tsx'
import { Keys } from '../ui/keys.tsx'
import { shownAverage, shownPrice } from '../ui/numerals.ts'
import { signLook } from '../ui/sign-look.ts'
import { describeExits } from './describe-exits.ts'
import { describeReverse } from './describe-reverse.ts'
import { halfOf } from './half.ts'
import { External, priceText, stopText } from './order-cells.tsx'
import { belowOrder, OrderButtons, orderMenu, pressOrderKey } from './order-row.tsx'
import { positionLines, type PositionLine } from './position-lines.ts'
import { useReplacing } from './replacing.ts'
import { askToReverse, isAsked, ReverseLine, useReversing } from './reverse-line.tsx'
import { closePosition, moveToBreakEven } from './trade-calls.ts'
import { UnknownAccount, useIsAccountKnown } from './unknown-account.tsx'

const NONE: readonly PositionView[] = []
const NO_ORDERS: readonly OrderView[] = []

function Signed({
  amount,
  percent = false,
}: {
  readonly amount: string | undefined
  readonly percent?: boolean
}) {
  if (amount === undefined) return <Unknown />
  return (
    <span className={signLook(amount)}>
      {formatSigned(amount, 2)}
      {percent && '%'}
    </span>
  )
}

/** A column that has a value on a position's own line, and none on its exits'. */
const ofPosition =
  (cell: (position: PositionView) => ReactNode): DataColumn<PositionLine>['cell'] =>
  ({ position, exit }) =>
    exit === undefined && cell(position)

const EXIT_NAMES = { stop: 'Stop', target: 'Target', other: 'Exit' } as const

const COLUMNS: readonly DataColumn<PositionLine>[] = [
  {
    id: 'symbol',
    header: 'Symbol',
    width: 88,
    grow: 1,
    sortValue: ({ position }) => position.symbol,
    cell: ({ position, exit }) =>
      exit === undefined ? <SymbolCell {...position} /> : <ExitName {...exit} />,
  },
  {
    id: 'quantity',
    header: 'Qty',
    width: 64,
    grow: 1,
    align: 'end',
    sortValue: ({ position }) => position.quantity,
    cell: ({ position, exit }) =>
      exit === undefined
        ? formatShares(position.quantity)
        : exit.view.quantity !== undefined && formatShares(exit.view.quantity),
  },
  {
    id: 'average',
    header: 'Avg price',
    width: 88,
    grow: 1,
    align: 'end',
    sortValue: ({ position }) => position.averagePrice,
    cell: ofPosition(({ averagePrice }) =>
      averagePrice === undefined ? <Unknown /> : shownAverage(averagePrice),
    ),
  },
  {
    id: 'last',
    header: 'Last',
    width: 76,
    grow: 1,
    align: 'end',
    sortValue: ({ position }) => position.lastPrice,
    cell: ofPosition(({ lastPrice: price }) => (price === undefined ? <Unknown /> : shownPrice(price))),
  },
  {
    id: 'total',
    header: 'Unrealized P&L',
    width: 124,
    grow: 1,
    align: 'end',
    sortValue: ({ position }) => position.totalPnl,
    cell: ofPosition(({ totalPnl }) => <Signed amount={totalPnl} />),
  },
  {
    id: 'stop',
    header: 'Stop',
    width: 142,
    grow: 1,
    align: 'end',
    cell: ({ position, exit }) =>
      exit === undefined ? (
        <Exits position={position} kind="stop" />
      ) : (
        exit.view.kind === 'stop' && stopText(exit.order)
      ),
  },
  {
    id: 'target',
    header: 'Target',
    width: 142,
    grow: 1,
    align: 'end',
    cell: ({ position, exit }) =>
      exit === undefined ? (
        <Exits position={position} kind="target" />
      ) : (
        exit.view.kind === 'target' && priceText(exit.view.limitPrice)
      ),
  },
  {
    id: 'day',
    header: 'Day P&L',
    width: 92,
    grow: 1,
    align: 'end',
    sortValue: ({ position }) => position.dayPnl,
    cell: ofPosition(({ dayPnl }) => <Signed amount={dayPnl} />),
  },
  {
    id: 'percent',
    header: 'Unrealized %',
    width: 96,
    grow: 1,
    align: 'end',
    sortValue: ({ position }) => position.totalPnlPercent,
    cell: ofPosition(({ totalPnlPercent }) => <Signed amount={totalPnlPercent} percent />),
  },
  {
    id: 'value',
    header: 'Market value',
    width: 104,
    grow: 1,
    align: 'end',
    sortValue: ({ position }) => position.marketValue,
    cell: ofPosition(({ marketValue }) =>
      marketValue === undefined ? <Unknown /> : formatDecimal(marketValue, 2),
    ),
  },
  {
    id: 'actions',
    header: 'Actions',
    isNameless: true,
    width: 176,
    align: 'end',
    cell: ({ position, exit }) =>
      exit === undefined ? (
        <PositionButtons {...position} />
      ) : (
        <OrderButtons order={exit.order} isBelowParent={exit.view.waitsForEntry === true} place="positions" />
      ),
  },
]

function SymbolCell({ symbol, exits }: PositionView) {
  const isExpanded = useExpanded(({ symbols }) => symbols.has(symbol))
  return (
    <>
      {exits.length > 0 ? (
        <button
          type="button"
          tabIndex={-1}
          aria-expanded={isExpanded}
          aria-label={`Exits of ${symbol}`}
          title={isExpanded ? 'Hide exit orders (Left)' : 'Show exit orders (Right)'}
          className="flex size-5 shrink-0 items-center justify-center rounded-xs text-muted hover:text-ink"
          onClick={() => expand(symbol, !isExpanded)}
        >
          <ChevronRightIcon aria-hidden className={classNames('size-4', isExpanded && 'rotate-90')} />
        </button>
      ) : (
        <span className="w-5 shrink-0" />
      )}
      <span className="font-semibold">{symbol}</span>
    </>
  )
}

function ExitName({ view, order }: NonNullable<PositionLine['exit']>) {
  return (
    <>
      <span aria-hidden className="pl-5 text-muted">
        ↳
      </span>
      {EXIT_NAMES[view.kind]}
      {view.origin === 'external' && <External />}
      <span className="sr-only"> of {order.symbol}</span>
    </>
  )
}

/** A position's stop or target with its distance. */
function Exits({ position, kind }: { readonly position: PositionView; readonly kind: 'stop' | 'target' }) {
  const shown = describeExits(position, kind)
  if (shown === undefined) return <span className="text-muted">none</span>
  return (
    <>
      {shown.text}
      {shown.distance !== undefined && <span className="text-xs text-muted">{shown.distance}</span>}
    </>
  )
}

function PositionButtons(position: PositionView) {
  const { symbol, quantity } = position
  const half = formatShares(halfOf(quantity))
  return (
    <>
      <Button
        aria-label={`BE: stop of ${symbol} to break-even`}
        title="Stop to break-even (Alt+K)"
        className={SMALL}
        onClick={() => void moveToBreakEven(position)}
      >
        BE
      </Button>
      <Button
        aria-label={`Rev: reverse ${symbol}`}
        title={`${describeReverse(position)} (Alt+V)`}
        className={SMALL}
        onClick={() => askToReverse(position)}
      >
        Rev
      </Button>
      <Button
        aria-label={`${halfName(position)} of ${symbol}`}
        title={`${halfName(position)}: ${half} at market (Alt+H)`}
        className={SMALL}
        onClick={() => void closePosition(position, halfOf(quantity))}
      >
        Half
      </Button>
      <Button
        aria-label={`Close ${symbol}`}
        title="Close position at market (Alt+Q)"
        className={SMALL}
        onClick={() => void closePosition(position)}
      >
        Close
      </Button>
    </>
  )
}

const SMALL = 'h-6! px-1.5! text-xs!'

const halfName = ({ quantity }: PositionView) => (quantity.startsWith('-') ? 'Cover half' : 'Sell half')

const symbolOf = ({ position }: PositionLine) => position.symbol

const keyOf = ({ key }: PositionLine) => key

const isExit = ({ exit }: PositionLine) => exit !== undefined

function menuOf({ position, exit }: PositionLine): readonly RowAction[] {
  if (exit !== undefined)
    return orderMenu(exit.order, { isBelowParent: exit.view.waitsForEntry === true, place: 'positions' })
  const half = halfOf(position.quantity)
  return [
    {
      label: `${halfName(position)}: ${formatShares(half)} at market`,
      keys: 'Alt+H',
      run: () => void closePosition(position, half),
    },
    { label: 'Close position', keys: 'Alt+Q', run: () => void closePosition(position) },
    { label: 'Reverse…', keys: 'Alt+V', run: () => askToReverse(position) },
    { label: 'Stop to break-even', keys: 'Alt+K', run: () => void moveToBreakEven(position) },
    ...auditActions(position),
  ]
}

function onRowKey(event: KeyboardEvent, { position, exit }: PositionLine): boolean {
  const { symbol } = position
  const keys = keysOf(event)
  if (keys === 'ArrowLeft' || keys === 'ArrowRight') {
    expand(symbol, keys === 'ArrowRight')
    if (exit !== undefined && keys === 'ArrowLeft') focusPosition(event, symbol)
    return true
  }
  if (exit !== undefined) {
    const isBelowParent = exit.view.waitsForEntry === true
    return pressOrderKey(event, exit.order, { isBelowParent, place: 'positions' })
  }
  if (event.repeat) return false
  if (keys === 'Alt+Q') void closePosition(position)
  else if (keys === 'Alt+H') void closePosition(position, halfOf(position.quantity))
  else if (keys === 'Alt+V') askToReverse(position)
  else if (keys === 'Alt+K') void moveToBreakEven(position)
  else return false
  return true
}

/** Moves the focus from an exit to its position, before the exit's line goes. */
const focusPosition = ({ currentTarget }: KeyboardEvent, symbol: string): void =>
  currentTarget.closest('[role=table]')?.querySelector<HTMLElement>(`[data-key="${symbol}"]`)?.focus()

/** Positions whose exits are shown below them. */
const useExpanded = create<{ readonly symbols: ReadonlySet<string> }>(() => ({ symbols: new Set() }))

function expand(symbol: string, isExpanded: boolean): void {
  useExpanded.setState(({ symbols }) => {
    const next = new Set(symbols)
    if (isExpanded) next.add(symbol)
    else next.delete(symbol)
    return { symbols: next }
  })
}

/** Positions with their profit or loss and their exits, and buttons to close them. */
export function Positions() {
  const positions = useTrading(({ trading }) => trading?.positions) ?? NONE
  const orders = useTrading(({ trading }) => trading?.orders) ?? NO_ORDERS
  const expanded = useExpanded(({ symbols }) => symbols)
  const replacing = useReplacing(({ orderId, place }) => (place === 'positions' ? orderId : undefined))
  const reversing = useReversing(({ asked }) => asked)
  const isKnown = useIsAccountKnown()
  const lines = useMemo(() => positionLines(positions, orders, expanded), [positions, orders, expanded])
  return (
    <DataTable
      label="Positions"
      columns={COLUMNS}
      rows={lines}
      keyOf={keyOf}
      below={({ position, exit }, hidden) =>
        exit === undefined
          ? isAsked(reversing, position) && <ReverseLine position={position} />
          : belowOrder(exit.order, withState(hidden), {
              waits: exit.view.waitsForEntry === true,
              isReplacing: replacing === exit.order.id,
            })
      }
      staysBelow={isExit}
      rowMenu={menuOf}
      onRowKey={onRowKey}
      symbolOf={symbolOf}
      onRowFocus={({ position }) => select(position.symbol)}
      empty={
        isKnown ? (
          <>
            No positions. <Keys keys="Alt+B" /> buy, <Keys keys="Alt+S" /> sell short.
          </>
        ) : (
          <UnknownAccount />
        )
      }
      className="min-h-0"
    />
  )
}

/** The columns without room, and the state, which this table has no column for. */
const withState = (hidden: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...[...hidden].filter((id) => id === 'stop'), ...(hidden.has('target') ? ['limit'] : []), 'state'])
