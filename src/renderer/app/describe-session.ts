import type { MarketSession } from '#shared/market'
import type { EpochMs } from '#shared/units'
import { duration, minuteInZone } from '../ui/times.ts'

const PHASES: Record<MarketSession['phase'], string> = {
  overnight: 'Overnight session',
  pre: 'Pre-market',
  regular: 'Market open',
  after: 'After hours',
  closed: 'Market closed',
}

/** What happens at the end of the phase. */
const COMES: Record<MarketSession['phase'], string> = {
  overnight: 'overnight session',
  pre: 'pre-market',
  regular: 'opens',
  after: 'closes',
  closed: 'ends',
}

/** The current session in words, and how long it lasts: `Market open`, `closes in 1 h 28 min`. */
export function describeSession(
  session: MarketSession,
  now: EpochMs,
): { readonly phase: string; readonly countdown: string } {
  const phase = session.closedFor ? `${PHASES[session.phase]}, ${session.closedFor}` : PHASES[session.phase]
  if (session.until === undefined || session.next === undefined) {
    return { phase, countdown: session.phase === 'closed' ? '' : '24 h (demo)' }
  }
  const early =
    session.earlyClose && session.phase === 'regular' ? ` (early, ${minuteInZone(session.until)})` : ''
  return { phase, countdown: `${COMES[session.next]} in ${duration(session.until - now)}${early}` }
}
