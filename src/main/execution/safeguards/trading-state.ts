import type { Mode } from '#shared/settings'
import type { TradingState } from '#shared/trading/account'
import { HALTING_REASONS, type TradingReason } from '#shared/trading/trading-reason'
import type { EpochMs } from '#shared/units'

/** What limits trading now: each `…Since` is the time since when, absent while it does not apply. */
export interface TradingContext {
  readonly mode: Mode
  readonly haltedSince?: EpochMs | undefined
  /** Why the limits must be confirmed first. */
  readonly unconfirmed?: { readonly since: EpochMs; readonly reasons: readonly string[] } | undefined
  /** The safety file cannot be written. */
  readonly unwrittenSince?: EpochMs | undefined
  /** When the daily loss limit was reached today. */
  readonly lossReachedAt?: EpochMs | undefined
  /** The database cannot be written, so nothing can be recorded before it is sent. */
  readonly databaseAwaySince?: EpochMs | undefined
  /** Order updates are down. */
  readonly disconnectedSince?: EpochMs | undefined
  readonly reconcilingSince?: EpochMs | undefined
  readonly feedMuteSince?: EpochMs | undefined
  /** Live account only. */
  readonly armedUntil?: EpochMs | undefined
  readonly disarmedSince: EpochMs
}

const SENTENCES: Readonly<Record<TradingReason, string>> = {
  'kill-switch': 'Kill switch is on. Cancel, close and flatten still work.',
  'limits-unconfirmed':
    'New orders are blocked until you confirm the limits. Cancel, close and flatten still work.',
  'safety-file':
    'Kill switch and limits can’t be saved in the data folder, so new orders are blocked. Cancel, close and flatten still work.',
  'daily-loss': 'Daily loss limit hit: close-only until next session.',
  'database-away': 'Database not writable; orders need a record first. Cancel and flatten still work.',
  disconnected: 'Order updates are down: fills may show late.',
  reconciling: 'Reconciling with Alpaca…',
  'feed-mute': 'Price feed down: no new entries.',
  'not-armed': 'Live trading isn’t armed.',
}

/** Which orders may be sent now: the one place that weighs the kill switch, the loss limit and every doubt. */
export function tradingStateOf(context: TradingContext): TradingState {
  const isLive = context.mode === 'live'
  const since: Readonly<Record<TradingReason, EpochMs | undefined>> = {
    'kill-switch': context.haltedSince,
    'limits-unconfirmed': context.unconfirmed?.since,
    'safety-file': context.unwrittenSince,
    'daily-loss': context.lossReachedAt,
    'database-away': context.databaseAwaySince,
    disconnected: context.disconnectedSince,
    reconciling: context.reconcilingSince,
    'feed-mute': context.feedMuteSince,
    'not-armed': isLive && context.armedUntil === undefined ? context.disarmedSince : undefined,
  }
  const reasons = GRAVEST_FIRST.flatMap((reason) => {
    const at = since[reason]
    if (at === undefined) return []
    const why = reason === 'limits-unconfirmed' ? (context.unconfirmed?.reasons ?? []) : []
    return [{ reason, sentence: [...why, SENTENCES[reason]].join(' '), since: at }]
  })
  const isHalted = reasons.some(({ reason }) => HALTING_REASONS.has(reason))
  const state = isHalted ? 'halted' : reasons.length > 0 ? 'reducing' : 'active'
  return {
    state,
    reasons,
    ...(isLive && context.armedUntil !== undefined && { armedUntil: context.armedUntil }),
  }
}

const GRAVEST_FIRST = [
  'kill-switch',
  'limits-unconfirmed',
  'safety-file',
  'daily-loss',
  'database-away',
  'disconnected',
  'reconciling',
  'feed-mute',
  'not-armed',
] as const satisfies readonly TradingReason[]
