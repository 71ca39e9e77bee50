/**
 * The demo market's memory over a whole day at 1,000 quotes/s, 86 million of them, as fast as its own clock
 * can be advanced: its heap after a garbage collection at every hour, from an hour into one New York day to an
 * hour into the next. It holds two days, so the clock starts before midnight: what is compared holds two.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { WebSocket } from 'ws'
import { DEFAULT_SYMBOLS } from '../src/shared/settings.ts'
import { HOUR_MS, MINUTE_MS } from '../src/shared/time.ts'
import { median, type Measurement } from './report.ts'

/** Ten minutes before midnight in New York; then an hour of the next day. */
const START = Date.parse('2026-11-24T04:50:00Z')
const WARM_UP_MS = 70 * MINUTE_MS
const HOURS = 24
const RATE = 1_000
const MB = 1024 * 1024
/** How much a flat heap may differ between its first and its last third. */
const FLAT_MB = 3

export async function benchDemoMemory(): Promise<readonly Measurement[]> {
  const entry = fileURLToPath(new URL('./support/demo-day.ts', import.meta.url))
  const child = fork(entry, [START, RATE].map(String))
  const [{ url, environment }] = (await once(child, 'message')) as [
    { url: string; environment: Readonly<Record<string, string>> },
  ]
  const client = await subscribe(url, environment)
  const warm = await advance(child, client, WARM_UP_MS)
  const samples: Sample[] = []
  for (let hour = 0; hour < HOURS; hour++) samples.push(await advance(child, client, HOUR_MS))
  client.terminate()
  child.disconnect()
  const heaps = samples.map(({ heap }) => heap / MB)
  const growth = median(heaps.slice(-HOURS / 3)) - median(heaps.slice(0, HOURS / 3))
  const quotes = (samples.at(-1)?.quotes ?? 0) - warm.quotes
  return [
    {
      name: `demo market, growth of the heap over a day, ${Math.round(quotes / 1e6)} million quotes`,
      unit: 'MB',
      ours: growth,
      budget: `flat: within ${FLAT_MB} MB`,
      // Half the quotes would mean that the client was lost.
      kept: growth <= FLAT_MB && quotes > (HOURS * HOUR_MS * RATE) / 2_000,
    },
    {
      name: 'demo market, most on the heap over that day',
      unit: 'MB',
      ours: Math.max(...heaps),
      budget: 'today and yesterday of 17 symbols: 60 MB',
      kept: Math.max(...heaps) < 60,
    },
  ]
}

interface Sample {
  readonly heap: number
  readonly quotes: number
}

/** Advances the market by minutes, each once the client has read all of the one before. */
async function advance(child: ChildProcess, client: WebSocket, ms: number): Promise<Sample> {
  let sample: Sample = { heap: 0, quotes: 0 }
  for (let passed = 0; passed < ms; passed += MINUTE_MS) {
    child.send({ advanceMs: MINUTE_MS })
    ;[sample] = (await once(child, 'message')) as [Sample]
    client.ping()
    await once(client, 'pong')
  }
  return sample
}

/** A client that receives everything, as Signal does, and keeps nothing. */
async function subscribe(url: string, environment: Readonly<Record<string, string>>): Promise<WebSocket> {
  const client = new WebSocket(url)
  await once(client, 'open')
  const { ALPACA_API_KEY: key, ALPACA_API_SECRET: secret } = environment
  client.send(JSON.stringify({ action: 'auth', key, secret }))
  const channels = ['quotes', 'trades', 'bars', 'updatedBars', 'dailyBars', 'statuses', 'lulds']
  const lists = Object.fromEntries(channels.map((name) => [name, DEFAULT_SYMBOLS]))
  client.send(JSON.stringify({ action: 'subscribe', ...lists }))
  await new Promise<void>((resolve) => {
    client.on('message', (data: Buffer) => {
      if (data.includes('"T":"subscription"')) resolve()
    })
  })
  client.removeAllListeners('message')
  client.on('message', () => undefined)
  return client
}
