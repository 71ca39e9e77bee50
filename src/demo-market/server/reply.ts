/** An answer of the REST side: JSON, as text or as bytes, with its status. */
export interface Reply {
  readonly status: number
  readonly body: string | Buffer
  /** How many bars it holds, for the count of what was sent; absent where it is no page of history. */
  readonly page?: { readonly bars: number }
}

/** What a request was, taken apart. */
export interface Request {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: string
}

/** Something that answers one path. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** As in `/v2/assets/:symbol`. */
  readonly path: string
  readonly answer: (request: Request, parameter: string) => Reply
}

export const json = (value: unknown, status = 200): Reply => ({ status, body: JSON.stringify(value) })

/** Done, and nothing to say about it. */
export const NO_CONTENT: Reply = { status: 204, body: '' }

/** A refusal in Alpaca's form; thrown by whatever answers a request. */
export class Refusal extends Error {
  readonly status: number
  readonly code: number | undefined
  /** What the message is about, in fields of their own. */
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
