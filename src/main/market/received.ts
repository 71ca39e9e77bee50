import type { Source } from '#shared/provenance'
import { MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'

/**
 * A message with its provenance, as it is stored and passed on: where it came from and when it reached this
 * machine.
 */
export interface Received<M> {
  readonly message: M
  readonly source: Source
  readonly receivedAt: EpochMs
}

/** The timestamp of a message: Alpaca's nanosecond text, and the same in milliseconds. */
export interface Stamp {
  readonly at: EpochMs
  readonly time: string
}

/**
 * A timestamp further ahead of this machine's clock than this is ignored, both for the order of two messages
 * and for when a symbol was heard from.
 */
export const FUTURE_MS = MINUTE_MS

/**
 * Whether `a` was timestamped before `b`, to the nanosecond. Alpaca's timestamps end in Z and drop trailing
 * zeros of the second, so within one millisecond the texts without the Z sort like the instants.
 */
export function isEarlier(a: Stamp, b: Stamp): boolean {
  if (a.at !== b.at) return a.at < b.at
  return a.time !== b.time && a.time.slice(0, -1) < b.time.slice(0, -1)
}

/**
 * Whether the data was fetched and not streamed: fetched data fills gaps and never replaces streamed data.
 */
export const isFetched = ({ source }: { readonly source: Source }): boolean => source === 'rest'

/**
 * Whether `next` replaces `present`: the later timestamp wins, and of two equal ones the later arrival,
 * except that a fetched message never replaces a streamed one with the same timestamp. If the present
 * timestamp is far in the future, it is worthless and the order of arrival decides.
 */
export function supersedes(next: Received<Stamp>, present: Received<Stamp> | undefined): boolean {
  if (present === undefined) return true
  if (present.message.at > next.receivedAt + FUTURE_MS) return true
  if (isEarlier(next.message, present.message)) return false
  return !isFetched(next) || isFetched(present) || isEarlier(present.message, next.message)
}
