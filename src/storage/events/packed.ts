import type { EpochMs } from '#shared/units'
import type { Payload, StoredEvent } from './event.ts'

/**
 * An event as it crosses between processes: its values in a row, with the payload as the stored text. Objects
 * would take twice as long, because they are parsed, copied key by key and rebuilt (bench/events.ts).
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

/** Restores a packed event. */
export function unpackEvent([id, stream, version, type, payloadText, at, hash]: PackedEvent): StoredEvent {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- append accepts objects only
  return { id, stream, version, type, payload: JSON.parse(payloadText) as Payload, at, hash }
}
