import * as z from 'zod'

/*
 * Controls the demo market's exchange from a test (`const market = await startDemoMarket(...)`):
 *
 *   market.injectFault({ kind: 'hold-matching' })                    orders rest, whatever the quotes are
 *   market.injectFault({ kind: 'fill', order: clientOrderId, qty: '3', price: '48.05' })
 *   market.injectFault({ kind: 'release-matching' })                 quotes fill them again
 *   market.injectFault({ kind: 'lose-answer', method: 'POST', path: '/v2/orders', times: 1 })
 *   market.orders().filter((order) => order.clientOrderId === id)  how often one intent reached the exchange
 *   market.sent().rest.byRequest['POST /v2/orders']                how many POST requests arrived
 *
 * The same works over HTTP with `control: true` and its token: POST /demo/faults with a fault as JSON, POST /demo/behave,
 * GET /demo/orders, GET /demo/sent; and over a child process's channel with the messages of messages.ts.
 */

/** Frames that a client must survive: each is sent on its own, and valid ones follow it. */
export const MALFORMED_FORMS = [
  'not-json',
  'not-array',
  'empty-array',
  'not-objects',
  'unknown-type',
  'missing-field',
  'negative-price',
  'zero-price',
  'null-price',
  'huge-price',
  'string-price',
  'bad-time',
  'unknown-symbol',
] as const
export type MalformedForm = (typeof MALFORMED_FORMS)[number]

const symbol = z.string().min(1)
const count = z.number().int().positive()
/** How many times a fault happens; until clearFaults() if absent. */
const times = count.optional()
const ms = z.number().positive()
/** Which REST requests a fault affects: all of them, unless limited by method, path or both. */
const target = {
  method: z.enum(['GET', 'POST', 'PATCH', 'DELETE']).optional(),
  /** That path and everything below it: `/v2/orders` also matches `/v2/orders/ID`. */
  path: z.string().startsWith('/').optional(),
}
const shares = z.string().regex(/^\d+(\.\d{1,9})?$/, 'is not a number of shares')
const dollars = z.string().regex(/^\d+(\.\d{1,4})?$/, 'is not a price')

/** Faults the demo market can simulate. They last until clearFaults() unless stated otherwise. */
export const fault = z.discriminatedUnion('kind', [
  /** Cuts every stream immediately, without a closing handshake. Happens once. */
  z.object({ kind: z.literal('drop') }),
  /** Closes every stream with that code, such as 1001. Happens once. */
  z.object({ kind: z.literal('close'), code: z.number().int().min(1000).max(4999) }),
  /** Keeps streams open, but sends nothing and answers no ping. */
  z.object({ kind: z.literal('stall') }),
  /** Answers pings but sends no data: for that symbol, or for any. */
  z.object({ kind: z.literal('mute'), symbol: symbol.optional() }),
  /** Answers the websocket upgrade with that HTTP status. */
  z.object({ kind: z.literal('refuse-upgrade'), status: z.number().int().min(400).max(599), times }),
  /** Drops the connection silently before the upgrade, the greeting, or the answer to auth or subscribe. */
  z.object({
    kind: z.literal('close-in-handshake'),
    at: z.enum(['upgrade', 'greeting', 'auth', 'subscribe']),
    times,
  }),
  /** Delays the greeting by that much. */
  z.object({ kind: z.literal('delay-handshake'), ms }),
  /** Answers authentication with that Alpaca error. */
  z.object({ kind: z.literal('refuse-auth'), code: z.literal([402, 406, 409, 500]), times }),
  /** Sends that error unprompted on every open stream, then closes it. Happens once. */
  z.object({ kind: z.literal('stream-error'), code: z.literal([407, 500]) }),
  /** Rejects with 405 any subscription to more trades and quotes than that. */
  z.object({ kind: z.literal('symbol-limit'), limit: count }),
  /** Sends one malformed frame of that form to every stream. Happens once. */
  z.object({ kind: z.literal('malformed'), form: z.enum(MALFORMED_FORMS) }),
  /** Sends that many quotes in one frame to every stream. Happens once. */
  z.object({ kind: z.literal('storm'), quotes: count }),
  /** Splits every frame into fragments of that many bytes. */
  z.object({ kind: z.literal('fragment'), bytes: count }),
  /** Sends every minute bar twice. */
  z.object({ kind: z.literal('duplicate-bars') }),
  /** Follows every minute bar with the bar from three minutes earlier. */
  z.object({ kind: z.literal('late-bars') }),
  /** Refuses new connections and cuts open ones, for that long or until clearFaults(). */
  z.object({ kind: z.literal('unreachable'), forMs: ms.optional() }),
  /** Answers REST with 429, with that Retry-After if given (any text), and no other rate-limit header. */
  z.object({ kind: z.literal('rate-limit'), retryAfter: z.string().optional(), times, ...target }),
  /** Allows that many REST requests a minute and counts them in the headers. */
  z.object({ kind: z.literal('request-limit'), perMinute: count }),
  /** Answers REST with that status. */
  z.object({ kind: z.literal('server-error'), status: z.number().int().min(400).max(599), times, ...target }),
  /** Ends REST answers halfway through the body. */
  z.object({ kind: z.literal('cut-body'), times, ...target }),
  /** Answers REST with 200 and a page of HTML. */
  z.object({ kind: z.literal('not-json'), times, ...target }),
  /** Delays REST requests, and so their answers, by that much. */
  z.object({ kind: z.literal('slow'), ms, times, ...target }),
  /** Accepts REST connections and never answers. */
  z.object({ kind: z.literal('no-answer'), times, ...target }),
  /** Executes the REST request but loses the answer: the connection is cut, or stays silent. */
  z.object({
    kind: z.literal('lose-answer'),
    by: z.enum(['cut', 'silence']).default('cut'),
    times,
    ...target,
  }),
  /** Executes the REST request but delays the answer by that much, so that updates overtake it. */
  z.object({ kind: z.literal('delay-answer'), ms, times, ...target }),
  /** Accepts orders, then rejects them with only an update. */
  z.object({ kind: z.literal('reject-order'), times }),
  /** Keeps orders, replacements and cancels pending for that long. */
  z.object({ kind: z.literal('slow-acknowledgement'), ms, times }),
  /** Sends every trade update twice. */
  z.object({ kind: z.literal('duplicate-updates'), times }),
  /** Holds a trade update until the next one has been sent. Each occurrence makes one pair. */
  z.object({ kind: z.literal('swap-updates'), times }),
  /** Delays trade updates by that much. */
  z.object({ kind: z.literal('delay-updates'), ms, times }),
  /** Never sends trade updates, although the stream is up. */
  z.object({ kind: z.literal('lose-updates'), times }),
  /** Cuts connections to the trade-updates stream. Happens once. */
  z.object({ kind: z.literal('drop-trade-stream') }),
  /** Cuts connections to the trade-updates stream and refuses new ones with that HTTP status. */
  z.object({
    kind: z.literal('refuse-trade-stream'),
    status: z.number().int().min(400).max(599).default(503),
    times,
  }),
  /**
   * Accepts orders of that symbol, or of any, but matches them with no quote: they fill only by `fill`, and
   * end by a cancel, a replacement or expiry. Ended by `release-matching`, not by clearFaults().
   */
  z.object({ kind: z.literal('hold-matching'), symbol: symbol.optional() }),
  z.object({ kind: z.literal('release-matching'), symbol: symbol.optional() }),
  /**
   * Fills an open order, given by id or client_order_id, immediately with that many shares at that price; by
   * default all that is left, at its limit or at the quote. Happens once; throws if there is no such order.
   */
  z.object({
    kind: z.literal('fill'),
    order: z.string().min(1),
    qty: shares.optional(),
    price: dollars.optional(),
  }),
  /** Makes history pages return the token they were requested with; the first page returns its own. */
  z.object({ kind: z.literal('repeat-page-token') }),
  /** Makes every other history page empty, but with a token. */
  z.object({ kind: z.literal('empty-page') }),
  /** Puts the account on Alpaca's free plan: no latest SIP data, streamed or requested. */
  z.object({ kind: z.literal('basic-plan') }),
  /** Halts or resumes trading in that symbol. Not undone by clearFaults(). */
  z.object({ kind: z.literal('halt'), symbol }),
  z.object({ kind: z.literal('resume'), symbol }),
  /** Changes the price by that percentage from now on. Not undone by clearFaults(). */
  z.object({ kind: z.literal('price-jump'), symbol, percent: z.number().gt(-99) }),
])
export type Fault = z.output<typeof fault>
/** A fault as requested: fields with a default may be omitted. */
export type FaultRequest = z.input<typeof fault>
export type FaultKind = Fault['kind']
export type FaultOf<K extends FaultKind> = Extract<Fault, { kind: K }>

/** The faults in force. */
export class FaultBoard {
  readonly #inForce = new Map<FaultKind, { fault: Fault; left: number }>()

  set(fault: Fault): void {
    const left = 'times' in fault && fault.times !== undefined ? fault.times : Infinity
    this.#inForce.set(fault.kind, { fault, left })
  }

  clear(): void {
    this.#inForce.clear()
  }

  /** The fault of that kind, if it is in force. */
  active<K extends FaultKind>(kind: K): FaultOf<K> | undefined {
    const entry = this.#inForce.get(kind)
    // oxlint-disable-next-line no-unsafe-type-assertion -- entries are filed under their own kind
    return entry?.fault as FaultOf<K> | undefined
  }

  /**
   * The fault of that kind, using up one of its remaining times. A fault limited to certain requests affects
   * no others.
   */
  take<K extends FaultKind>(kind: K, request?: { method: string; path: string }): FaultOf<K> | undefined {
    const struck = this.active(kind)
    if (struck !== undefined && request !== undefined && !isTarget(struck, request)) return undefined
    const entry = this.#inForce.get(kind)
    if (entry !== undefined && --entry.left <= 0) this.#inForce.delete(kind)
    return struck
  }
}

function isTarget(fault: Fault, { method, path }: { method: string; path: string }): boolean {
  if ('method' in fault && fault.method !== undefined && fault.method !== method) return false
  if (!('path' in fault) || fault.path === undefined) return true
  return path === fault.path || path.startsWith(`${fault.path}/`)
}
