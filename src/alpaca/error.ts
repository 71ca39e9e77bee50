/**
 * Why a call failed. `network`: no answer; `timeout`: no answer in time; `unprocessable`: a field is wrong or
 * the order's state forbids it (also HTTP 400 and other rejections); `invalid_response`: an answer that
 * cannot be understood; `aborted`: by the caller's signal.
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

/** The error that every call of the library throws when it fails. It never contains a key. */
export class AlpacaError extends Error {
  override readonly name = 'AlpacaError'
  readonly kind: AlpacaErrorKind
  /** HTTP status, if there was an answer. */
  readonly status: number | undefined
  /** Alpaca's own number, such as 40310000. One number covers several causes: read the message too. */
  readonly code: number | undefined
  /** X-Request-ID, which Alpaca's support asks for. */
  readonly requestId: string | undefined
  /** How long Alpaca asks to wait, ms; only with `rate_limited` and `server_error`, and only if plausible. */
  readonly retryAfterMs: number | undefined
  /** The body's other fields, such as `buying_power` or `existing_order_id`, as sent. */
  readonly extra: Readonly<Record<string, unknown>>
  /**
   * `unknown`: a call that changes something was sent and no clear answer came, so Alpaca may have done it.
   * Look it up (an order by its client_order_id); do not send it again. Calls that only read are always
   * `not_done`.
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

/** The kind that an HTTP status means; only for statuses other than success. */
export function kindOfStatus(status: number): AlpacaErrorKind {
  if (status === 401) return 'unauthorized'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not_found'
  if (status === 408) return 'timeout'
  if (status === 429) return 'rate_limited'
  if (status >= 500) return 'server_error'
  return status >= 400 ? 'unprocessable' : 'invalid_response'
}
