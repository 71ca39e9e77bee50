import type { AlpacaClient } from '#alpaca'
import type { Clock } from '#process/clock'

/** An answer this quick leaves so little doubt that asking again is not worth it. */
const QUICK_MS = 100
const TRIES = 3
/** An answer slower than this says too little about this machine's clock. */
const SLOWEST_MS = 2_000

/**
 * How far the exchange's clock is ahead of this machine's, ms; nothing where it could not be measured. The quickest of
 * a few answers counts. It cannot tell more than its own duration allows: where that leaves room for this machine's
 * clock to be right, it is taken to be right, as nearly all are.
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
