import type { LoadProgress } from '#shared/history'
import type { Clock } from '#process/clock'

/**
 * Ten times a second is as often as anybody can read, and a load of many small pages must not flood the other
 * side.
 */
const EVERY_MS = 100

/** Passes progress on at most ten times a second per load; the end of a load, or a pause, immediately. */
export function progressEmitter(
  emit: (progress: LoadProgress) => void,
  clock: Clock,
): (progress: LoadProgress) => void {
  const told = new Map<string, number>()
  const held = new Map<string, LoadProgress>()
  const flush = (id: string) => {
    const progress = held.get(id)
    if (progress === undefined) return
    held.delete(id)
    told.set(id, clock.now())
    emit(progress)
  }
  return (progress) => {
    const { id } = progress
    const isFirst = !held.has(id)
    held.set(id, progress)
    const waitMs = (told.get(id) ?? 0) + EVERY_MS - clock.now()
    if (progress.state !== 'running' || waitMs <= 0) flush(id)
    else if (isFirst) clock.after(waitMs, () => flush(id))
  }
}
