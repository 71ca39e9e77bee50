import type * as z from 'zod'
import { secretOf, type AlpacaConfig } from './config.ts'
import { AlpacaError, kindOfStatus } from './error.ts'
import { exchange, type HttpAnswer } from './exchange.ts'
import type { AlpacaLog } from './log.ts'
import { RateLimiter, type Lane, type RateLimit } from './rate-limiter.ts'
import { serverText, type CleanText, type ServerText } from './server-text.ts'
import { isTransient, MAX_RETRIES, pause, readRetryAfter, retryDelayMs, type RetryPace } from './retry.ts'
import { isWireObject } from './wire.ts'

/** The options of every call, besides its request. */
export interface CallOptions {
  /** Ends the call, even while it waits for the rate limit or a retry. */
  readonly signal?: AbortSignal | undefined
}

/** Parameters of a URL; undefined ones are omitted. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>

/** One call as the transport needs it. */
export interface Call {
  readonly host: 'trading' | 'data'
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly query?: Query
  readonly body?: object
  readonly lane?: Lane
  /** Whether doing it twice is the same as doing it once. True for every GET. */
  readonly repeatable?: boolean
}

/** What a transport works with. */
export interface TransportOptions extends RetryPace {
  readonly fetch: typeof globalThis.fetch
  readonly clock: () => number
  readonly log: AlpacaLog
  readonly timeoutMs: number
}

/** The body of a failed answer is not read if it is longer: Alpaca's is a sentence with a few fields. */
const MOST_ERROR_TEXT = 100_000
/** Further fields of a failed answer are left out. */
const MOST_EXTRA = 20

/** Shorter waits are not logged. */
const NOTABLE_WAIT_MS = 250

/** The share of the trading budget reserved for orders. */
const RESERVED_FOR_ORDERS = 0.1

/**
 * Sends calls: keys, rate limit, timeout, retries, and the classification of every failure as an
 * {@link AlpacaError}.
 */
export class Transport {
  readonly #config: AlpacaConfig
  readonly #options: TransportOptions
  readonly #text: ServerText
  readonly #limiters: Readonly<Record<Call['host'], RateLimiter>>

  constructor(config: AlpacaConfig, options: TransportOptions) {
    secretOf(config)
    this.#config = config
    this.#options = options
    this.#text = serverText(config)
    this.#limiters = {
      trading: new RateLimiter(options.clock, RESERVED_FOR_ORDERS),
      data: new RateLimiter(options.clock, 0),
    }
  }

  /** Cleans a text from an answer, before it is logged. */
  get clean(): CleanText {
    return this.#text.clean
  }

  /** What is left of a host's budget. */
  rateLimit(host: Call['host']): RateLimit {
    return this.#limiters[host].state
  }

  /** Sends the call and reads the answer by its schema. */
  async call<T>(call: Call, schema: z.ZodType<T>, options: CallOptions): Promise<T> {
    return this.callRaw(call, (json) => readBy(schema, json), options)
  }

  /** Sends the call and reads the answer by hand; `read` throws `invalid_response` if it is invalid. */
  async callRaw<T>(call: Call, read: (json: unknown) => T, options: CallOptions): Promise<T> {
    const answer = await this.#sendWithRetry(call, options.signal)
    try {
      return read(parse(answer.text))
    } catch (cause) {
      if (!(cause instanceof AlpacaError)) throw cause
      throw this.#failure(call, cause.kind, cause.message, answer)
    }
  }

  /** Tries until the call succeeds, or a retry would be useless or dangerous. */
  async #sendWithRetry(call: Call, signal: AbortSignal | undefined): Promise<HttpAnswer> {
    const limiter = this.#limiters[call.host]
    const retries = call.method === 'GET' || call.repeatable ? MAX_RETRIES : 0
    for (let tries = 0; ; tries++) {
      await this.#awaitTurn(call, limiter, signal)
      try {
        return await this.#once(call, limiter, signal)
      } catch (cause) {
        if (!(cause instanceof AlpacaError)) throw cause
        const delayMs = retryDelayMs(tries, cause.retryAfterMs, this.#options)
        if (cause.kind === 'rate_limited') limiter.pause(delayMs)
        if (tries >= retries || !isTransient(cause)) throw cause
        this.#options.log.warn({ path: call.path, kind: cause.kind, delayMs }, 'Trying a call again')
        await pause(delayMs, signal)
      }
    }
  }

  async #awaitTurn(call: Call, limiter: RateLimiter, signal: AbortSignal | undefined): Promise<void> {
    const from = this.#options.clock()
    await limiter.take(call.lane ?? 'ordinary', signal)
    const waitedMs = this.#options.clock() - from
    if (waitedMs >= NOTABLE_WAIT_MS)
      this.#options.log.info({ path: call.path, waitedMs }, 'A call waited for the rate limit')
  }

  async #once(call: Call, limiter: RateLimiter, signal: AbortSignal | undefined): Promise<HttpAnswer> {
    const { fetch, timeoutMs } = this.#options
    const answer = await exchange(fetch, {
      url: this.#url(call),
      init: this.#init(call),
      timeoutMs,
      signal,
    }).catch((cause: unknown) => {
      throw cause instanceof AlpacaError && call.method === 'GET'
        ? new AlpacaError(cause.kind, cause.message)
        : cause
    })
    limiter.learn(answer.headers)
    if (answer.status >= 200 && answer.status < 300)
      return isPlainData(call) ? answer : { ...answer, text: this.#text.redact(answer.text) }
    const body = answer.text.length > MOST_ERROR_TEXT ? {} : parseObject(this.#text.redact(answer.text))
    throw this.#failure(call, kindOfStatus(answer.status), messageOf(answer.status, body), answer, body)
  }

  #url({ host, path, query }: Call): string {
    const url = new URL((host === 'trading' ? this.#config.baseUrl : this.#config.dataUrl) + path)
    for (const [name, value] of Object.entries(query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value))
    }
    return url.href
  }

  #init({ method, body }: Call): RequestInit {
    const headers = {
      Accept: 'application/json',
      'APCA-API-KEY-ID': this.#config.apiKey,
      'APCA-API-SECRET-KEY': this.#config.apiSecret,
      ...(body && { 'Content-Type': 'application/json' }),
    }
    return { method, headers, ...(body && { body: JSON.stringify(body) }) }
  }

  /** The error for an answer; whatever the server wrote is cleaned, since it may repeat the request. */
  #failure(
    { method }: Call,
    kind: AlpacaError['kind'],
    text: string,
    { status, headers }: HttpAnswer,
    body: Readonly<Record<string, unknown>> = {},
  ): AlpacaError {
    const { clean } = this.#text
    const { code, message: _message, ...extra } = body
    const unclear = kind === 'server_error' || kind === 'invalid_response' || kind === 'timeout'
    const requestId = headers.get('x-request-id')
    return new AlpacaError(kind, clean(text), {
      status,
      code: typeof code === 'number' ? code : undefined,
      requestId: requestId === null ? undefined : clean(requestId),
      retryAfterMs: readRetryAfter(headers.get('retry-after'), this.#options.clock()),
      extra: Object.fromEntries(
        Object.entries(extra)
          .slice(0, MOST_EXTRA)
          .map(([name, value]) => [clean(name), typeof value === 'string' ? clean(value) : value]),
      ),
      outcome: unclear && method !== 'GET' ? 'unknown' : 'not_done',
    })
  }
}

/**
 * Whether an answer is a long list of numbers and symbols. Redacting it would take longer than reading it, so what is
 * told of it is cleaned by itself.
 */
const isPlainData = ({ host, path }: Call): boolean => host === 'data' || path === '/v2/assets'

/** Reads a value by a schema, or throws `invalid_response` with the first thing that is wrong. */
export function readBy<T>(schema: z.ZodType<T>, json: unknown): T {
  const read = schema.safeParse(json)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw invalidResponse(`${issue?.path.join('.') || 'the answer'}: ${issue?.message}`)
}

/** The error for an invalid answer. */
export const invalidResponse = (what: string): AlpacaError =>
  new AlpacaError('invalid_response', `Alpaca's answer makes no sense: ${what}`)

function messageOf(status: number, body: Readonly<Record<string, unknown>>): string {
  if (typeof body['message'] === 'string') return body['message']
  return status < 400 ? `HTTP ${status}: a redirect is not followed` : `HTTP ${status}`
}

function parse(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw invalidResponse('it is not JSON')
  }
}

/** The object in a failed answer's body; empty if a proxy sent something else. */
function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(text)
    return isWireObject(json) ? json : {}
  } catch {
    return {}
  }
}
