import { formatSigned } from '#shared/format/numbers'
import type { EpochMs } from '#shared/units'
import type { ShownRow } from '../stores/shown-row.ts'
import { shownDistance, shownPrice } from '../ui/numerals.ts'
import { describeFreshness } from './describe-freshness.ts'

const DIRECTIONS = { up: 'up', down: 'down', unchanged: 'unchanged' } as const

/** A row in one sentence, for screen readers. */
export function rowSentence(row: ShownRow, now: EpochMs): string {
  const last = row.last ?? row.price
  const parts = [
    last === undefined
      ? row.symbol
      : `${row.symbol} ${shownPrice(last)}, ${DIRECTIONS[row.lastMove.direction]}`,
    row.changePercent !== undefined && `${formatSigned(row.changePercent, 2)} percent today`,
    row.bid !== undefined && `bid ${shownPrice(row.bid)}`,
    row.ask !== undefined && `ask ${shownPrice(row.ask)}`,
    row.spread !== undefined && row.bid !== undefined && `spread ${shownDistance(row.spread, row.bid)}`,
    row.halt && `halted, ${row.halt.reason}`,
    !row.halt && describeFreshness(row, now),
  ]
  return `${parts.filter(Boolean).join(', ')}.`
}
