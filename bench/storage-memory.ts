/** The storage process's memory while it loads 17 symbols, more than 8 million bars, from the demo market. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_SYMBOLS } from '../src/shared/settings.ts'
import { loadRequest, type LoadProgress } from '../src/shared/history.ts'
import type { Measurement } from './report.ts'
import { startDemoProcess } from './support/demo-process.ts'
import { startStorage } from './support/storage.ts'

/** Two years of 17 symbols with extended hours are 8.2 million bars. */
const REQUEST = loadRequest.parse({
  symbols: [...DEFAULT_SYMBOLS],
  startDate: '2022-11-15',
  endDate: '2024-11-14',
  feed: 'sip',
})
const SAMPLE_MS = 250
const BUDGET_MB = 400

/**
 * The highest resident memory observed, and the rate at which everything was loaded. Linux only: it reads
 * /proc.
 */
export async function benchStorageMemory(): Promise<readonly Measurement[]> {
  if (process.platform !== 'linux') return []
  const folder = mkdtempSync(join(tmpdir(), 'signal-bench-'))
  const market = await startDemoProcess()
  const { client, child } = await startStorage({
    databaseUrl: `sqlite:${join(folder, 'bench.sqlite')}`,
    alpaca: { ...market.environment },
    logLevel: 'error',
  })
  let most = 0
  const sampling = setInterval(() => (most = Math.max(most, residentMb(child.pid))), SAMPLE_MS)
  const end = new Promise<LoadProgress>((resolve) => {
    client.api.history.progress((progress) => {
      if (progress.state !== 'running') resolve(progress)
    })
  })
  await client.api.history.start({ id: randomUUID(), request: REQUEST })
  const { barsLoaded } = await end
  clearInterval(sampling)
  client.stop()
  market.stop()
  rmSync(folder, { recursive: true })
  return [
    {
      name: `storage process, ${(barsLoaded / 1_000_000).toFixed(1)} million bars loaded`,
      unit: 'MB resident',
      ours: most,
      budget: `${BUDGET_MB} MB`,
      kept: most <= BUDGET_MB,
    },
  ]
}

function residentMb(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1_024
}
