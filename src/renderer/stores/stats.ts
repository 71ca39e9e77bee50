import { create } from 'zustand'
import type { Anomaly, SystemStats } from '#shared/health'
import type { EpochMs } from '#shared/units'
import { now } from './clock.ts'
import { ask, signal } from './signal.ts'

interface Stats {
  /** Absent until main has reported them. */
  readonly stats?: SystemStats
  /** When main last reported; it does so once a second. */
  readonly heardAt: EpochMs
  /** Newest first, at most 100. */
  readonly anomalies: readonly Anomaly[]
}

const KEPT_ANOMALIES = 100

/** The numbers behind the stats panel and the status bar. Written by {@link followStats} alone. */
export const useStats = create<Stats>(() => ({ heardAt: now(), anomalies: [] }))

const take = (stats: SystemStats) => useStats.setState({ stats, heardAt: now() })

/** Asks for current values. On a fault, the next second's report fills in. */
export async function loadStats(): Promise<void> {
  const [stats, anomalies] = await Promise.all([
    ask(signal().monitor.stats()),
    ask(signal().monitor.anomalies()),
  ])
  if (stats.ok) take(stats.value)
  if (anomalies.ok) useStats.setState({ anomalies: anomalies.value })
}

/** Follows stats and anomalies; returns its stop. */
export function followStats(): () => void {
  const { monitor } = signal()
  const stops = [
    monitor.statsChanged(take),
    monitor.anomaly((anomaly) =>
      useStats.setState(({ anomalies }) => ({ anomalies: [anomaly, ...anomalies].slice(0, KEPT_ANOMALIES) })),
    ),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
