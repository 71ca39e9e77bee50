/**
 * Why a call failed. `network`: no answer came; `timeout`: none came in time; `unprocessable`: a field is wrong or the
 * order's state forbids it (also HTTP 400 and other refusals); `invalid_response`: an answer that cannot be understood;
 * `aborted`: the caller's signal.
 */
export type AlpacaErrorKind =
  | 'network'
  | 'timeout'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'unprocessable'
  | 'rate_limited'
  | 'server_error'
  | 'invalid_response'
  | 'aborted'

interface Details {
  readonly status?: number | undefined
  readonly code?: number | undefined
  readonly requestId?: string | undefined
  readonly retryAfterMs?: number | undefined
  readonly extra?: Readonly<Record<string, unknown>> | undefined
  readonly outcome?: 'not_done' | 'unknown' | undefined
}

/** What every call of the library throws when it fails. It never holds a key. */
export class AlpacaError extends Error {
  override readonly name = 'AlpacaError'
  readonly kind: AlpacaErrorKind
  /** HTTP status, where an answer came. */
  readonly status: number | undefined
  /** Alpaca's own number, such as 40310000. One number covers several causes: read the message too. */
  readonly code: number | undefined
  /** X-Request-ID, which Alpaca's support asks for. */
  readonly requestId: string | undefined
  /** How long Alpaca asks to wait, ms; only with `rate_limited` and `server_error`, and only where believable. */
  readonly retryAfterMs: number | undefined
  /** What else the body said, such as `buying_power` or `existing_order_id`, as sent. */
  readonly extra: Readonly<Record<string, unknown>>
  /**
   * `unknown`: a call that changes something was sent and no clear answer came, so Alpaca may have done it. Look it up
   * (an order by its client_order_id); do not send it again. Calls that only read are always `not_done`.
   */
  readonly outcome: 'not_done' | 'unknown'

  constructor(kind: AlpacaErrorKind, message: string, details: Details = {}) {
    super(message)
    this.kind = kind
    this.status = details.status
    this.code = details.code
    this.requestId = details.requestId
    this.retryAfterMs = details.retryAfterMs
    this.extra = details.extra ?? {}
    this.outcome = details.outcome ?? 'not_done'
  }
}

/** The kind that an HTTP status stands for; only for statuses that are no success. */
export function kindOfStatus(status: number): AlpacaErrorKind {
  if (status === 401) return 'unauthorized'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not_found'
  if (status === 408) return 'timeout'
  if (status === 429) return 'rate_limited'
  if (status >= 500) return 'server_error'
  return status >= 400 ? 'unprocessable' : 'invalid_response'
}
