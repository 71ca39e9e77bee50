import type { ProblemCode } from './problem.ts'

/** Why trading is limited now. */
export type TradingReason =
  | 'kill-switch'
  | 'limits-unconfirmed'
  | 'safety-file'
  | 'daily-loss'
  | 'feed-mute'
  | 'reconciling'
  | 'not-armed'
  | 'disconnected'
  | 'database-away'

/** Reasons for which nothing but cancels, closes and a flatten is sent. */
export const HALTING_REASONS: ReadonlySet<TradingReason> = new Set([
  'kill-switch',
  'limits-unconfirmed',
  'safety-file',
])

/** The code with which the checks of an order report each reason. */
export const REASON_CODES: Readonly<Record<TradingReason, ProblemCode>> = {
  'kill-switch': 'KILL_SWITCH_ENGAGED',
  'limits-unconfirmed': 'LIMITS_UNCONFIRMED',
  'safety-file': 'SAFETY_FILE_AWAY',
  'daily-loss': 'DAILY_LOSS_LIMIT',
  'feed-mute': 'FEED_MUTE',
  reconciling: 'RECONCILING',
  'not-armed': 'LIVE_NOT_ARMED',
  disconnected: 'NOT_CONNECTED',
  'database-away': 'DATABASE_AWAY',
}
