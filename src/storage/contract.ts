import * as z from 'zod'
import type { CopyResult } from '#shared/database'
import { barFeed, loadRequest } from '#shared/history'
import type { Bar } from '#shared/market'
import type { Result } from '#shared/result'
import { call, event, type Api, type Emitter, type Handlers, type RpcFault } from '#shared/rpc/channel'
import { storedCopy, storedHistory, storedLog } from '#shared/stored-calls'
import { auditFilter, knownLog } from '#shared/trading/audit'
import { price, stockSymbol } from '#shared/units'
import { actionsRequest, answeredActions, type KeptAction } from './corporate-actions/index.ts'
import type { DatabaseProblem, DatabaseTrial } from './database/index.ts'
import type { AppendConflict, LogProof, PackedEvent, StoredEvent } from './events/index.ts'
import type { DailyCandle } from './daily-candles.ts'
import type { StorageStatus } from './status.ts'

const at = z.number().int()
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a day')
const wireBar = z.object({
  at,
  open: price,
  high: price,
  low: price,
  close: price,
  volume: z.number(),
  vwap: price.optional(),
  tradeCount: z.number().optional(),
})
/** A database other than the open one; `schema` is the demo market's on a server. */
const otherDatabase = z.object({ url: z.string(), schema: z.literal('signal_demo').optional() })
/** The most bars in one answer: half a year of sessions. A longer range must be requested in parts. */
const MOST_BARS = 50_000
const limit = z.number().int().min(1)

/**
 * Everything that crosses between main and the storage process. Any call may be sent again if the process
 * died before answering, and doing it twice has the same effect as once. An unavailable database is an
 * expected failure of every call that needs it.
 */
export const storageContract = {
  database: {
    status: call().returns<StorageStatus>(),
    /** Sent whenever the status changes. */
    changed: event<StorageStatus>(),
    /** Opens another database as the app would, and returns what it is or what is wrong. */
    test: call(otherDatabase).returns<DatabaseTrial>(),
    /** Copies bars, coverage and events to another database, which otherwise stays closed. */
    copyTo: call(otherDatabase).returns<CopyResult, DatabaseProblem>(),
    /** Copies the events written since {@link storageContract.database.copyTo}. */
    copyLateEvents: call(otherDatabase).returns<CopyResult['events'], DatabaseProblem>(),
    ...storedCopy<DatabaseProblem>(),
  },
  bars: {
    /** Stores the live stream's bars and their corrections. Invalid bars are skipped, logged and counted. */
    store: call(
      z.array(z.object({ symbol: stockSymbol, feed: barFeed, bars: z.array(wireBar).max(MOST_BARS) })),
    ).returns<{ readonly stored: number; readonly refused: number }, DatabaseProblem>(),
    /** from <= at < until, oldest first; at most `limit`, the oldest of them. */
    range: call(z.object({ symbol: stockSymbol, from: at, until: at, limit: limit.max(MOST_BARS) })).returns<
      readonly Bar[],
      DatabaseProblem
    >(),
    /** The last `count` bars before `until`, oldest first. */
    last: call(z.object({ symbol: stockSymbol, count: limit.max(MOST_BARS), until: at })).returns<
      readonly Bar[],
      DatabaseProblem
    >(),
    /** Regular sessions with from <= day < until, oldest first. */
    daily: call(z.object({ symbol: stockSymbol, from: day, until: day })).returns<
      readonly DailyCandle[],
      DatabaseProblem
    >(),
  },
  history: {
    ...storedHistory<DatabaseProblem>(),
    /**
     * `id` is made by the caller, once per load. The outcome of a load that fills gaps is written to the
     * event log.
     */
    start: call(
      z.object({ id: z.uuid(), request: loadRequest, purpose: z.enum(['load', 'fill']).default('load') }),
    ).returns<void, DatabaseProblem>(),
  },
  events: {
    /** All or none. `at` distinguishes a repeated call from a conflict, so the caller sets it. */
    append: call(
      z.object({
        stream: z.string().min(1).max(200),
        expectedVersion: z.number().int().min(0),
        events: z
          .array(
            z.object({ type: z.string().min(1).max(100), payload: z.record(z.string(), z.unknown()), at }),
          )
          .min(1)
          .max(1_000),
      }),
    ).returns<readonly StoredEvent[], AppendConflict | DatabaseProblem>(),
    /** In the log's order or reversed; `afterId` and `beforeId` continue from the last event of a page. */
    read: call(
      auditFilter.extend({
        /** Whether each event of an order comes with the order's symbol. */
        withSymbols: z.boolean().optional(),
        afterId: z.number().int().optional(),
        beforeId: z.number().int().optional(),
        direction: z.enum(['asc', 'desc']).default('asc'),
        limit: limit.max(10_000),
      }),
    ).returns<readonly PackedEvent[], DatabaseProblem>(),
    /**
     * Checks the log by its hashes against what is known of it from outside the database: the events after `after`, and
     * those from its anchor on; all of them if it is not among the known logs.
     */
    prove: call(z.object({ known: z.array(knownLog), after: z.number().int().min(0).optional() })).returns<
      LogProof,
      DatabaseProblem
    >(),
    /** Events that the storage process wrote itself. */
    written: event<readonly StoredEvent[]>(),
    ...storedLog<DatabaseProblem>(),
  },
  corporateActions: {
    /** Keeps what Alpaca answered about symbols in a period, in place of what was kept of it before. */
    keep: call(answeredActions).returns<void, DatabaseProblem>(),
    /** By ex-day, oldest first. */
    read: call(actionsRequest).returns<readonly KeptAction[], DatabaseProblem>(),
    /** The symbols with loaded bars. */
    loadedSymbols: call().returns<readonly string[], DatabaseProblem>(),
  },
  values: {
    /** Keeps a text under a name, such as trading's snapshot. */
    keep: call(z.object({ name: z.string().min(1).max(100), value: z.string() })).returns<
      void,
      DatabaseProblem
    >(),
    read: call(z.object({ name: z.string() })).returns<string | undefined, DatabaseProblem>(),
  },
} as const

type WireApi = Api<typeof storageContract>

/** The contract as main uses it, with events unpacked. */
export type StorageApi = Omit<WireApi, 'events'> & {
  readonly events: Omit<WireApi['events'], 'read'> & {
    readonly read: (
      filter: Parameters<WireApi['events']['read']>[0],
    ) => Promise<Result<readonly StoredEvent[], DatabaseProblem | RpcFault>>
  }
}
export type StorageHandlers = Handlers<typeof storageContract>
export type StorageEmitter = Emitter<typeof storageContract>
