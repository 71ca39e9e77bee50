/**
 * The feed: from the websocket frame to cache, deduplication, bus and counters, on one core, compared with a
 * bare `ws` client that only parses the same frames, and with Alpaca's own SDK, which requests the same
 * quotes in MessagePack and passes each to a callback. The server runs in its own process; runs alternate,
 * medians count.
 */
import { WebSocket } from 'ws'
import { DEFAULT_SYMBOLS } from '../src/shared/settings.ts'
import { MarketDataStream } from '#alpaca'
import { silentLog } from '#process/log'
import { BarCache, createBus, StreamHandler, type MarketEvents } from '../src/main/market/index.ts'
import { Metrics } from '../src/main/monitor/index.ts'
import { median, type Measurement } from './report.ts'
import { loadAlpacaSdk } from './support/alpaca-sdk.ts'
import { startQuoteServer } from './support/child.ts'
import { benchConfig } from './support/session.ts'

const RUN_MS = 2_000
const ROUNDS = 3

/**
 * Quotes per second through the whole path, through parsing alone, and through the SDK, at a number of quotes
 * per frame.
 */
export async function benchFeed(): Promise<readonly Measurement[]> {
  const sdk = await loadAlpacaSdk()
  const rows: Measurement[] = []
  for (const perFrame of [1, 10, 100]) {
    const raw: number[] = []
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      raw.push(await measure(perFrame, rawClient))
      ours.push(await measure(perFrame, ourClient))
      theirs.push(await measure(perFrame, sdk.connect))
    }
    const ratio = median(ours) / median(raw)
    rows.push({
      name: `feed, ${perFrame} quotes a frame`,
      unit: 'quotes/s',
      raw: median(raw),
      ours: median(ours),
      ratio,
      budget: '100,000 quotes/s and 0.5 of raw',
      kept: ratio >= 0.5 && median(ours) >= 100_000,
    })
    rows.push({
      name: `feed beside Alpaca's SDK ${sdk.version}, ${perFrame} quotes a frame`,
      unit: 'quotes/s',
      raw: median(raw),
      ours: median(ours),
      sdk: median(theirs),
      ratio: median(ours) / median(theirs),
      budget: 'none',
      kept: true,
    })
  }
  return rows
}

/** A client that counts the quotes it has handled, and can disconnect. */
interface Client {
  readonly count: () => number
  readonly stop: () => void
}

async function measure(perFrame: number, connect: (url: string) => Client): Promise<number> {
  const server = await startQuoteServer(perFrame)
  const client = connect(server.url)
  await pause(500) // the handshake, and the compiler warming up
  const [before, began] = [client.count(), performance.now()]
  await pause(RUN_MS)
  const rate = (client.count() - before) / ((performance.now() - began) / 1000)
  client.stop()
  server.stop()
  return rate
}

function rawClient(url: string): Client {
  let quotes = 0
  const socket = new WebSocket(`${url}/v2/iex`)
  socket.on('open', () => {
    socket.send(JSON.stringify({ action: 'auth', key: 'BENCH', secret: 'bench' }))
    socket.send(JSON.stringify({ action: 'subscribe', quotes: DEFAULT_SYMBOLS }))
  })
  socket.on('message', (data: Buffer) => {
    for (const { T } of JSON.parse(data.toString()) as { T: string }[]) if (T === 'q') quotes++
  })
  return { count: () => quotes, stop: () => socket.terminate() }
}

function ourClient(url: string): Client {
  const bus = createBus<MarketEvents>((_name, cause) => {
    throw cause
  })
  const cache = new BarCache()
  cache.watch(DEFAULT_SYMBOLS)
  const meter = new Metrics(Date.now())
  const handler = new StreamHandler({ cache, bus, meter, source: 'iex', log: silentLog })
  let changed = 0
  bus.subscribe('quote', () => changed++)
  const stream = new MarketDataStream(benchConfig(url), {
    onMessage(message, receivedAt) {
      if (message.type !== 'connection') handler.handle(message, receivedAt)
    },
  })
  stream.subscribe({ quotes: DEFAULT_SYMBOLS })
  stream.connect()
  return { count: () => stream.received.quote, stop: () => void stream.close() }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
