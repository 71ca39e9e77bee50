import type { EpochMs } from '#shared/units'

/** What a painter needs of the world. */
export interface PainterPorts<K, V> {
  /** Shows these values, all in one frame. */
  readonly commit: (values: ReadonlyMap<K, V>) => void
  /** Least time between two paintings of a key, ms. */
  readonly intervalOf: (key: K) => number
  readonly now: () => EpochMs
  /** Runs in the first frame after `delayMs`. */
  readonly schedule: (delayMs: number, run: () => void) => void
}

/** Repaints that had to wait fall on multiples of this, so that neighbours share a frame, ms. */
const SLOT_MS = 50

/**
 * Thins a stream of values for the eye: a value that comes after a pause is shown in the next frame, one that
 * follows too soon waits its turn, and of those that wait only the newest is shown.
 */
export function createPainter<K, V>({ commit, intervalOf, now, schedule }: PainterPorts<K, V>) {
  const pending = new Map<K, V>()
  const paintedAt = new Map<K, EpochMs>()
  let scheduledFor = Infinity

  const dueAt = (key: K): EpochMs => {
    const last = paintedAt.get(key)
    if (last === undefined) return 0
    return Math.ceil((last + intervalOf(key)) / SLOT_MS) * SLOT_MS
  }

  const plan = () => {
    const next = Math.min(...[...pending.keys()].map(dueAt))
    if (next >= scheduledFor) return
    scheduledFor = next
    schedule(Math.max(0, next - now()), paint)
  }

  const paint = () => {
    scheduledFor = Infinity
    const at = now()
    const due = new Map([...pending].filter(([key]) => dueAt(key) <= at))
    for (const key of due.keys()) {
      pending.delete(key)
      paintedAt.set(key, at)
    }
    if (due.size > 0) commit(due)
    if (pending.size > 0) plan()
  }

  return {
    /** Hands in new values; what a key had waiting is replaced. */
    offer(values: Iterable<readonly [K, V]>): void {
      for (const [key, value] of values) pending.set(key, value)
      if (pending.size > 0) plan()
    },
    /** Forgets what waits and what was painted, when the stream itself is another one. */
    clear(): void {
      pending.clear()
      paintedAt.clear()
    },
  }
}
