/** A REST answer: JSON, as text or as bytes, with its status. */
export interface Reply {
  readonly status: number
  readonly body: string | Buffer
  /** How many bars it holds, for the sent counts; absent if it is not a history page. */
  readonly page?: { readonly bars: number }
}

/** A parsed request. */
export interface Request {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: string
}

/** A handler for one path. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** As in `/v2/assets/:symbol`. */
  readonly path: string
  readonly answer: (request: Request, parameter: string) => Reply
}

export const json = (value: unknown, status = 200): Reply => ({ status, body: JSON.stringify(value) })

/** The answer to a request that succeeded and has nothing to report. */
export const NO_CONTENT: Reply = { status: 204, body: '' }

/** A rejection in Alpaca's format; thrown by whatever answers a request. */
export class Refusal extends Error {
  readonly status: number
  readonly code: number | undefined
  /** Details of the message, in fields of their own. */
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    status: number,
    message: string,
    code?: number,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
  }

  /** The body of the answer. */
  toBody(): Readonly<Record<string, unknown>> {
    const code = this.code === undefined ? {} : { code: this.code }
    return { ...this.details, ...code, message: this.message }
  }

  toReply(): Reply {
    return json(this.toBody(), this.status)
  }
}
