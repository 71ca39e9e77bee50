import { AlpacaError } from './error.ts'
import { MINUTE_MS } from './time.ts'

/** How much of a host's request budget is left. */
export interface RateLimit {
  /** Requests per minute. */
  readonly limit: number
  /** Requests that may go out now without waiting. */
  readonly remaining: number
  /** When the full limit is available again if nothing more is sent, epoch ms. */
  readonly resetAt: number
  /** Calls waiting for their turn. */
  readonly waiting: number
}

/** Orders go before everything else, and have a part of the budget reserved for them. */
export type Lane = 'orders' | 'ordinary'

interface Waiter {
  readonly lane: Lane
  readonly go: () => void
}

const WINDOW_MS = MINUTE_MS
const DEFAULT_LIMIT = 200
/** Above every Alpaca plan; a header that claims more is ignored. */
const MAX_LIMIT = 100_000

/**
 * A token bucket in which each token returns a minute after it was taken, so that no minute ever holds more
 * requests than the limit, wherever the server's own minute starts. The limit follows the X-RateLimit
 * headers.
 */
export class RateLimiter {
  readonly #clock: () => number
  /** The part of the limit that only orders may use, 0 to 1. */
  readonly #reservedForOrders: number
  #limit = DEFAULT_LIMIT
  /** When the last minute's requests went out, oldest first from {@link #oldest} on. */
  #sent: number[] = []
  #oldest = 0
  /** Requests of other programs on the same account, as far as the headers reveal them. */
  #elsewhere = { count: 0, until: 0 }
  #pausedUntil = 0
  #queue: Waiter[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(clock: () => number, reservedForOrders: number) {
    this.#clock = clock
    this.#reservedForOrders = reservedForOrders
  }

  /** What is left now. */
  get state(): RateLimit {
    const now = this.#clock()
    const last = this.#sent.at(-1)
    const sentUntil = this.#used(now) > 0 && last !== undefined ? last + WINDOW_MS : now
    return {
      limit: this.#limit,
      remaining: this.#pausedUntil > now ? 0 : Math.max(0, this.#available(now)),
      resetAt: Math.max(now, sentUntil, this.#pausedUntil, this.#elsewhere.until),
      waiting: this.#queue.length,
    }
  }

  /** Takes a token. Resolves immediately, or when one is free; rejects as `aborted` with the signal. */
  async take(lane: Lane, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw aborted()
    if (this.#queue.length === 0 && this.#mayGo(lane, this.#clock())) return this.#spend()
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        this.#queue = this.#queue.filter((other) => other !== waiter)
        this.#drain()
        reject(aborted())
      }
      const go = (): void => {
        signal?.removeEventListener('abort', leave)
        resolve()
      }
      const waiter: Waiter = { lane, go }
      signal?.addEventListener('abort', leave, { once: true })
      this.#queue.push(waiter)
      this.#drain()
    })
  }

  /** Adopts the values in an answer's headers; missing or implausible ones change nothing. */
  learn(headers: Headers): void {
    const now = this.#clock()
    const limit = Number(headers.get('x-ratelimit-limit') ?? NaN)
    if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) this.#limit = limit
    const remaining = Number(headers.get('x-ratelimit-remaining') ?? NaN)
    const resetAt = Number(headers.get('x-ratelimit-reset') ?? NaN) * 1_000
    const believable = resetAt > now && resetAt <= now + WINDOW_MS
    if (believable && Number.isInteger(remaining) && remaining >= 0 && remaining <= this.#limit) {
      const count = Math.max(0, this.#limit - remaining - this.#used(now))
      this.#elsewhere = { count, until: resetAt }
    }
    this.#drain()
  }

  /** Holds everything for a while: the server sent 429. */
  pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock() + ms)
  }

  #drain(): void {
    clearTimeout(this.#timer)
    // One reading for all: if a pause ended between two readings of the clock, the wait would be for the next
    // token.
    const now = this.#clock()
    for (;;) {
      const next = this.#queue.find(({ lane }) => lane === 'orders') ?? this.#queue[0]
      if (!next) return
      if (!this.#mayGo(next.lane, now)) break
      this.#queue = this.#queue.filter((other) => other !== next)
      this.#spend()
      next.go()
    }
    this.#timer = setTimeout(() => this.#drain(), Math.max(1, this.#nextTokenAt(now) - now))
  }

  #mayGo(lane: Lane, now: number): boolean {
    const reserved = lane === 'orders' ? 0 : Math.floor(this.#limit * this.#reservedForOrders)
    return now >= this.#pausedUntil && this.#available(now) > reserved
  }

  #spend(): void {
    this.#sent.push(this.#clock())
  }

  #available(now: number): number {
    return this.#limit - this.#used(now) - (this.#elsewhere.until > now ? this.#elsewhere.count : 0)
  }

  /** Our own requests in the last minute. */
  #used(now: number): number {
    while (this.#oldest < this.#sent.length && (this.#sent[this.#oldest] ?? 0) <= now - WINDOW_MS) {
      this.#oldest += 1
    }
    if (this.#oldest > 1_000) {
      this.#sent = this.#sent.slice(this.#oldest)
      this.#oldest = 0
    }
    return this.#sent.length - this.#oldest
  }

  /** The next time after this one when something may change. */
  #nextTokenAt(now: number): number {
    if (this.#pausedUntil > now) return this.#pausedUntil
    const oldest = this.#sent[this.#oldest]
    const own = oldest === undefined ? Infinity : oldest + WINDOW_MS
    const others = this.#elsewhere.until > now ? this.#elsewhere.until : Infinity
    const next = Math.min(own, others)
    return Number.isFinite(next) ? next : now + 1_000
  }
}

const aborted = (): AlpacaError => new AlpacaError('aborted', 'The call was aborted before it was sent')
