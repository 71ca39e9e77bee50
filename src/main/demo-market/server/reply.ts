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
  readonly method: 'GET' | 'POST'
  /** As in `/v2/assets/:symbol`. */
  readonly path: string
  readonly answer: (request: Request, parameter: string) => Reply
}

export const json = (value: unknown): Reply => ({ status: 200, body: JSON.stringify(value) })

/** A refusal in Alpaca's form; thrown by whatever answers a request. */
export class Refusal extends Error {
  readonly status: number
  readonly code: number | undefined

  constructor(status: number, message: string, code?: number) {
    super(message)
    this.status = status
    this.code = code
  }

  toReply(): Reply {
    const code = this.code === undefined ? {} : { code: this.code }
    return { status: this.status, body: JSON.stringify({ ...code, message: this.message }) }
  }
}
