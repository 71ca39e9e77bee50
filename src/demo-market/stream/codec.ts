import { decode, encode, EXT_TIMESTAMP, encodeTimeSpecToTimestamp, ExtData } from '@msgpack/msgpack'

/** How a connection encodes its frames: JSON in text frames, or msgpack in binary ones. */
export interface Codec {
  /** A frame of messages that are already JSON text. */
  readonly frame: (messages: readonly string[]) => string | Uint8Array
  /** What the client sent; throws if it is unreadable. */
  readonly read: (data: Buffer) => unknown
}

export const jsonCodec: Codec = {
  frame: (messages) => `[${messages.join(',')}]`,
  read: (data): unknown => JSON.parse(data.toString()),
}

/** Alpaca's `t` as msgpack's own timestamp type, with nanoseconds. */
function toTimestamp(text: string): ExtData {
  const [seconds = '', fraction = '0'] = text.replace('Z', '').split('.')
  const nsec = Number(fraction.padEnd(9, '0'))
  return new ExtData(
    EXT_TIMESTAMP,
    encodeTimeSpecToTimestamp({ sec: Date.parse(`${seconds}Z`) / 1000, nsec }),
  )
}

const withTimestamp = (key: string, value: unknown) =>
  key === 't' && typeof value === 'string' ? toTimestamp(value) : value

export const msgpackCodec: Codec = {
  frame: (messages) => encode(JSON.parse(`[${messages.join(',')}]`, withTimestamp)),
  read: (data) => decode(data),
}
