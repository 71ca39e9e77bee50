import { Decimal } from 'decimal.js'
import type { MarketRow } from '#shared/market'
import type { Price } from '#shared/units'

/** How a price on the screen last changed. */
export interface Move {
  /** Against the price that stood here before. */
  readonly direction: 'up' | 'down' | 'unchanged'
  /** The price that stood here before this one; absent while it has not moved before the trader's eyes. */
  readonly movedFrom?: Price
  /** Counts the moves that deserve a flash; a cell flashes when it grows. */
  readonly moves: number
}

/** A row as shown, with how the last change of its price looks. */
export interface ShownRow extends MarketRow, Move {
  /** The same of the last trade's price. */
  readonly lastMove: Move
}

/** Came into sight without having moved: first paint, or the first word after a silence. */
const still = (before?: Move): Move => ({ direction: 'unchanged', moves: before?.moves ?? 0 })

function nextMove(before: Move, from: Price | undefined, to: Price | undefined): Move {
  if (from === undefined || to === undefined) return still(before)
  const step = to === from ? 0 : new Decimal(to).cmp(from)
  const { movedFrom, moves } = before
  if (step === 0) return { direction: 'unchanged', moves, ...(movedFrom !== undefined && { movedFrom }) }
  return { direction: step > 0 ? 'up' : 'down', movedFrom: from, moves: moves + 1 }
}

/**
 * The next row to show. Its direction compares with the price last on the screen, not with one in between
 * that was never painted, so that color and arrow agree with what the trader saw.
 */
export function nextShown(before: ShownRow | undefined, row: MarketRow): ShownRow {
  if (!before || before.freshness === 'disconnected' || before.freshness === 'waiting')
    return snapshotRow(row, before)
  return {
    ...row,
    ...nextMove(before, before.price, row.price),
    lastMove: nextMove(before.lastMove, before.last, row.last),
  }
}

/** A row from a snapshot, which never flashes. */
export const snapshotRow = (row: MarketRow, before?: ShownRow): ShownRow => ({
  ...row,
  ...still(before),
  lastMove: still(before?.lastMove),
})
