import { Decimal } from 'decimal.js'
import type { MarketRow } from '#shared/market'
import type { Price } from '#shared/units'

/** A row as it stands on the screen, with what the eye is told about its last change. */
export interface ShownRow extends MarketRow {
  /** The price that stood here before this one; absent while the price has not moved before the trader's eyes. */
  readonly movedFrom?: Price
  /** Counts the moves that were worth a flash; a cell flashes when it grows. */
  readonly moves: number
}

/** Came into sight without having moved: first paint, or the first word after a silence. */
const arrived = (row: MarketRow, before?: ShownRow): ShownRow => ({ ...row, moves: before?.moves ?? 0 })

/**
 * The row as shown next. The direction is against the price that stood on the screen, not against one in between
 * that was never painted, so that colour and arrow agree with what the trader saw.
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

/** A row that arrives in a snapshot: never a reason to flash. */
export const snapshotRow = (row: MarketRow, before?: ShownRow): ShownRow => arrived(row, before)
