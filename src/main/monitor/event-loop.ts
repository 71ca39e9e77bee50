import { monitorEventLoopDelay } from 'node:perf_hooks'

/** How often the loop is probed; the histogram records the whole interval, so this much of each value is no delay. */
const RESOLUTION_MS = 10

/** How late this process's timers run, ms, since the last reading. */
export interface LoopDelay {
  read(): { readonly p50: number; readonly p99: number }
}

/** Watches the event loop of this process for as long as it lives; costs a timer every 10 ms. */
export function watchEventLoop(): LoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  histogram.enable()
  return {
    read() {
      const delays = { p50: delayAt(histogram, 50), p99: delayAt(histogram, 99) }
      histogram.reset()
      return delays
    },
  }
}

function delayAt(histogram: ReturnType<typeof monitorEventLoopDelay>, percentile: number): number {
  const elapsedMs = histogram.percentile(percentile) / 1e6
  return Math.max(0, Math.round((elapsedMs - RESOLUTION_MS) * 10) / 10)
}
