import type { Source } from '#shared/provenance'
import { MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'

/** A message with its provenance, as it is kept and handed on: where it came from and when it reached this machine. */
export interface Received<M> {
  readonly message: M
  readonly source: Source
  readonly receivedAt: EpochMs
}

/** What of a message tells its place in time: Alpaca's nanosecond text, and the same in milliseconds. */
export interface Stamp {
  readonly at: EpochMs
  readonly time: string
}

/** A stamp further ahead of this machine's clock than this says nothing: neither the order of two, nor when a symbol was heard of. */
export const FUTURE_MS = MINUTE_MS

/**
 * Whether `a` was stamped before `b`, to the nanosecond. Alpaca's stamps end in Z and drop trailing zeros of the
 * second, so within one millisecond the texts without the Z order as the instants do.
 */
export function isEarlier(a: Stamp, b: Stamp): boolean {
  if (a.at !== b.at) return a.at < b.at
  return a.time !== b.time && a.time.slice(0, -1) < b.time.slice(0, -1)
}

/** True for what was fetched and not streamed: it fills gaps and never displaces what the stream said. */
export const isFetched = ({ source }: { readonly source: Source }): boolean =>
  source === 'rest' || source === 'stored'

/**
 * Whether `next` takes the place of `present`: the later stamp wins, and of two equal ones the later arrival,
 * except that a fetched message never displaces a streamed one with the same stamp. Where the present stamp lies
 * far in the future, it is worthless and the order of arrival decides.
 */
export function supersedes(next: Received<Stamp>, present: Received<Stamp> | undefined): boolean {
  if (present === undefined) return true
  if (present.message.at > next.receivedAt + FUTURE_MS) return true
  if (isEarlier(next.message, present.message)) return false
  return !isFetched(next) || isFetched(present) || isEarlier(present.message, next.message)
}
