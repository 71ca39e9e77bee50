import { formatDecimal, formatSigned } from '#shared/format/numbers'
import { tickPlaces } from '#shared/trading/tick-size'
import type { EpochMs } from '#shared/units'
import type { ShownRow } from '../stores/shown-row.ts'
import { describeFreshness } from './describe-freshness.ts'

const DIRECTIONS = { up: 'up', down: 'down', unchanged: 'unchanged' } as const

/** A row in one sentence, for screen readers. */
export function rowSentence(row: ShownRow, now: EpochMs): string {
  const amount = (value: string) => formatDecimal(value, tickPlaces(value))
  const parts = [
    row.price === undefined ? row.symbol : `${row.symbol} ${amount(row.price)}, ${DIRECTIONS[row.direction]}`,
    row.changePercent !== undefined && `${formatSigned(row.changePercent, 2)} percent today`,
    row.bid !== undefined && `bid ${amount(row.bid)}`,
    row.ask !== undefined && `ask ${amount(row.ask)}`,
    row.spread !== undefined && `spread ${formatDecimal(row.spread, 2)}`,
    row.halt && `halted, ${row.halt.reason}`,
    !row.halt && describeFreshness(row, now),
  ]
  return `${parts.filter(Boolean).join(', ')}.`
}
