import type { Mode } from '#shared/settings'
import type { TradingState } from '#shared/trading/account'
import { HALTING_REASONS, type TradingReason } from '#shared/trading/trading-reason'
import type { EpochMs } from '#shared/units'

/** What limits trading now: each `…Since` says since when, and is absent while it does not apply. */
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
  'kill-switch': 'The kill switch is on: no new orders until you release it; cancel, close and flatten work.',
  'limits-unconfirmed':
    'New orders are blocked until you have confirmed the limits; cancel, close and flatten work.',
  'safety-file':
    'The kill switch and the limits can’t be saved in the data folder, so new orders are blocked; cancel, close and flatten work.',
  'daily-loss': 'The daily loss limit is reached: entries end until the next session, exits work.',
  'database-away':
    'The database cannot be written, and no order is sent without its note. Cancel and flatten work.',
  disconnected: 'Order updates do not arrive: what happens to orders is not known at once.',
  reconciling: 'Signal compares its books with the exchange.',
  'feed-mute': 'The price feed is down or mute: prices cannot be trusted for entries.',
  'not-armed': 'The live account is not armed.',
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
