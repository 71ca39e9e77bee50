/**
 * A demo market on its own clock, in a process of its own: each message advances it, and it answers with what
 * it holds after a garbage collection.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { startDemoMarket } from '../../src/demo-market/index.ts'

const STEP_MS = 1_000

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const market = await startDemoMarket({ startAt: Number(process.argv[2]), rate: Number(process.argv[3]) })

async function run(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += STEP_MS) {
    market.advance(STEP_MS)
    // The sockets are written to between two steps.
    await new Promise((resolve) => setImmediate(resolve))
  }
  const { rss } = process.memoryUsage()
  collect()
  process.send?.({ heap: process.memoryUsage().heapUsed, rss, quotes: market.sent().messages.quotes })
}

process.on('message', ({ advanceMs }: { advanceMs: number }) => void run(advanceMs))
process.on('disconnect', () => process.exit(0))
process.send?.({ url: market.urls.wsUrls.iex, environment: market.environment })
