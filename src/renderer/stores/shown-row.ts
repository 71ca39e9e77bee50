import { Decimal } from 'decimal.js'
import type { MarketRow } from '#shared/market'
import type { Price } from '#shared/units'

/** A row as shown, with how its last change looks. */
export interface ShownRow extends MarketRow {
  /** Of the price against the one that stood here before. */
  readonly direction: 'up' | 'down' | 'unchanged'
  /** The price that stood here before this one; absent while the price has not moved before the trader's eyes. */
  readonly movedFrom?: Price
  /** Counts the moves that deserve a flash; a cell flashes when it grows. */
  readonly moves: number
}

/** Came into sight without having moved: first paint, or the first word after a silence. */
const arrived = (row: MarketRow, before?: ShownRow): ShownRow => ({
  ...row,
  direction: 'unchanged',
  moves: before?.moves ?? 0,
})

/**
 * The next row to show. Its direction compares with the price last on the screen, not with one in between
 * that was never painted, so that color and arrow agree with what the trader saw.
 */
export function nextShown(before: ShownRow | undefined, row: MarketRow): ShownRow {
  if (before?.price === undefined || row.price === undefined) return arrived(row, before)
  if (before.freshness === 'disconnected' || before.freshness === 'waiting') return arrived(row, before)
  const step = new Decimal(row.price).cmp(before.price)
  if (step === 0) {
    const { movedFrom, moves } = before
    return { ...row, direction: 'unchanged', moves, ...(movedFrom !== undefined && { movedFrom }) }
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
