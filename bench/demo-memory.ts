/**
 * The demo market's memory over a whole day at 1,000 quotes/s, 86 million of them, as fast as its own clock
 * can be advanced: its heap after a garbage collection at every hour, from an hour into one New York day to an
 * hour into the next. It holds two days, so the clock starts a day before: what is compared is full.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { WebSocket } from 'ws'
import { DEMO_MARKET_NODE_FLAGS } from '../src/main/account-session/demo-flags.ts'
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
const BUDGET_MB = 200

interface Sample {
  readonly heap: number
  readonly rss: number
  readonly quotes: number
}

export async function benchDemoMemory(): Promise<readonly Measurement[]> {
  const entry = fileURLToPath(new URL('./support/demo-day.ts', import.meta.url))
  const child = fork(entry, [START, RATE].map(String), { execArgv: [...DEMO_MARKET_NODE_FLAGS] })
  const [{ url, environment }] = (await once(child, 'message')) as [
    { url: string; environment: Readonly<Record<string, string>> },
  ]
  const client = await subscribe(url, environment)
  await advance(child, WARM_UP_MS)
  const samples: Sample[] = []
  for (let hour = 0; hour < HOURS; hour++) samples.push(await advance(child, HOUR_MS))
  client.terminate()
  child.disconnect()
  const heaps = samples.map(({ heap }) => heap / MB)
  const growth = median(heaps.slice(-HOURS / 3)) - median(heaps.slice(0, HOURS / 3))
  const most = Math.max(...samples.map(({ rss }) => rss)) / MB
  const quotes = (samples.at(-1)?.quotes ?? 0) / 1e6
  return [
    {
      name: `demo market, growth of the heap over a day, ${Math.round(quotes)} million quotes`,
      unit: 'MB',
      ours: growth,
      budget: `flat: within ${FLAT_MB} MB`,
      kept: growth <= FLAT_MB,
    },
    {
      name: 'demo market, most resident over that day',
      unit: 'MB',
      ours: most,
      budget: `${BUDGET_MB} MB`,
      kept: most < BUDGET_MB,
    },
  ]
}

async function advance(child: ChildProcess, advanceMs: number): Promise<Sample> {
  child.send({ advanceMs })
  const [sample] = (await once(child, 'message')) as [Sample]
  return sample
}

/** A client that receives everything, as Signal does, and keeps nothing. */
async function subscribe(url: string, environment: Readonly<Record<string, string>>): Promise<WebSocket> {
  const client = new WebSocket(url)
  client.on('message', () => undefined)
  await once(client, 'open')
  const { ALPACA_API_KEY: key, ALPACA_API_SECRET: secret } = environment
  client.send(JSON.stringify({ action: 'auth', key, secret }))
  const symbols = [...DEFAULT_SYMBOLS]
  const channels = ['quotes', 'trades', 'bars', 'updatedBars', 'dailyBars', 'statuses', 'lulds']
  client.send(
    JSON.stringify({ action: 'subscribe', ...Object.fromEntries(channels.map((name) => [name, symbols])) }),
  )
  await new Promise<void>((resolve) => {
    client.on('message', (data: Buffer) => {
      if (data.toString().includes('"T":"subscription"')) resolve()
    })
  })
  return client
}
