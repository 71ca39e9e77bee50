import type { EpochMs } from './units.ts'

/** Number of messages of each kind. */
export interface MessageCounts {
  readonly quotes: number
  readonly bars: number
  readonly trades: number
  readonly statuses: number
}

/** Whether the feed can be trusted, with every reason in words, worst first. */
export interface Health {
  readonly level: 'healthy' | 'degraded' | 'error'
  readonly reasons: readonly string[]
}

/** Something that went wrong and that a trader should hear about once. */
export interface Anomaly {
  readonly kind:
    | 'no-quotes'
    | 'no-bars'
    | 'many-reconnects'
    | 'disconnected'
    | 'mute'
    | 'halt'
    | 'market-data-refused'
    | 'process-died'
  readonly severity: 'warning' | 'error'
  readonly at: EpochMs
  readonly message: string
  /** The halted symbol; absent unless it is about one. */
  readonly symbol?: string
}

/** State of a child process. */
export type ProcessState = 'running' | 'starting' | 'restarting' | 'stopped'

/**
 * The numbers behind the stats panel and the status bar. Counts are since the app started; rates are rolling.
 */
export interface SystemStats {
  readonly at: EpochMs
  readonly uptimeMs: number
  /** How long the current connection has lasted; absent while there is none. */
  readonly connectedForMs?: number
  readonly health: Health
  /** Messages received, by kind. */
  readonly received: MessageCounts
  /** Quotes dropped because bid and ask were unchanged. */
  readonly duplicateQuotes: number
  /** Messages that did not parse and handlers that failed. */
  readonly errors: number
  readonly quotesPerSecond: { readonly last1s: number; readonly last60s: number }
  readonly tradesPerSecond: { readonly last1s: number; readonly last60s: number }
  readonly barsPerMinute: number
  readonly bytesPerSecond: number
  readonly lastMessageAt: { readonly quote?: EpochMs; readonly bar?: EpochMs; readonly trade?: EpochMs }
  /** From exchange timestamp to arrival, ms, over the last minute; absent without messages. */
  readonly latency?: { readonly p50: number; readonly p99: number }
  /** Of main's event loop, ms, over the last few seconds. */
  readonly eventLoopDelay: { readonly p50: number; readonly p99: number }
  readonly reconnectsLastHour: number
  readonly subscriptions: number
  readonly rateLimit?: { readonly limit: number; readonly remaining: number; readonly resetAt: EpochMs }
  readonly processes: { readonly demoMarket?: ProcessState; readonly storage?: ProcessState }
}
