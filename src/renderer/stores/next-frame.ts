/**
 * Gathers values until the next frame and hands over the newest of each key at once. Main already thins the stream
 * to one update a throttle interval; this only sees to it that a frame is never drawn twice.
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
    /** Hands in new values; what a key had waiting is replaced. */
    offer(values: Iterable<readonly [K, V]>): void {
      if (pending.size === 0) requestFrame(draw)
      for (const [key, value] of values) pending.set(key, value)
    },
    /** Forgets what waits, when the stream itself is another one. */
    clear(): void {
      pending = new Map()
    },
  }
}
