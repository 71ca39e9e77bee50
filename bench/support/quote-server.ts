/**
 * A market-data stream at the limit of what a socket takes, in a process of its own: after the handshake it repeats
 * ready-made frames of changing quotes for as long as the connection is open.
 *
 *     node bench/support/quote-server.ts QUOTES_PER_FRAME [QUOTES_PER_SECOND]
 *
 * Tells its parent the port. Without a rate it sends as fast as the reader reads.
 */
import type { WebSocket } from 'ws'
import { DEFAULT_SYMBOLS } from '../../src/shared/settings.ts'
import { openStreamServer } from './stream-server.ts'

const [perFrame = 10, perSecond = Infinity] = process.argv.slice(2).map(Number)
const FRAMES = 2_000
const HIGH_WATER = 1 << 20

const PLACEHOLDER = '0000-00-00T00:00:00.000000000Z'

/** Ready-made frames and where in each the stamps stand. */
const frames = Array.from({ length: FRAMES }, (_, frame) => {
  const quotes = Array.from({ length: perFrame }, (_, index) => quote(frame * perFrame + index))
  const text = Buffer.from(JSON.stringify(quotes))
  const stamps: number[] = []
  for (let at = text.indexOf(PLACEHOLDER); at >= 0; at = text.indexOf(PLACEHOLDER, at + 1)) stamps.push(at)
  return { text, stamps }
})

let stampMs = 0
let stampNanos = 0

/** A copy of a frame with the time of now in it; no two quotes have the same. */
function stamped({ text, stamps }: (typeof frames)[number]): Buffer {
  const now = Date.now()
  if (now !== stampMs) [stampMs, stampNanos] = [now, 0]
  const millis = new Date(now).toISOString().slice(0, -1)
  const copy = Buffer.from(text)
  for (const at of stamps) copy.write(`${millis}${String(stampNanos++).padStart(6, '0')}`, at, 'latin1')
  return copy
}

/** One of four repeats bid and ask of the one before it, as real feeds do. */
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
    t: PLACEHOLDER,
  }
}

function stream(socket: WebSocket): void {
  const frameEveryMs = (perFrame / perSecond) * 1000
  const started = performance.now()
  let sent = 0
  const pump = () => {
    if (socket.readyState !== socket.OPEN) return
    const due = frameEveryMs === 0 ? Infinity : (performance.now() - started) / frameEveryMs
    let budget = 500
    while (sent < due && socket.bufferedAmount < HIGH_WATER && budget-- > 0) {
      const frame = frames[sent++ % FRAMES]
      if (frame) socket.send(stamped(frame), { binary: false })
    }
    if (frameEveryMs === 0) setImmediate(pump)
    else setTimeout(pump, 1)
  }
  pump()
}

const { port } = await openStreamServer(stream)
process.send?.({ port })
process.once('disconnect', () => process.exit())
