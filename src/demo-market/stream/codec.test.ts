import { decode, decodeTimestampToTimeSpec, EXT_TIMESTAMP, ExtensionCodec } from '@msgpack/msgpack'
import { expect, test } from 'vitest'
import { jsonCodec, msgpackCodec } from './codec.ts'

const withTimes = new ExtensionCodec()
withTimes.register({
  type: EXT_TIMESTAMP,
  encode: () => null,
  decode: (data) => decodeTimestampToTimeSpec(data),
})

const unpack = (messages: readonly string[]) => {
  const frame = msgpackCodec.frame(messages)
  if (typeof frame === 'string') throw new Error('msgpack is binary')
  return decode(frame, { extensionCodec: withTimes })
}

test('a JSON frame is an array of its messages', () => {
  expect(jsonCodec.frame(['{"T":"q"}', '{"T":"t"}'])).toBe('[{"T":"q"},{"T":"t"}]')
  expect(jsonCodec.read(Buffer.from('{"action":"auth"}'))).toEqual({ action: 'auth' })
})

test.each([
  ['2026-11-24T15:00:00Z', 0],
  ['2026-11-24T15:00:00.5Z', 500_000_000],
  ['2026-11-24T15:00:00.000000001Z', 1],
  ['2026-11-24T15:00:00.123456789Z', 123_456_789],
])('msgpack keeps every nanosecond of %s', (t, nsec) => {
  const sec = Date.parse('2026-11-24T15:00:00Z') / 1000
  expect(unpack([`{"T":"q","bp":48.2,"c":["R"],"t":"${t}"}`])).toEqual([
    { T: 'q', bp: 48.2, c: ['R'], t: { sec, nsec } },
  ])
})
