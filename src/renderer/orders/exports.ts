import { Decimal } from 'decimal.js'
import { exchangeDayOf } from '#shared/calendar/new-york'
import type { FillView, OrderView } from '#shared/trading/order'
import type { EpochMs } from '#shared/units'
import { toCsv, type CsvColumn } from '../ui/csv.ts'

const isoTime = (at: EpochMs): string => new Date(at).toISOString()

const FILL_COLUMNS: readonly CsvColumn<FillView>[] = [
  ['time', ({ at }) => isoTime(at)],
  ['symbol', ({ symbol }) => symbol],
  ['side', ({ side }) => side],
  ['quantity', ({ quantity }) => quantity],
  ['price', ({ price }) => price],
  ['value', ({ quantity, price }) => new Decimal(price).times(quantity).toFixed()],
  ['order_id', ({ orderId }) => orderId],
  ['execution_id', ({ executionId }) => executionId],
]

const ORDER_COLUMNS: readonly CsvColumn<OrderView>[] = [
  ['requested_at', ({ requestedAt }) => isoTime(requestedAt)],
  ['updated_at', ({ updatedAt }) => isoTime(updatedAt)],
  ['symbol', ({ symbol }) => symbol],
  ['side', ({ side }) => side],
  ['type', ({ type }) => type],
  ['class', ({ orderClass }) => orderClass],
  ['time_in_force', ({ timeInForce }) => timeInForce],
  ['extended_hours', ({ extendedHours }) => String(extendedHours)],
  ['quantity', ({ quantity }) => quantity],
  ['notional', ({ notional }) => notional],
  ['limit_price', ({ limitPrice }) => limitPrice],
  ['stop_price', ({ stopPrice }) => stopPrice],
  ['trail_price', ({ trailPrice }) => trailPrice],
  ['trail_percent', ({ trailPercent }) => trailPercent],
  ['state', ({ state }) => state],
  ['filled_quantity', ({ filledQuantity }) => filledQuantity],
  ['average_fill_price', ({ averageFillPrice }) => averageFillPrice],
  ['origin', ({ origin }) => origin],
  ['order_id', ({ id }) => id],
  ['exchange_id', ({ exchangeId }) => exchangeId],
  ['parent_id', ({ parentId }) => parentId],
  ['leg', ({ leg }) => leg],
  ['replaces', ({ replaces }) => replaces],
  ['replaced_by', ({ replacedBy }) => replacedBy],
  ['problem', ({ problem }) => problem],
]

/** A file to write: its suggested name and its contents. */
export interface TextFile {
  readonly name: string
  readonly text: string
}

/** Fills as a CSV file: exact decimals, times in UTC. */
export const fillsFile = (fills: readonly FillView[], now: EpochMs): TextFile => ({
  name: `signal-fills-${exchangeDayOf(now)}.csv`,
  text: toCsv(FILL_COLUMNS, fills),
})

/** Orders as a CSV file. */
export const ordersFile = (orders: readonly OrderView[], now: EpochMs): TextFile => ({
  name: `signal-orders-${exchangeDayOf(now)}.csv`,
  text: toCsv(ORDER_COLUMNS, orders),
})
