import type { DayAudit } from './day-audit.ts'
import { barsIn, chanceOfSoMany, moneyInBar, type UsualDay, type UsualSilence } from './silence.ts'

/** A symbol that is silent in more of its minutes is too often so by chance to tell. */
const SILENT_AT_MOST = 0.1
/** How many times the money that so few trades leave in a bar has to be in those that are there. */
const SURPLUS = 2

/**
 * Whether bars of these days were lost one by one: `minutes` silent ones are more than the symbol ever has by chance,
 * and its other bars hold too much for a time that was only quiet. Lost bars leave the others as they were; where less
 * is traded, there is less in each bar too.
 */
export function isThinned(
  days: readonly DayAudit[],
  minutes: number,
  silence: UsualSilence,
  usual: UsualDay,
): boolean {
  const expected = days.reduce((sum, day) => sum + day.expected, 0)
  if (usual.silent > SILENT_AT_MOST || barsIn(days) === 0) return false
  if (silence.isBelievable(chanceOfSoMany(minutes, expected, usual))) return false
  const left = tradesInBar(minutes / expected) / tradesInBar(usual.silent)
  return moneyInBar(days) > SURPLUS * left * usual.moneyInBar
}

/** Trades in a minute that has any, if they come at random and that share of the minutes has none. */
const tradesInBar = (silent: number): number => -Math.log(silent) / (1 - silent)
