import { unreachable } from '#shared/result'
import { riskLimits, type RiskLimits } from '#shared/trading/limits'
import type { EpochMs, ExchangeDay } from '#shared/units'
import type { RiskEvent } from './event.ts'

/** Risk limits, kill switch and daily loss, folded from events. */
export interface RiskState {
  readonly limits: RiskLimits
  readonly haltedSince?: EpochMs
  /** The day on which the daily loss limit ended entries, and when. */
  readonly lossReached?: { readonly day: ExchangeDay; readonly at: EpochMs }
}

/** The risk state after one event. */
export function afterRiskEvent(risk: RiskState, event: RiskEvent, at: EpochMs): RiskState {
  switch (event.type) {
    case 'KillSwitchEngaged':
      return { haltedSince: at, ...risk } // the first one counts
    case 'KillSwitchReleased': {
      const { haltedSince: _released, ...rest } = risk
      return rest
    }
    case 'RiskLimitChanged': {
      const { limit, after } = event.payload
      // A value over its bounds was not written by Signal: the limit stays as it was.
      return riskLimits.shape[limit].safeParse(after).success
        ? { ...risk, limits: { ...risk.limits, [limit]: after } }
        : risk
    }
    case 'DailyLossReached':
      return { ...risk, lossReached: { day: event.payload.day, at } }
    case 'LimitsConfirmed':
    case 'LiveArmed':
    case 'LiveArmingFailed':
    case 'LiveDisarmed':
      return risk // the safety file holds the first; arming lasts only for the process that armed, never across a restart
    default:
      return unreachable(event)
  }
}
