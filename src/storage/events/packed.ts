import type { EpochMs } from '#shared/units'
import type { Payload, StoredEvent } from './event.ts'

/**
 * An event as it crosses between processes: its values in a row, the payload as the text that is stored. Objects would
 * take twice as long, since they are parsed, copied key by key and built again (bench/events.ts).
 */
export type PackedEvent = readonly [
  id: number,
  stream: string,
  version: number,
  type: string,
  payloadText: string,
  at: EpochMs,
  hash: string,
]

/** The event that was packed. */
export function unpackEvent([id, stream, version, type, payloadText, at, hash]: PackedEvent): StoredEvent {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- append takes objects only
  return { id, stream, version, type, payload: JSON.parse(payloadText) as Payload, at, hash }
}
