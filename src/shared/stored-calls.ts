import * as z from 'zod'
import type { CopyProgress } from './database.ts'
import { loadRequest, type LoadPlan, type LoadProgress } from './history.ts'
import { call, event } from './rpc/channel.ts'
import { stockSymbol, type StockSymbol } from './units.ts'
import type { VerificationReport } from './verification.ts'

/**
 * Calls about history that the storage process answers for a window. Declared once for both contracts, passed
 * on by main. `E` is the error while the database is unavailable.
 */
export const storedHistory = <E>() =>
  ({
    /** What is stored of each symbol, and what loading the rest would take. */
    plan: call(loadRequest).returns<LoadPlan, E>(),
    pause: call(z.uuid()).returns<void, E>(),
    resume: call(z.uuid()).returns<void, E>(),
    cancel: call(z.uuid()).returns<void, E>(),
    /** The newest 20 loads, newest first, including running ones. */
    loads: call().returns<readonly LoadProgress[], E>(),
    /** At most ten a second for each load, and always the last. */
    progress: event<LoadProgress>(),
    /** Verifies what is stored; `verified` reports the progress. */
    verify: call(z.object({ symbols: z.array(stockSymbol).min(1).max(500) })).returns<
      readonly VerificationReport[],
      E
    >(),
    /** Sent when a symbol was verified. */
    verified: event<{ readonly symbol: StockSymbol; readonly done: number; readonly total: number }>(),
    /** Stops a verification after the current symbol; its answer holds the reports up to then. */
    stopVerifying: call().returns<void, E>(),
  }) as const

/** The same for the event log. */
export const storedLog = <E>() =>
  ({
    /** The event types that occur, and the number of events. */
    facets: call().returns<{ readonly types: readonly string[]; readonly events: number }, E>(),
  }) as const

/** The same for a copy to another database. */
export const storedCopy = <E>() =>
  ({
    /** Sent after each month of a symbol, and each page of events. */
    copying: event<CopyProgress>(),
    /** Stops a copy after the current month. */
    stopCopying: call().returns<void, E>(),
  }) as const
