import { sql } from 'kysely'
import type { CheckedLog, LogAnchor, LogVerdict } from '#shared/trading/audit'
import type { Reader } from '../database/index.ts'
import { FIRST_HASH, hashOf, hashOfText } from './event.ts'
import { isOversized, unpackEvent, type PackedEvent } from './packed.ts'
import { readPackedEvents } from './read.ts'

/** What the chain alone can show of a log. */
export type ChainVerdict =
  ({ readonly kind: 'intact' } & CheckedLog) | Extract<LogVerdict, { kind: 'broken' }>

interface VerifyOptions {
  /** The event known from outside the database: it must be in the log with this hash. */
  readonly anchor?: LogAnchor | undefined
  /**
   * Reads only the events after this one, and those from the anchor on. What lies before the first of them is proven by
   * the anchor, as each hash covers all earlier events; without an anchor the whole log is read.
   */
  readonly after?: number | undefined
}

const PAGE = 1_000

/**
 * Reads the log and checks by ids, versions and hashes that no event was changed, removed, inserted or swapped. A log
 * that was rebuilt from some event on holds by itself: only the anchor tells.
 */
export async function verifyEvents(
  reader: Reader,
  { anchor, after = Number.MAX_SAFE_INTEGER }: VerifyOptions = {},
): Promise<ChainVerdict> {
  const { count, least, most, head } = await extent(reader)
  if (least < 1 && count > 0) return broken(least, 'events are numbered from 1')
  if (anchor !== undefined && anchor.id > count)
    return broken(
      count + 1,
      `the log holds ${count} events, but Signal had noted event ${anchor.id} outside the database`,
    )
  // With a gap anywhere, the whole log is read to find it.
  const start = anchor === undefined || most !== count ? 0 : Math.min(after, anchor.id - 1)
  const chain = await startOf(reader, start)
  if (chain === undefined) return broken(start, 'the event is missing')
  const fault = await readChain(reader, chain, { count, anchor })
  if (fault !== undefined) return fault
  if (most !== count) return broken(count + 1, 'the numbers of the events have a gap')
  if (head?.id !== count || head.hash !== chain.hash)
    return broken(
      count + 1,
      `the log ends with event ${count}, but ${head?.id ?? 'an unknown number of'} events were written`,
    )
  const checked = { from: start + 1, events: count, lastHash: chain.hash }
  return { kind: 'intact', ...checked, ...(anchor && { anchor }) }
}

const broken = (id: number, reason: string) => ({ kind: 'broken', id, reason }) as const

interface Extent {
  readonly count: number
  /** The lowest and the highest id; one too large for a number counts as the largest that is not. */
  readonly least: number
  readonly most: number
  /** What was written last, by the log's own note. */
  readonly head: { readonly id: number; readonly hash: string } | undefined
}

/** How far the log goes, read at one moment: events that are appended meanwhile are none of its business. */
async function extent({ query }: Reader): Promise<Extent> {
  const largest = sql.lit(Number.MAX_SAFE_INTEGER)
  const { rows } = await sql<Omit<Extent, 'head'> & { id: number | null; hash: string | null }>`
    select (select count(*) from events) as count,
      (select case when min(id) < -${largest} then -${largest} else coalesce(min(id), 0) end from events) as least,
      (select case when max(id) > ${largest} then ${largest} else coalesce(max(id), 0) end from events) as most,
      (select last_id from event_head) as id, (select hash from event_head) as hash`.execute(query)
  const [row] = rows
  if (row === undefined) throw new Error('a select without a from clause has one row')
  const { count, least, most, id, hash } = row
  return { count, least, most, head: id === null || hash === null ? undefined : { id, hash } }
}

/** The end of what was checked so far. */
interface Chain {
  id: number
  hash: string
  readonly versions: Map<string, number>
}

/** The chain up to and including an event, whose own row is taken as it is; nothing if that event is missing. */
async function startOf(reader: Reader, id: number): Promise<Chain | undefined> {
  if (id === 0) return { id, hash: FIRST_HASH, versions: new Map() }
  const [event] = await readPackedEvents(reader, { afterId: id - 1, beforeId: id + 1, limit: 1 })
  return event && { id, hash: event[6], versions: new Map() }
}

/** Continues the chain to the end of the log; answers what is wrong. */
async function readChain(
  reader: Reader,
  chain: Chain,
  { count, anchor }: { readonly count: number; readonly anchor: LogAnchor | undefined },
): Promise<Extract<LogVerdict, { kind: 'broken' }> | undefined> {
  const isFromStart = chain.id === 0
  while (chain.id < count) {
    const place = { afterId: chain.id, beforeId: chain.id + PAGE + 1, limit: PAGE }
    const page = await readPackedEvents(reader, place)
    if (page.length === 0) return broken(chain.id + 1, 'the event is missing')
    for (const event of page) {
      const reason = faultOf(event, chain, isFromStart)
      if (reason !== undefined) return broken(event[0], reason)
      chain.id = event[0]
      chain.hash = event[6]
      chain.versions.set(event[1], event[2])
      if (chain.id === anchor?.id && chain.hash !== anchor.hash) return broken(chain.id, NOT_AS_NOTED)
    }
  }
  return undefined
}

const NOT_AS_NOTED = 'the log was rebuilt: this is not the event that Signal had noted outside the database'

function faultOf(packed: PackedEvent, chain: Chain, isFromStart: boolean): string | undefined {
  const [id, stream, version, , payloadText] = packed
  if (id !== chain.id + 1) return `event ${chain.id + 1} is missing`
  if (isOversized(payloadText)) return 'its payload is larger than any that Signal writes'
  const known = chain.versions.get(stream) ?? (isFromStart ? 0 : undefined)
  if (known !== undefined && version !== known + 1)
    return `stream ${stream} continues with version ${version} instead of ${known + 1}`
  return holds(packed, chain.hash) ? undefined : 'the event or the one before it was changed'
}

/** Whether an event has the hash that follows from its content and the hash before it. */
function holds(packed: PackedEvent, previousHash: string): boolean {
  const [id, stream, version, type, payloadText, at, hash] = packed
  // SQLite keeps the text that was hashed; PostgreSQL reorders the keys.
  if (hashOfText(previousHash, { id, stream, version, type, at }, payloadText) === hash) return true
  try {
    return hashOf(previousHash, unpackEvent(packed)) === hash
  } catch {
    return false // text that append refuses
  }
}
