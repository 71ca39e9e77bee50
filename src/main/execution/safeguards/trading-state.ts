import type { Mode } from '#shared/settings'
import type { TradingReason, TradingState } from '#shared/trading/account'
import type { EpochMs } from '#shared/units'

/** What limits trading now, each with the moment since when it holds; absent while it does not. */
export interface TradingFacts {
  readonly mode: Mode
  readonly haltedSince?: EpochMs | undefined
  /** The daily loss limit was reached today. */
  readonly lossReachedAt?: EpochMs | undefined
  /** The database cannot be written, so nothing can be noted before it is sent. */
  readonly databaseAwaySince?: EpochMs | undefined
  /** Order updates do not come, or REST does not answer. */
  readonly disconnectedSince?: EpochMs | undefined
  readonly reconcilingSince?: EpochMs | undefined
  readonly feedMuteSince?: EpochMs | undefined
  /** Of the live account. */
  readonly armedUntil?: EpochMs | undefined
  readonly disarmedSince: EpochMs
}

const SENTENCES: Readonly<Record<TradingReason, string>> = {
  'kill-switch': 'The kill switch is on: no new orders until you release it; cancel, close and flatten work.',
  'daily-loss': 'The daily loss limit is reached: entries end until the next session, exits work.',
  'database-away':
    'The database cannot be written, and no order is sent without its note. Cancel and flatten work.',
  disconnected: 'Order updates do not arrive: what happens to orders is not known at once.',
  reconciling: 'Signal compares its books with the exchange.',
  'feed-mute': 'The price feed is down or mute: prices cannot be trusted for entries.',
  'not-armed': 'The live account is not armed.',
}

/** How much may be sent now. One place for the kill switch, the loss limit and everything that casts doubt. */
export function tradingStateOf(facts: TradingFacts): TradingState {
  const isLive = facts.mode === 'live'
  const since: Readonly<Record<TradingReason, EpochMs | undefined>> = {
    'kill-switch': facts.haltedSince,
    'daily-loss': facts.lossReachedAt,
    'database-away': facts.databaseAwaySince,
    disconnected: facts.disconnectedSince,
    reconciling: facts.reconcilingSince,
    'feed-mute': facts.feedMuteSince,
    'not-armed': isLive && facts.armedUntil === undefined ? facts.disarmedSince : undefined,
  }
  const reasons = GRAVEST_FIRST.flatMap((reason) => {
    const at = since[reason]
    return at === undefined ? [] : [{ reason, sentence: SENTENCES[reason], since: at }]
  })
  const state = facts.haltedSince !== undefined ? 'halted' : reasons.length > 0 ? 'reducing' : 'active'
  return {
    state,
    reasons,
    ...(isLive && facts.armedUntil !== undefined && { armedUntil: facts.armedUntil }),
  }
}

const GRAVEST_FIRST = [
  'kill-switch',
  'daily-loss',
  'database-away',
  'disconnected',
  'reconciling',
  'feed-mute',
  'not-armed',
] as const satisfies readonly TradingReason[]
