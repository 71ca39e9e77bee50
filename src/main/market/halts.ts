import type { Halt } from '#shared/market'
import type { StatusMessage } from '#alpaca'

/**
 * Status codes that stop and resume trading: `2` and `3` on tapes A and B, the letters on C and O. `Q`
 * resumes quoting only, so it changes nothing. Source: Alpaca, "Real-time Stock Data", statuses.
 */
const STOPS = new Set(['2', 'H', 'P'])
const RESUMES = new Set(['3', 'T'])

/**
 * A trade timestamped this long after the halt shows that trading resumed, even if the resumption was missed.
 */
const RESUMED_BY_TRADE_MS = 5_000

/** The halt in force after a status message, given the previous one. */
export function haltAfter(halt: Halt | undefined, status: StatusMessage): Halt | undefined {
  if (halt !== undefined && status.at < halt.at) return halt
  if (RESUMES.has(status.statusCode)) return undefined
  if (!STOPS.has(status.statusCode)) return halt
  return { code: status.reasonCode || status.statusCode, reason: describeHalt(status), at: status.at }
}

/** Whether a trade at that time shows that the halt is over. */
export const endedByTrade = (halt: Halt, tradedAt: number): boolean =>
  tradedAt > halt.at + RESUMED_BY_TRADE_MS

function describeHalt({ statusMessage, reasonMessage, reasonCode }: StatusMessage): string {
  return reasonMessage || statusMessage || `halted (${reasonCode || 'no reason given'})`
}
