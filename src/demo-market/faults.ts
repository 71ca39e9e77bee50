import * as z from 'zod'

/*
 * Steering the demo market's exchange from a test (`const market = await startDemoMarket(...)`):
 *
 *   market.injectFault({ kind: 'hold-matching' })                    orders rest, whatever the quotes say
 *   market.injectFault({ kind: 'fill', order: clientOrderId, qty: '3', price: '48.05' })
 *   market.injectFault({ kind: 'release-matching' })                 the quotes fill them again
 *   market.injectFault({ kind: 'lose-answer', method: 'POST', path: '/v2/orders', times: 1 })
 *   market.orders().filter((order) => order.clientOrderId === id)  how often one intent reached the exchange
 *   market.sent().rest.byRequest['POST /v2/orders']                how often it was asked
 *
 * The same over HTTP with `control: true`: POST /demo/faults with a fault as JSON, POST /demo/behave, GET /demo/orders,
 * GET /demo/sent; and over a child process's channel by the messages of messages.ts.
 */

/** Frames that a client must survive: each is sent on its own, and good ones go on after it. */
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
/** How often a fault happens; until clearFaults() where it is absent. */
const times = count.optional()
const ms = z.number().positive()
/** Which requests a fault of REST befalls: all of them, unless a method or a path is named, or both. */
const target = {
  method: z.enum(['GET', 'POST', 'PATCH', 'DELETE']).optional(),
  /** That path and what lies beneath it: `/v2/orders` also means `/v2/orders/ID`. */
  path: z.string().startsWith('/').optional(),
}
const shares = z.string().regex(/^\d+(\.\d{1,9})?$/, 'is not a number of shares')
const dollars = z.string().regex(/^\d+(\.\d{1,4})?$/, 'is not a price')

/** How the demo market can be told to misbehave. Faults last until clearFaults(), where nothing else is said. */
export const fault = z.discriminatedUnion('kind', [
  /** Every stream is cut at once, without a closing handshake. Happens once. */
  z.object({ kind: z.literal('drop') }),
  /** Every stream is closed with that code, such as 1001. Happens once. */
  z.object({ kind: z.literal('close'), code: z.number().int().min(1000).max(4999) }),
  /** Streams stay open, but nothing is sent and no ping is answered. */
  z.object({ kind: z.literal('stall') }),
  /** Pings are answered, but no data comes: of that symbol, or of any. */
  z.object({ kind: z.literal('mute'), symbol: symbol.optional() }),
  /** The upgrade to a websocket is answered with that HTTP status. */
  z.object({ kind: z.literal('refuse-upgrade'), status: z.number().int().min(400).max(599), times }),
  /** The connection ends without a word before the upgrade, the greeting, or the answer to auth or subscribe. */
  z.object({
    kind: z.literal('close-in-handshake'),
    at: z.enum(['upgrade', 'greeting', 'auth', 'subscribe']),
    times,
  }),
  /** The greeting comes that much later. */
  z.object({ kind: z.literal('delay-handshake'), ms }),
  /** Authentication is answered with that error of Alpaca's. */
  z.object({ kind: z.literal('refuse-auth'), code: z.literal([402, 406, 409, 500]), times }),
  /** That error comes unasked on every open stream, which is then closed. Happens once. */
  z.object({ kind: z.literal('stream-error'), code: z.literal([407, 500]) }),
  /** More trades and quotes than that are refused with 405. */
  z.object({ kind: z.literal('symbol-limit'), limit: count }),
  /** One frame of that form goes to every stream. Happens once. */
  z.object({ kind: z.literal('malformed'), form: z.enum(MALFORMED_FORMS) }),
  /** That many quotes in one frame, to every stream. Happens once. */
  z.object({ kind: z.literal('storm'), quotes: count }),
  /** Every frame is split into fragments of that many bytes. */
  z.object({ kind: z.literal('fragment'), bytes: count }),
  /** Every minute bar is sent twice. */
  z.object({ kind: z.literal('duplicate-bars') }),
  /** Every minute bar is followed by the bar of three minutes before. */
  z.object({ kind: z.literal('late-bars') }),
  /** New connections are refused and open ones cut, for that long or until clearFaults(). */
  z.object({ kind: z.literal('unreachable'), forMs: ms.optional() }),
  /** REST answers 429, with that Retry-After where one is given (any text), and no other header about limits. */
  z.object({ kind: z.literal('rate-limit'), retryAfter: z.string().optional(), times, ...target }),
  /** REST allows that many requests a minute and counts them in its headers. */
  z.object({ kind: z.literal('request-limit'), perMinute: count }),
  /** REST answers that status. */
  z.object({ kind: z.literal('server-error'), status: z.number().int().min(400).max(599), times, ...target }),
  /** REST answers end half way through the body. */
  z.object({ kind: z.literal('cut-body'), times, ...target }),
  /** REST answers 200 with a page of HTML. */
  z.object({ kind: z.literal('not-json'), times, ...target }),
  /** REST answers come that much later. */
  z.object({ kind: z.literal('slow'), ms, times, ...target }),
  /** REST accepts connections and never answers. */
  z.object({ kind: z.literal('no-answer'), times, ...target }),
  /** REST does what it is asked, and the answer is lost: the connection is cut, or nothing comes on it. */
  z.object({
    kind: z.literal('lose-answer'),
    by: z.enum(['cut', 'silence']).default('cut'),
    times,
    ...target,
  }),
  /** REST does what it is asked, and the answer comes that much later: updates overtake it. */
  z.object({ kind: z.literal('delay-answer'), ms, times, ...target }),
  /** Orders are accepted and then rejected, told by an update alone. */
  z.object({ kind: z.literal('reject-order'), times }),
  /** Orders, replacements and cancels stay pending for that long. */
  z.object({ kind: z.literal('slow-acknowledgement'), ms, times }),
  /** Every trade update is sent twice. */
  z.object({ kind: z.literal('duplicate-updates'), times }),
  /** A trade update waits until the next one has gone out. Each time makes one pair. */
  z.object({ kind: z.literal('swap-updates'), times }),
  /** Trade updates come that much later. */
  z.object({ kind: z.literal('delay-updates'), ms, times }),
  /** Trade updates are never sent, though the stream is up. */
  z.object({ kind: z.literal('lose-updates'), times }),
  /** Connections to the trade-updates stream are cut. Happens once. */
  z.object({ kind: z.literal('drop-trade-stream') }),
  /** The same, and new ones are refused with that HTTP status. */
  z.object({
    kind: z.literal('refuse-trade-stream'),
    status: z.number().int().min(400).max(599).default(503),
    times,
  }),
  /**
   * Orders of that symbol, or of any, are accepted but meet no quote: they fill by `fill` alone, and end by a cancel,
   * a replacement or their time. Ended by `release-matching`, not by clearFaults().
   */
  z.object({ kind: z.literal('hold-matching'), symbol: symbol.optional() }),
  z.object({ kind: z.literal('release-matching'), symbol: symbol.optional() }),
  /**
   * An open order, named by its id or its client_order_id, is filled by so many shares at that price at once: else by
   * all that it wants, at its limit or at the quote. Happens once; throws where there is no such order.
   */
  z.object({
    kind: z.literal('fill'),
    order: z.string().min(1),
    qty: shares.optional(),
    price: dollars.optional(),
  }),
  /** Pages of history hand back the token that they were asked with, the first page its own. */
  z.object({ kind: z.literal('repeat-page-token') }),
  /** Every other page of history is empty but has a token. */
  z.object({ kind: z.literal('empty-page') }),
  /** The account has Alpaca's free plan: no latest SIP data, neither streamed nor asked for. */
  z.object({ kind: z.literal('basic-plan') }),
  /** Trading in that symbol stops or goes on. Not undone by clearFaults(). */
  z.object({ kind: z.literal('halt'), symbol }),
  z.object({ kind: z.literal('resume'), symbol }),
  /** The price changes by that many percent from now on. Not undone by clearFaults(). */
  z.object({ kind: z.literal('price-jump'), symbol, percent: z.number().gt(-99) }),
])
export type Fault = z.output<typeof fault>
/** The same as it is ordered: what has a default may be left out. */
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
   * The same, and one time less of those it has left. A fault that is meant for certain requests strikes no other.
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
