import type { TradingState } from '#shared/trading/account'
import type { TradingReason } from '#shared/trading/trading-reason'
import { useClock } from '../stores/clock.ts'
import { useConnection } from '../stores/connection.ts'
import { useTrading } from '../stores/trading.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { newYorkClock } from '../ui/times.ts'
import { toggleOverlay } from './navigation.ts'

/** A limit that ends this soon by itself is not worth moving the screen for, ms. */
const SETTLES_WITHIN_MS = 1_500

/**
 * Whether a reason is shown elsewhere: a disarmed live account has its own bar, and missing keys have their
 * own banner.
 */
const isShownElsewhere = (reason: TradingReason, hasKeys: boolean): boolean =>
  reason === 'not-armed' || (reason === 'disconnected' && !hasKeys)

const LEADS: Readonly<Record<Exclude<TradingState['state'], 'active'>, string>> = {
  reducing: 'Only orders that make a position smaller are sent.',
  halted: 'Trading is halted.',
}

/** Why trading is limited now, in words, and what to do about it. */
export function TradingBanner() {
  const trading = useTrading((state) => state.trading?.trading)
  const hasKeys = useConnection(({ connection }) => connection?.status !== 'not-configured')
  const reasons = trading?.reasons.filter(({ reason }) => !isShownElsewhere(reason, hasKeys)) ?? []
  const since = Math.min(...reasons.map((reason) => reason.since))
  const holds = useClock(({ now }) => now - since > SETTLES_WITHIN_MS)
  if (!trading || trading.state === 'active' || reasons.length === 0) return null
  if (!holds && trading.state !== 'halted') return null
  return (
    <Notice tone={trading.state === 'halted' ? 'bad' : 'warn'}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <div className="min-w-40 grow basis-0">
          <span className="font-semibold">{LEADS[trading.state]}</span>{' '}
          {reasons.map(({ reason, sentence, since: from }) => (
            <span key={reason} title={`Since ${newYorkClock(from)} New York`}>
              {sentence}{' '}
            </span>
          ))}
        </div>
        {reasons.some(({ reason }) => reason === 'kill-switch') && (
          <Button small onClick={() => toggleOverlay('release')}>
            Release…
          </Button>
        )}
        {reasons.some(({ reason }) => reason === 'limits-unconfirmed') && (
          <Button small onClick={() => toggleOverlay('confirm-limits')}>
            Confirm limits…
          </Button>
        )}
      </div>
    </Notice>
  )
}
