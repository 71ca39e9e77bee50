/**
 * A market-data stream at the limit of what a socket can take, in its own process: after the handshake it
 * repeats prebuilt frames of changing quotes for as long as the connection is open, in the encoding that the
 * client requests.
 *
 *     node bench/support/quote-server.ts QUOTES_PER_FRAME [QUOTES_PER_SECOND]
 *
 * Reports its port to its parent. Without a rate it sends as fast as the reader reads.
 */
import { encode, EXT_TIMESTAMP, ExtData } from '@msgpack/msgpack'
import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import { DEFAULT_SYMBOLS } from '../../src/shared/settings.ts'
import { openStreamServer, type Encoding } from './stream-server.ts'

const [perFrame = 10, perSecond = Infinity] = process.argv.slice(2).map(Number)
const FRAMES = 2_000
const HIGH_WATER = 1 << 20

/** The placeholder for a time in a prebuilt frame. MessagePack has no other use for the byte 0xc1. */
const JSON_TIME = '0000-00-00T00:00:00.000000000Z'
const MSGPACK_TIME = Buffer.alloc(8, 0xc1)

/** A prebuilt frame, and the positions of the times in it. */
interface Frame {
  readonly bytes: Buffer
  readonly times: readonly number[]
}

/** The same quotes in both encodings. */
const frames: Readonly<Record<Encoding, readonly Frame[]>> = {
  json: Array.from({ length: FRAMES }, (_, frame) =>
    findTimes(Buffer.from(JSON.stringify(quotes(frame, JSON_TIME))), JSON_TIME),
  ),
  msgpack: Array.from({ length: FRAMES }, (_, frame) =>
    findTimes(Buffer.from(encode(quotes(frame, new ExtData(EXT_TIMESTAMP, MSGPACK_TIME)))), MSGPACK_TIME),
  ),
}

function quotes(frame: number, t: unknown) {
  return Array.from({ length: perFrame }, (_, index) => ({ ...quote(frame * perFrame + index), t }))
}

function findTimes(bytes: Buffer, time: string | Buffer): Frame {
  const times: number[] = []
  for (let at = bytes.indexOf(time); at >= 0; at = bytes.indexOf(time, at + 1)) times.push(at)
  return { bytes, times }
}

let stampMs = 0
let stampTime = ''
let stampNanos = 0

/** A copy of a frame with the current time in it; no two quotes have the same. */
function stamped({ bytes, times }: Frame, encoding: Encoding): Buffer {
  const now = Date.now()
  if (now !== stampMs) {
    ;[stampMs, stampNanos] = [now, 0]
    stampTime = new Date(now).toISOString().slice(0, -1)
  }
  const copy = Buffer.from(bytes)
  if (encoding === 'json') {
    for (const at of times) copy.write(`${stampTime}${String(stampNanos++).padStart(6, '0')}`, at, 'latin1')
  } else {
    // Source: MessagePack specification, timestamp 64: 30 bits of nanoseconds, then 34 bits of seconds.
    for (const at of times) {
      copy.writeUInt32BE(((now % 1_000) * 1_000_000 + stampNanos++) * 4, at)
      copy.writeUInt32BE(Math.floor(now / 1_000), at + 4)
    }
  }
  return copy
}

/** A quote; one of four repeats the previous bid and ask, as real feeds do. */
function quote(index: number) {
  const symbol = DEFAULT_SYMBOLS[index % DEFAULT_SYMBOLS.length]
  const step = Math.floor((index / DEFAULT_SYMBOLS.length) * 0.75)
  const bid = 180 + (step % 500) / 100
  return {
    T: 'q',
    S: symbol,
    bx: 'V',
    bp: bid,
    bs: 100 + (index % 7),
    ax: 'V',
    ap: bid + 0.02,
    as: 200,
    c: ['R'],
    z: 'C',
  }
}

/**
 * Sends frames until the reader no longer keeps up. All frames of one turn go to the system in one write:
 * written one by one, a reader that is faster than the server is woken for every frame, the server then
 * spends its time in these calls, and the fastest reader gets the fewest frames.
 */
function stream(socket: WebSocket, encoding: Encoding, connection: Socket): void {
  const frameEveryMs = (perFrame / perSecond) * 1000
  const started = performance.now()
  let sent = 0
  const pump = () => {
    if (socket.readyState !== socket.OPEN) return
    const due = frameEveryMs === 0 ? Infinity : (performance.now() - started) / frameEveryMs
    let budget = 500
    connection.cork()
    while (sent < due && socket.bufferedAmount < HIGH_WATER && budget-- > 0) {
      const frame = frames[encoding][sent++ % FRAMES]
      if (frame) socket.send(stamped(frame, encoding), { binary: encoding === 'msgpack' })
    }
    connection.uncork()
    if (frameEveryMs === 0) setImmediate(pump)
    else setTimeout(pump, 1)
  }
  pump()
}

const { port } = await openStreamServer(stream)
process.send?.({ port })
process.once('disconnect', () => process.exit())
