import { midnightOf } from '#shared/calendar/new-york'
import type { EpochMs } from '#shared/units'
import { readCorporateAction } from '#alpaca'
import type { StoredBar } from '../bars/index.ts'
import { readActions } from '../corporate-actions/index.ts'
import type { Reader } from '../database/index.ts'

/** A split: prices from `from` on are `factor` times smaller. */
export interface PriceSplit {
  readonly from: EpochMs
  readonly factor: number
}

/** Prices that differ by this factor are on two levels; the smallest usual split is 3 for 2. */
const SHIFT = 1.4

/** The splits of a symbol that are kept. */
export async function readSplits(reader: Reader, symbol: string): Promise<readonly PriceSplit[]> {
  const kept = await readActions(reader, { symbols: [symbol], from: '1970-01-01' })
  return kept.flatMap(({ type, terms }) => {
    const action = readCorporateAction(type, terms)
    if (typeof action === 'string' || !('newRate' in action)) return []
    return [{ from: midnightOf(action.exDate), factor: action.newRate / action.oldRate }]
  })
}

/**
 * Whether the price goes to another level between two bars and stays there, other than the splits between them tell:
 * bars are adjusted in part, a split is not in them or is not known, or the price really moved so far.
 */
export function isLevelShift(
  before: StoredBar,
  bar: StoredBar,
  after: StoredBar,
  splits: readonly PriceSplit[],
): boolean {
  const factor = splits
    .filter(({ from }) => before.at < from && from <= bar.at)
    .reduce((product, split) => product * split.factor, 1)
  return differ(before.close, bar.open * factor) && !differ(bar.open, after.close)
}

const differ = (one: number, other: number): boolean => one >= SHIFT * other || other >= SHIFT * one
