import type { Source } from '#shared/provenance'
import { unreachable } from '#shared/result'
import type { EpochMs } from '#shared/units'
import type {
  BarMessage,
  CancelErrorMessage,
  CorrectionMessage,
  MarketDataMessage,
  QuoteMessage,
  StatusMessage,
  TradeMessage,
} from '#alpaca'
import type { Log } from '#process/log'
import type { Bus } from './bus.ts'
import type { BarCache } from './cache.ts'
import type { MarketEvents } from './market-events.ts'

/** Counts what arrives; the monitor's metrics. */
export interface Meter {
  /** `stampedAt` is absent if the timestamp is not that of the event, as in bars. */
  trackMessage(
    kind: 'quote' | 'bar' | 'trade' | 'status',
    receivedAt: EpochMs,
    stampedAt: EpochMs | undefined,
  ): void
  trackDuplicate(): void
  /** Counts an unusable message; `kind` groups similar ones. */
  trackError(kind: string, at: EpochMs): void
}

export interface StreamHandlerDeps {
  readonly cache: BarCache
  readonly bus: Bus<MarketEvents>
  readonly meter: Meter
  /** The stream's name on the screen. */
  readonly source: Source
  readonly log: Log
}

/**
 * Handles each message of the market-data stream, once: counts it, puts it into the cache, and publishes it
 * on the bus. A quote with unchanged bid and ask is not published; it still refreshes the symbol's sizes and
 * freshness in the cache.
 */
export class StreamHandler {
  readonly #deps: StreamHandlerDeps

  constructor(deps: StreamHandlerDeps) {
    this.#deps = deps
  }

  /** `receivedAt` is when the frame arrived, the same for all messages in it. */
  handle(message: MarketDataMessage, receivedAt: EpochMs): void {
    if (!this.#deps.cache.has(message.symbol)) {
      // Data may still come for a short while after unsubscribing; otherwise only watched symbols send any.
      this.#deps.meter.trackError('unwatched symbol', receivedAt)
      return
    }
    switch (message.type) {
      case 'quote':
        return this.#quote(message, receivedAt)
      case 'trade':
        return this.#trade(message, receivedAt)
      case 'bar':
      case 'updatedBar':
        return this.#bar(message, receivedAt)
      case 'dailyBar':
        return this.#dailyBar(message, receivedAt)
      case 'status':
        return this.#status(message, receivedAt)
      case 'correction':
      case 'cancelError':
        return this.#revision(message)
      case 'luld':
      case 'imbalance':
        return // not shown yet; the stream counts them
      default:
        return unreachable(message)
    }
  }

  #quote(message: QuoteMessage, receivedAt: EpochMs): void {
    const { cache, bus, meter, source } = this.#deps
    meter.trackMessage('quote', receivedAt, message.at)
    const quote = { message, source, receivedAt }
    const effect = cache.updateQuote(quote)
    if (effect === 'changed') bus.publish('quote', quote)
    else if (effect === 'unchanged') meter.trackDuplicate()
  }

  #trade(message: TradeMessage, receivedAt: EpochMs): void {
    const { cache, bus, meter, source } = this.#deps
    meter.trackMessage('trade', receivedAt, message.at)
    const halted = cache.get(message.symbol)?.halt !== undefined
    const trade = { message, source, receivedAt }
    cache.updateTrade(trade)
    bus.publish('trade', trade)
    if (halted) this.#tellHaltEnded(message)
  }

  #bar(message: BarMessage, receivedAt: EpochMs): void {
    const { cache, bus, meter, source } = this.#deps
    meter.trackMessage('bar', receivedAt, undefined)
    const bar = { message, source, receivedAt }
    // A bar too old for the cache still belongs in the history, so it is published.
    if (cache.updateBar(bar) !== 'outranked') bus.publish('bar', bar)
  }

  #dailyBar(message: BarMessage, receivedAt: EpochMs): void {
    const { cache, bus, source } = this.#deps
    const bar = { message, source, receivedAt }
    if (cache.updateDailyBar(bar)) bus.publish('dailyBar', bar)
  }

  #status(message: StatusMessage, receivedAt: EpochMs): void {
    const { cache, bus, meter, source, log } = this.#deps
    meter.trackMessage('status', receivedAt, message.at)
    const status = { message, source, receivedAt }
    const changed = cache.updateStatus(status)
    if (!changed) return
    const { symbol } = message
    const halt = cache.get(symbol)?.halt
    log.info({ symbol, halt }, halt === undefined ? 'trading resumed' : 'trading halted')
    bus.publish('halt', { symbol })
  }

  #revision(message: CorrectionMessage | CancelErrorMessage): void {
    const { cache, bus } = this.#deps
    if (cache.reviseTrade(message)) bus.publish('tradeRevised', { symbol: message.symbol })
  }

  #tellHaltEnded({ symbol }: TradeMessage): void {
    const { cache, bus, log } = this.#deps
    if (cache.get(symbol)?.halt !== undefined) return
    log.info({ symbol }, 'trading resumed, as a trade shows')
    bus.publish('halt', { symbol })
  }
}
