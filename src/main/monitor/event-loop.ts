import { monitorEventLoopDelay } from 'node:perf_hooks'

/**
 * How often the loop is probed; the histogram records the whole interval, so this much of each value is not
 * delay.
 */
const RESOLUTION_MS = 20

/** How late this process's timers run, ms, over the last two readings. */
export interface LoopDelay {
  read(): { readonly p50: number; readonly p99: number }
}

type Histogram = ReturnType<typeof monitorEventLoopDelay>

/**
 * Watches this process's event loop for as long as it lives. A histogram misses its first interval after a
 * reset, and with it whatever the reader does next; so there are two, read and reset alternately, and one is
 * always listening.
 */
export function watchEventLoop(): LoopDelay {
  let [older, younger] = [startHistogram(), startHistogram()]
  return {
    read() {
      const delays = { p50: delayAt(older, 50), p99: delayAt(older, 99) }
      older.reset()
      ;[older, younger] = [younger, older]
      return delays
    },
  }
}

function startHistogram(): Histogram {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  histogram.enable()
  return histogram
}

function delayAt(histogram: Histogram, percentile: number): number {
  const elapsedMs = histogram.percentile(percentile) / 1e6
  return Math.max(0, Math.round((elapsedMs - RESOLUTION_MS) * 10) / 10)
}
