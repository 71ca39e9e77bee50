/** What to do after the next frame, in its order. */
const waiting = new Set<() => void>()

/**
 * Does something right after the next frame has been drawn, so that figures do not wait for what goes with them. What is
 * asked for in the same frame is done together. Returns a function that calls it off.
 */
export function afterPaint(run: () => void): () => void {
  if (waiting.size === 0) requestAnimationFrame(() => setTimeout(runAll))
  waiting.add(run)
  return () => waiting.delete(run)
}

function runAll(): void {
  const runs = [...waiting]
  waiting.clear()
  for (const run of runs) run()
}
