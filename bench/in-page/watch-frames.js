/** Runs in the page for `forMs`: the time between frames, ms, and main's own p99 of its event-loop delay by the second. */
export async function watchFrames(/** @type {number} */ forMs) {
  /** @type {number[]} */ const frames = []
  /** @type {number[]} */ const delays = []
  const stop = window.signal?.monitor.statsChanged(({ eventLoopDelay }) => delays.push(eventLoopDelay.p99))
  const began = performance.now()
  for (let last = began; last < began + forMs;) {
    const now = await new Promise((resolve) => requestAnimationFrame(resolve))
    frames.push(now - last)
    last = now
  }
  stop?.()
  return { frames: frames.slice(10), delays: delays.slice(2) } // without the beginning
}
