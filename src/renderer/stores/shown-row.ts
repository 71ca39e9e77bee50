import { Decimal } from 'decimal.js'
import type { MarketRow } from '#shared/market'
import type { Price } from '#shared/units'

/** A row as shown, with how its last change looks. */
export interface ShownRow extends MarketRow {
  /** The price shown here before this one; absent while it has not moved on screen. */
  readonly movedFrom?: Price
  /** Counts the moves that deserve a flash; a cell flashes when it grows. */
  readonly moves: number
}

/** A row that appears without a move: first paint, or first value after an outage. */
const arrived = (row: MarketRow, before?: ShownRow): ShownRow => ({ ...row, moves: before?.moves ?? 0 })

/**
 * The next row to show. Its direction compares with the price last on the screen, not with one in between
 * that was never painted, so that color and arrow agree with what the trader saw.
 */
export function nextShown(before: ShownRow | undefined, row: MarketRow): ShownRow {
  if (before?.price === undefined || row.price === undefined) return arrived(row, before)
  if (before.freshness === 'disconnected' || before.freshness === 'waiting') return arrived(row, before)
  const step = new Decimal(row.price).cmp(before.price)
  if (step === 0) {
    const direction = row.direction === 'unchanged' ? 'unchanged' : before.direction
    const { movedFrom, moves } = before
    return { ...row, direction, moves, ...(movedFrom !== undefined && { movedFrom }) }
  }
  return {
    ...row,
    direction: step > 0 ? 'up' : 'down',
    movedFrom: before.price,
    moves: before.moves + 1,
  }
}

/** A row from a snapshot, which never flashes. */
export const snapshotRow = (row: MarketRow, before?: ShownRow): ShownRow => arrived(row, before)
