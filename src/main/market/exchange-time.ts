import type { AlpacaClient } from '#alpaca'
import type { Clock } from '#process/clock'

/** An answer this fast is accurate enough that asking again is not worth it. */
const QUICK_MS = 100
const TRIES = 3
/** An answer slower than this is too inaccurate to measure this machine's clock. */
const SLOWEST_MS = 2_000

/**
 * How far the exchange's clock is ahead of this machine's, ms; undefined if it could not be measured. The
 * fastest of a few answers counts. A measurement is no more accurate than the answer's duration: if this
 * machine's clock may be right within it, it is assumed to be right, as nearly all clocks are.
 */
export async function measureClock(
  client: Pick<AlpacaClient, 'getClock'>,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  let best: { readonly tookMs: number; readonly offsetMs: number } | undefined
  for (let tries = 0; tries < TRIES && (best?.tookMs ?? Infinity) > QUICK_MS; tries++) {
    const askedAt = clock.now()
    const { timestamp } = await client.getClock(signal === undefined ? {} : { signal })
    const answeredAt = clock.now()
    const tookMs = answeredAt - askedAt
    const mayBeRight = askedAt <= timestamp && timestamp <= answeredAt
    const offsetMs = mayBeRight ? 0 : Math.round(timestamp - (askedAt + answeredAt) / 2)
    if (tookMs < (best?.tookMs ?? SLOWEST_MS)) best = { tookMs, offsetMs }
  }
  return best?.offsetMs
}
