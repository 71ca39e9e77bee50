/** The kinds of market data, named like Alpaca's channels. */
export const CHANNELS = [
  'trades',
  'quotes',
  'bars',
  'updatedBars',
  'dailyBars',
  'statuses',
  'lulds',
  'corrections',
  'cancelErrors',
] as const
export type Channel = (typeof CHANNELS)[number]

type PerChannel = Record<Channel, number>

/** What the demo market has actually sent since it started. */
export interface SentCounts {
  /** Messages of each kind; a message sent to two connections counts twice. */
  readonly messages: Readonly<PerChannel>
  readonly bySymbol: Readonly<Record<string, Readonly<PerChannel>>>
  /** Quotes with the same bid and ask as the symbol's previous quote. */
  readonly unchangedQuotes: number
  /** Unreadable frames, sent on purpose. */
  readonly malformedFrames: number
  readonly frames: number
  /** Characters of all frames. */
  readonly bytes: number
  /** Connections that reached the greeting. */
  readonly connections: number
  readonly rest: {
    readonly requests: number
    /** Answers with historical bars, quotes or trades. */
    readonly pages: number
    readonly bars: number
    /** Requests by path, without the query. */
    readonly byPath: Readonly<Record<string, number>>
    /** Requests by method and path, as in `POST /v2/orders`. */
    readonly byRequest: Readonly<Record<string, number>>
  }
}

const none = (): PerChannel => ({
  trades: 0,
  quotes: 0,
  bars: 0,
  updatedBars: 0,
  dailyBars: 0,
  statuses: 0,
  lulds: 0,
  corrections: 0,
  cancelErrors: 0,
})

/** Counts what the demo market sends. */
export class SentLedger {
  readonly #bySymbol = new Map<string, PerChannel>()
  readonly #byPath = new Map<string, number>()
  readonly #byRequest = new Map<string, number>()
  unchangedQuotes = 0
  malformedFrames = 0
  frames = 0
  bytes = 0
  connections = 0
  pages = 0
  bars = 0

  message(channel: Channel, symbol: string): void {
    let counts = this.#bySymbol.get(symbol)
    if (counts === undefined) this.#bySymbol.set(symbol, (counts = none()))
    counts[channel]++
  }

  request(method: string, path: string): void {
    const request = `${method} ${path}`
    this.#byPath.set(path, (this.#byPath.get(path) ?? 0) + 1)
    this.#byRequest.set(request, (this.#byRequest.get(request) ?? 0) + 1)
  }

  counts(): SentCounts {
    const messages = none()
    for (const counts of this.#bySymbol.values()) {
      for (const channel of CHANNELS) messages[channel] += counts[channel]
    }
    const byPath = Object.fromEntries(this.#byPath)
    const requests = Object.values(byPath).reduce((sum, count) => sum + count, 0)
    return {
      messages,
      bySymbol: Object.fromEntries([...this.#bySymbol].map(([symbol, counts]) => [symbol, { ...counts }])),
      unchangedQuotes: this.unchangedQuotes,
      malformedFrames: this.malformedFrames,
      frames: this.frames,
      bytes: this.bytes,
      connections: this.connections,
      rest: {
        requests,
        pages: this.pages,
        bars: this.bars,
        byPath,
        byRequest: Object.fromEntries(this.#byRequest),
      },
    }
  }
}
