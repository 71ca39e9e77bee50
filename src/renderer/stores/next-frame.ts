/**
 * Collects values until the next frame, then delivers the newest of each key together. Main already limits
 * the stream to one update per throttle interval; this only ensures that nothing is drawn twice in a frame.
 */
export function createNextFrame<K, V>(
  commit: (values: ReadonlyMap<K, V>) => void,
  requestFrame: (run: () => void) => void,
) {
  let pending = new Map<K, V>()

  const draw = () => {
    const due = pending
    pending = new Map()
    if (due.size > 0) commit(due)
  }

  return {
    /** Adds new values; they replace waiting ones of the same key. */
    offer(values: Iterable<readonly [K, V]>): void {
      if (pending.size === 0) requestFrame(draw)
      for (const [key, value] of values) pending.set(key, value)
    },
    /** Drops waiting values when the stream itself changes. */
    clear(): void {
      pending = new Map()
    },
  }
}
