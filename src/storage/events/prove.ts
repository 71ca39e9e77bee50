import type { KnownLog, LogVerdict } from '#shared/trading/audit'
import { describeAddress, type Database } from '../database/index.ts'
import { isGuarded } from './guards.ts'
import { verifyEvents } from './verify.ts'

/** The log that is open, and what its hashes show. */
export interface LogProof extends Omit<KnownLog, 'anchor'> {
  readonly verdict: LogVerdict
}

/**
 * Checks the log against what is known of it: the events since its anchor and those after `after`, or all of them if
 * nothing is known, or its guards were removed. Changes nothing.
 */
export async function proveLog(
  database: Database,
  known: readonly KnownLog[],
  after?: number,
): Promise<LogProof> {
  const place = placeOf(database)
  const head = await database.query.selectFrom('event_head').select('log_id').executeTakeFirst()
  const log = head?.log_id ?? ''
  const anchor = known.find((one) => one.log === log)?.anchor
  const wasGuarded = await isGuarded(database)
  const chain = await verifyEvents(database, { anchor, after: wasGuarded ? after : 0 })
  if (chain.kind === 'broken') return { log, place, verdict: chain }
  if (!LOG_ID.test(log)) return { log, place, verdict: NO_IDENTITY }
  if (!wasGuarded) return { log, place, verdict: { ...chain, kind: 'unguarded' } }
  const before = anchor === undefined ? known.find((one) => one.place === place)?.anchor : undefined
  return { log, place, verdict: before === undefined ? chain : { ...chain, kind: 'replaced', before } }
}

/** The random identity that a log gets when its table is made. Another one could not be noted. */
const LOG_ID = /^[0-9a-f]{32}$/

const NO_IDENTITY = { kind: 'broken', id: 1, reason: 'the identity of the log was changed' } as const

/** The database's address, with the schema on a server. */
const placeOf = (database: Database): string =>
  database.dialect === 'postgres' && database.schema !== undefined
    ? `${describeAddress(database.address)}, schema ${database.schema}`
    : describeAddress(database.address)
