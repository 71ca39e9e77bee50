/** Runs in the page: scrolls the grid down and up for `forMs`, 24 px a frame, and answers the time between frames, ms. */
export async function scrollFrames(/** @type {number} */ forMs) {
  const grid = document.querySelector('[role=grid]')
  if (!grid) throw new Error('there is no grid')
  const lowest = grid.scrollHeight - grid.clientHeight
  /** @type {number[]} */ const frames = []
  const began = performance.now()
  let [at, step] = [0, 24]
  for (let last = began; last < began + forMs;) {
    const now = await new Promise((resolve) => requestAnimationFrame(resolve))
    frames.push(now - last)
    last = now
    if (at + step < 0 || at + step > lowest) step = -step
    at += step
    grid.scrollTop = at
  }
  return frames.slice(10) // without the beginning
}
