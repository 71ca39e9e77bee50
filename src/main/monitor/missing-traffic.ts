import { MINUTE_MS } from '#shared/time'
import { chanceOfSilence } from '../market/index.ts'
import type { HealthContext } from './health-context.ts'

const NO_QUOTES_MS = MINUTE_MS
const NO_BARS_MS = 5 * MINUTE_MS
/** The whole list's traffic is steadier than one symbol's. */
const STEADINESS = 6
const UNLIKELY = 1e-3

/** Whether there was no quote for 60 s of an open market, and that is unusual for this watchlist. */
export const lacksQuotes = ({ quotelessMs, expectedQuotes }: HealthContext): boolean =>
  quotelessMs >= NO_QUOTES_MS && !isUsual(expectedQuotes)

/**
 * Whether there was no minute bar for 5 minutes of an open market, and that is unusual for this watchlist.
 */
export const lacksBars = ({ barlessMs, expectedBars }: HealthContext): boolean =>
  barlessMs >= NO_BARS_MS && !isUsual(expectedBars)

const isUsual = (expected: number | undefined): boolean =>
  expected !== undefined && chanceOfSilence(expected, STEADINESS) >= UNLIKELY
