import type { Channel } from '../sent.ts'
import type { StreamFeed } from './messages.ts'
import type { StreamErrorCode } from './stream-error.ts'

/**
 * The channels that a client can subscribe to; corrections and cancelErrors come with trades automatically.
 */
const SUBSCRIBABLE = ['trades', 'quotes', 'bars', 'updatedBars', 'dailyBars', 'statuses', 'lulds'] as const
type Subscribable = (typeof SUBSCRIBABLE)[number]
const TEST_CHANNELS: readonly string[] = ['trades', 'quotes', 'bars']
const NOT_CHANNELS = ['action', 'corrections', 'cancelErrors']
const SYMBOL = /^(\*|[A-Z]{1,10}([./][A-Z]{1,4})?)$/

type Change = ReadonlyMap<Subscribable, readonly string[]>

/** An invalid request, with Alpaca's error code. */
export class RefusedRequest extends Error {
  readonly code: StreamErrorCode

  constructor(code: StreamErrorCode) {
    super(`refused with ${code}`)
    this.code = code
  }
}

const isSubscribable = (name: string): name is Subscribable =>
  SUBSCRIBABLE.some((channel) => channel === name)

function readSymbols(list: unknown): readonly string[] {
  if (!Array.isArray(list)) throw new RefusedRequest(400)
  return list.map((symbol: unknown) => {
    if (typeof symbol !== 'string' || !SYMBOL.test(symbol)) throw new RefusedRequest(400)
    return symbol
  })
}

/**
 * The change that a subscribe or unsubscribe message requests. Throws {@link RefusedRequest}: all of it or
 * nothing.
 */
export function readChange(message: Readonly<Record<string, unknown>>, feed: StreamFeed): Change {
  const change = new Map<Subscribable, readonly string[]>()
  for (const [name, list] of Object.entries(message)) {
    if (NOT_CHANNELS.includes(name) || list === null) continue
    const offered = feed === 'test' ? TEST_CHANNELS.includes(name) : isSubscribable(name)
    if (!offered || !isSubscribable(name)) throw new RefusedRequest(410)
    change.set(name, readSymbols(list))
  }
  if (change.size === 0) throw new RefusedRequest(400)
  return change
}

/** What one connection has subscribed to. */
export class Subscriptions {
  readonly #sets = new Map<Subscribable, Set<string>>(SUBSCRIBABLE.map((channel) => [channel, new Set()]))
  readonly #feed: StreamFeed

  constructor(feed: StreamFeed) {
    this.#feed = feed
  }

  /** Adds to the set; if trades and quotes would then exceed the limit, all of it is rejected with 405. */
  subscribe(change: Change, limit: number): void {
    const counted = (['trades', 'quotes'] as const).reduce(
      (sum, channel) => sum + new Set([...this.#of(channel), ...(change.get(channel) ?? [])]).size,
      0,
    )
    if (counted > limit) throw new RefusedRequest(405)
    for (const [channel, symbols] of change) for (const symbol of symbols) this.#of(channel).add(symbol)
  }

  unsubscribe(change: Change): void {
    for (const [channel, symbols] of change) for (const symbol of symbols) this.#of(channel).delete(symbol)
  }

  has(channel: Channel, symbol: string): boolean {
    const set = this.#of(channel === 'corrections' || channel === 'cancelErrors' ? 'trades' : channel)
    return set.has(symbol) || set.has('*')
  }

  /** All symbols subscribed by name, on any channel. */
  symbols(): Set<string> {
    return new Set([...this.#sets.values()].flatMap((set) => [...set]).filter((symbol) => symbol !== '*'))
  }

  get empty(): boolean {
    return [...this.#sets.values()].every((set) => set.size === 0)
  }

  /** Alpaca's answer to every change: the complete set. The test feed has only three channels. */
  acknowledgement(): Readonly<Record<string, unknown>> {
    const list = (channel: Subscribable) => [...this.#of(channel)]
    const basic = { T: 'subscription', trades: list('trades'), quotes: list('quotes'), bars: list('bars') }
    if (this.#feed === 'test') return basic
    return {
      ...basic,
      updatedBars: list('updatedBars'),
      dailyBars: list('dailyBars'),
      statuses: list('statuses'),
      lulds: list('lulds'),
      corrections: list('trades'),
      cancelErrors: list('trades'),
    }
  }

  #of(channel: Subscribable): Set<string> {
    // oxlint-disable-next-line no-unsafe-type-assertion -- the constructor filed every channel
    return this.#sets.get(channel) as Set<string>
  }
}
