import { exchangeDayOf } from '#shared/exchange-calendar'
import { AlpacaError } from '#alpaca'
import type { Log } from '#process/log'
import { actionRequests, askActions, keepActions } from '../corporate-actions/index.ts'
import { DatabaseError, transact } from '../database/index.ts'
import type { LoadDeps } from './load-range.ts'

/**
 * Fetches and keeps the corporate actions of loaded symbols, by which their bars are read and verified. Returns why
 * that was not possible; the bars are complete without.
 */
export async function refreshActions(
  { database, source, clock, log }: LoadDeps & { readonly log: Log },
  symbols: readonly string[],
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    for (const some of actionRequests(symbols)) {
      const { answered } = await askActions(source, some, exchangeDayOf(clock.now()), signal)
      await transact(database, (trx) => keepActions(trx, answered))
    }
    return undefined
  } catch (cause) {
    if (!(cause instanceof AlpacaError || cause instanceof DatabaseError)) throw cause
    if (signal.aborted) return undefined
    log.warn({ kind: cause.kind }, `Corporate actions could not be fetched and kept: ${cause.message}`)
    return cause.message
  }
}
