/**
 * Main's memory while it streams: an hour at 1,000 quotes/s, which is 3.6 million, through a whole account
 * session as fast as they come, with the heap measured after a garbage collection at ten points along the
 * way.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { median, type Measurement } from './report.ts'
import { startQuoteServer } from './support/child.ts'
import { openBenchSession } from './support/session.ts'

const QUOTES = 3_600_000
const POINTS = 10
const MB = 1024 * 1024
/** How much a flat heap may differ between its first and its last third. */
const FLAT_MB = 5

export async function benchMemory(): Promise<readonly Measurement[]> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const server = await startQuoteServer(100)
  const { session, quotesReceived } = openBenchSession(server.url)
  const heaps: number[] = []
  for (let point = 1; point <= POINTS; point++) {
    await until(() => quotesReceived() >= (QUOTES / POINTS) * point)
    collect()
    heaps.push(process.memoryUsage().heapUsed / MB)
  }
  const rss = process.memoryUsage().rss / MB
  await session.close()
  server.stop()
  const growth = median(heaps.slice(-3)) - median(heaps.slice(0, 3))
  return [
    {
      name: 'memory, growth of the heap over 3.6 million quotes',
      unit: 'MB',
      ours: growth,
      budget: `flat: within ${FLAT_MB} MB`,
      kept: growth <= FLAT_MB,
    },
    {
      name: 'memory, resident, of a process that only streams',
      unit: 'MB',
      ours: rss,
      budget: '250 MB',
      kept: rss < 250,
    },
  ]
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 20))
}
