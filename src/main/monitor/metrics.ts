import type { MessageCounts, SystemStats } from '#shared/health'
import type { Connection } from '#shared/market'
import { HOUR_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'
import type { Meter } from '../market/index.ts'
import { LatencyHistogram } from './latency-histogram.ts'
import { RollingCounter } from './rolling-counter.ts'

/** The part of the stats that is counted here. */
export type TrafficStats = Pick<
  SystemStats,
  | 'uptimeMs'
  | 'connectedForMs'
  | 'received'
  | 'duplicateQuotes'
  | 'errors'
  | 'quotesPerSecond'
  | 'tradesPerSecond'
  | 'barsPerMinute'
  | 'bytesPerSecond'
  | 'lastMessageAt'
  | 'latency'
  | 'reconnectsLastHour'
>

/**
 * Counts what arrives; the counterpart of the plan's monitor metrics. Each call takes constant time, because
 * it runs for every message.
 */
export class Metrics implements Meter {
  readonly #startedAt: EpochMs
  readonly #quotes: RollingCounter
  readonly #bars: RollingCounter
  readonly #trades: RollingCounter
  readonly #bytes: RollingCounter
  readonly #errors: RollingCounter
  readonly #latency = new LatencyHistogram()
  readonly #received = { quotes: 0, bars: 0, trades: 0, statuses: 0 }
  readonly #errorsByKind = new Map<string, number>()
  #errorCount = 0
  #duplicates = 0
  #bytesSeen = 0
  #quoteAt: EpochMs | undefined
  #barAt: EpochMs | undefined
  #tradeAt: EpochMs | undefined
  #connectedSince: EpochMs | undefined
  #wasConnected = false
  #reconnectedAt: EpochMs[] = []
  #clockOffsetMs = 0

  constructor(startedAt: EpochMs) {
    this.#startedAt = startedAt
    this.#quotes = new RollingCounter(startedAt)
    this.#bars = new RollingCounter(startedAt)
    this.#trades = new RollingCounter(startedAt)
    this.#bytes = new RollingCounter(startedAt)
    this.#errors = new RollingCounter(startedAt)
  }

  /** Counts a message of that kind. `stampedAt`, if it can give a latency, is the exchange's timestamp. */
  trackMessage(
    kind: 'quote' | 'bar' | 'trade' | 'status',
    receivedAt: EpochMs,
    stampedAt: EpochMs | undefined,
  ): void {
    switch (kind) {
      case 'quote':
        this.#received.quotes++
        this.#quoteAt = receivedAt
        this.#quotes.add(receivedAt)
        break
      case 'trade':
        this.#received.trades++
        this.#tradeAt = receivedAt
        this.#trades.add(receivedAt)
        break
      case 'bar':
        this.#received.bars++
        this.#barAt = receivedAt
        this.#bars.add(receivedAt)
        break
      case 'status':
        this.#received.statuses++
        break
    }
    if (stampedAt !== undefined) this.#latency.add(receivedAt, receivedAt + this.#clockOffsetMs - stampedAt)
  }

  /** Counts a quote that repeated its bid and ask. */
  trackDuplicate(): void {
    this.#duplicates++
  }

  /** Counts something unusable; `kind` groups similar errors. */
  trackError(kind: string, at: EpochMs): void {
    this.#errorCount++
    this.#errors.add(at)
    this.#errorsByKind.set(kind, (this.#errorsByKind.get(kind) ?? 0) + 1)
  }

  /** Follows a change of the connection; a connection after an earlier one is a reconnect. */
  trackConnection({ status, since }: Connection): void {
    if (status !== 'connected') {
      this.#connectedSince = undefined
      return
    }
    if (this.#connectedSince !== undefined) return
    this.#connectedSince = since
    if (this.#wasConnected) this.#reconnectedAt.push(since)
    this.#wasConnected = true
  }

  /** Takes the total number of bytes the stream has received. */
  trackBytes(total: number, at: EpochMs): void {
    // A new stream counts from zero again.
    this.#bytes.add(at, total >= this.#bytesSeen ? total - this.#bytesSeen : total)
    this.#bytesSeen = total
  }

  /** Sets exchange time minus this machine's once it is measured; it corrects the latency. */
  setClockOffset(offsetMs: number): void {
    this.#clockOffsetMs = offsetMs
  }

  /** Unusable messages by kind, since the start. */
  get errorsByKind(): ReadonlyMap<string, number> {
    return this.#errorsByKind
  }

  /** Unusable messages in the last minute. */
  errorsLastMinute(now: EpochMs): number {
    return this.#errors.lastMinute(now)
  }

  /** The plan's get_stats: counts since the start, rates of the last second and minute. */
  getStats(now: EpochMs): TrafficStats {
    const [p50, p99] = this.#latency.quantiles(now, [0.5, 0.99]) ?? []
    return {
      uptimeMs: now - this.#startedAt,
      ...(this.#connectedSince !== undefined && { connectedForMs: Math.max(0, now - this.#connectedSince) }),
      received: { ...this.#received } satisfies MessageCounts,
      duplicateQuotes: this.#duplicates,
      errors: this.#errorCount,
      quotesPerSecond: { last1s: this.#quotes.lastSecond(now), last60s: this.#quotes.perSecond(now) },
      tradesPerSecond: { last1s: this.#trades.lastSecond(now), last60s: this.#trades.perSecond(now) },
      barsPerMinute: this.#bars.lastMinute(now),
      bytesPerSecond: this.#bytes.perSecond(now),
      lastMessageAt: {
        ...(this.#quoteAt !== undefined && { quote: this.#quoteAt }),
        ...(this.#barAt !== undefined && { bar: this.#barAt }),
        ...(this.#tradeAt !== undefined && { trade: this.#tradeAt }),
      },
      ...(p50 !== undefined && p99 !== undefined && { latency: { p50, p99 } }),
      reconnectsLastHour: this.#reconnectsSince(now - HOUR_MS),
    }
  }

  #reconnectsSince(from: EpochMs): number {
    this.#reconnectedAt = this.#reconnectedAt.filter((at) => at > from)
    return this.#reconnectedAt.length
  }
}
