import { AlpacaError } from '#alpaca'

/**
 * What becomes of a call. `plain`: done and answered soon; `slow`: answered after seconds; `lost`: done, but
 * its answer is lost; `late`: given up, but done much later; `failed`: HTTP 500, done or not; refusals: not
 * done, as the answer says; `unsent`: no connection; `broken`: the connection broke before anything arrived.
 */
export const FATES = [
  'plain',
  'slow',
  'lost',
  'late',
  'failed-done',
  'failed',
  'forbidden',
  'unprocessable',
  'rate-limited',
  'unsent',
  'broken',
] as const
export type Fate = (typeof FATES)[number]

/** Timing of a call: when it arrives at the exchange, if ever, and when and how it ends for the caller. */
export interface Course {
  readonly arrivesAfterMs?: number
  readonly endsAfterMs: number
  readonly error?: AlpacaError
}

const error = (kind: AlpacaError['kind'], outcome: AlpacaError['outcome'], status?: number) =>
  new AlpacaError(kind, `${kind} in the model`, { outcome, status })

/** The course of a call with that fate. Calls that only read leave nothing unclear. */
export function courseOf(fate: Fate, changes: boolean): Course {
  const unclear = changes ? 'unknown' : 'not_done'
  switch (fate) {
    case 'plain':
      return { arrivesAfterMs: 3, endsAfterMs: 6 }
    case 'slow':
      return { arrivesAfterMs: 3, endsAfterMs: 8_000 }
    case 'lost':
      return { arrivesAfterMs: 3, endsAfterMs: 1_000, error: error('timeout', unclear) }
    case 'late':
      return { arrivesAfterMs: 40_000, endsAfterMs: 1_000, error: error('timeout', unclear) }
    case 'failed-done':
      return { arrivesAfterMs: 3, endsAfterMs: 6, error: error('server_error', unclear, 500) }
    case 'failed':
      return { endsAfterMs: 6, error: error('server_error', unclear, 500) }
    case 'forbidden':
      return { endsAfterMs: 6, error: error('forbidden', 'not_done', 403) }
    case 'unprocessable':
      return { endsAfterMs: 6, error: error('unprocessable', 'not_done', 422) }
    case 'rate-limited':
      return { endsAfterMs: 6, error: error('rate_limited', 'not_done', 429) }
    case 'unsent':
      return { endsAfterMs: 1, error: error('network', 'not_done') }
    case 'broken':
      return { endsAfterMs: 500, error: error('network', unclear) }
  }
}
