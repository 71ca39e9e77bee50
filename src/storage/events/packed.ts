import { parseJson } from '#shared/parse-json'
import { MAX_PAYLOAD_LENGTH } from '#shared/trading/audit'
import { stockSymbol, type EpochMs } from '#shared/units'
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
  /** At most one character longer than {@link MAX_PAYLOAD_LENGTH}: then it is cut, and no JSON. */
  payloadText: string,
  at: EpochMs,
  hash: string,
  /** The symbol of the event's order, if asked for; what is none is left out. */
  symbol?: string | null,
]

/** Whether a payload's text was cut, because it is longer than any that Signal writes. */
export const isOversized = (payloadText: string): boolean => payloadText.length > MAX_PAYLOAD_LENGTH

/** Restores a packed event. A payload that Signal cannot have written is replaced by a remark, which no reader accepts. */
export function unpackEvent(packed: PackedEvent): StoredEvent {
  const [id, stream, version, type, payloadText, at, hash] = packed
  const symbol = stockSymbol.safeParse(packed[7])
  const event = { id, stream, version, type, payload: payloadOf(payloadText), at, hash }
  return symbol.success ? { ...event, symbol: symbol.data } : event
}

function payloadOf(text: string): Payload {
  if (isOversized(text)) return { unread: `longer than ${MAX_PAYLOAD_LENGTH} characters` }
  const payload = parseJson(text)
  return typeof payload === 'object' && payload !== null && !Array.isArray(payload)
    ? // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an object of JSON
      (payload as Payload)
    : { unread: 'no object of JSON' }
}
