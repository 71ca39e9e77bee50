import { AlpacaError } from './error.ts'
import { doubled } from './backoff.ts'

/** How often a call that only reads is retried. */
export const MAX_RETRIES = 3

/** The longest wait that a server may request; longer ones are ignored. */
const MAX_RETRY_AFTER_MS = 60_000

/** Delay before the first retry, if the server requests none. */
export const FIRST_RETRY_MS = 500

/**
 * The wait that Retry-After requests, ms: whole seconds or an HTTP date. Undefined if it is missing, in the
 * past, not a number, or longer than a minute; the caller then waits as it would without it.
 */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined
  const text = header.trim()
  const ms = /^\d{1,12}$/.test(text) ? Number(text) * 1_000 : httpDate(text) - now
  return ms >= 0 && ms <= MAX_RETRY_AFTER_MS ? ms : undefined
}

/** NaN if it is not a date; a bare number such as -5 is not, although Date.parse would accept it. */
const httpDate = (text: string): number => (/^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : NaN)

/** How fast a failed call is retried. */
export interface RetryPace {
  /** The first delay; it doubles with each try. */
  readonly firstRetryMs: number
  /** Between 0 and 1: makes each delay up to half shorter or longer. */
  readonly random: () => number
}

/** Delay before the next try: what the server requested, otherwise one that doubles. */
export function retryDelayMs(tries: number, asked: number | undefined, pace: RetryPace): number {
  return asked ?? Math.round(doubled(pace.firstRetryMs, tries) * (0.5 + pace.random()))
}

/** True if a retry may help and cannot do harm to a call that only reads. */
export const isTransient = (error: AlpacaError): boolean =>
  error.kind === 'network' || error.kind === 'rate_limited' || error.kind === 'server_error'

/** Waits, or rejects as `aborted` with the signal. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const leave = (): void => {
      clearTimeout(timer)
      reject(new AlpacaError('aborted', 'The call was aborted while it waited to try again'))
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', leave)
      resolve()
    }, ms)
    if (signal?.aborted) return leave()
    signal?.addEventListener('abort', leave, { once: true })
  })
}
