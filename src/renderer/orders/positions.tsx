import { Decimal } from 'decimal.js'
import type { KeyboardEvent } from 'react'
import { formatDecimal, formatSigned } from '#shared/format/numbers'
import { formatShares } from '#shared/format/shares'
import type { PositionView } from '#shared/trading/account'
import { tickPlaces } from '#shared/trading/tick-size'
import { keysOf } from '../app/key-map.ts'
import { select } from '../stores/selection.ts'
import { useTrading } from '../stores/trading.ts'
import { Button } from '../ui/button.tsx'
import { DataTable, type DataColumn } from '../ui/data-table.tsx'
import { Unknown } from '../ui/figure.tsx'
import { Keys } from '../ui/keys.tsx'
import { signLook } from '../ui/sign-look.ts'
import { halfOf } from './half.ts'
import { closePosition } from './trade-calls.ts'
import { UnknownAccount, useIsAccountKnown } from './unknown-account.tsx'

const NONE: readonly PositionView[] = []

/**
 * A price with one more decimal than its quote: mids have half cents, and without a place for them the
 * decimal points would jump.
 */
const lastPriceText = (amount: string) => formatDecimal(amount, tickPlaces(amount) + 1)
/** An average price to four places, which is what brokers show. */
const averageText = (amount: string) => formatDecimal(new Decimal(amount).toDecimalPlaces(4).toFixed(4), 4)

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

const COLUMNS: readonly DataColumn<PositionView>[] = [
  {
    id: 'symbol',
    header: 'Symbol',
    width: 76,
    grow: 1,
    rank: 0,
    cell: ({ symbol }) => <span className="font-semibold">{symbol}</span>,
  },
  {
    id: 'quantity',
    header: 'Quantity',
    width: 82,
    grow: 1,
    align: 'end',
    rank: 0,
    cell: ({ quantity }) => formatShares(quantity),
  },
  {
    id: 'average',
    header: 'Average',
    width: 92,
    grow: 1,
    align: 'end',
    rank: 3,
    cell: ({ averagePrice }) => (averagePrice === undefined ? <Unknown /> : averageText(averagePrice)),
  },
  {
    id: 'last',
    header: 'Last',
    width: 92,
    grow: 1,
    align: 'end',
    rank: 2,
    cell: ({ lastPrice: price }) => (price === undefined ? <Unknown /> : lastPriceText(price)),
  },
  {
    id: 'value',
    header: 'Market value',
    width: 112,
    grow: 1,
    align: 'end',
    rank: 4,
    cell: ({ marketValue }) => (marketValue === undefined ? <Unknown /> : formatDecimal(marketValue, 2)),
  },
  {
    id: 'day',
    header: 'Day P&L',
    width: 100,
    grow: 1,
    align: 'end',
    rank: 3,
    cell: ({ dayPnl }) => <Signed amount={dayPnl} />,
  },
  {
    id: 'total',
    header: 'Total P&L',
    width: 100,
    grow: 1,
    align: 'end',
    rank: 0,
    cell: ({ totalPnl }) => <Signed amount={totalPnl} />,
  },
  {
    id: 'percent',
    header: 'Total %',
    width: 80,
    grow: 1,
    align: 'end',
    rank: 4,
    cell: ({ totalPnlPercent }) => <Signed amount={totalPnlPercent} percent />,
  },
  {
    id: 'actions',
    header: 'Actions',
    isNameless: true,
    width: 110,
    align: 'end',
    rank: 0,
    cell: (position) => <CloseButtons {...position} />,
  },
]

function CloseButtons(position: PositionView) {
  const { symbol, quantity } = position
  return (
    <>
      <Button
        aria-label={`Close half of ${symbol}`}
        title={`Close half of ${symbol} at the market: ${formatShares(halfOf(quantity))} shares (Alt+H)`}
        className="h-6! px-2! text-xs!"
        onClick={() => void closePosition(position, halfOf(quantity))}
      >
        Half
      </Button>
      <Button
        aria-label={`Close ${symbol}`}
        title={`Close ${symbol} at the market (Alt+Q)`}
        className="h-6! px-2! text-xs!"
        onClick={() => void closePosition(position)}
      >
        Close
      </Button>
    </>
  )
}

const keyOf = ({ symbol }: PositionView) => symbol

function onRowKey(event: KeyboardEvent, position: PositionView): boolean {
  if (event.repeat) return false
  const keys = keysOf(event)
  if (keys === 'Alt+Q') void closePosition(position)
  else if (keys === 'Alt+H') void closePosition(position, halfOf(position.quantity))
  else return false
  return true
}

/** Positions with their profit or loss, and buttons to close them. */
export function Positions() {
  const positions = useTrading(({ trading }) => trading?.positions) ?? NONE
  const isKnown = useIsAccountKnown()
  return (
    <DataTable
      label="Positions"
      columns={COLUMNS}
      rows={positions}
      keyOf={keyOf}
      onRowKey={onRowKey}
      onRowFocus={({ symbol }) => select(symbol)}
      empty={
        isKnown ? (
          <>
            You hold nothing. Press <Keys keys="Alt+B" /> to buy or <Keys keys="Alt+S" /> to sell short: both
            open the ticket.
          </>
        ) : (
          <UnknownAccount />
        )
      }
      className="min-h-0"
    />
  )
}
