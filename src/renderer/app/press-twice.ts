/** Two presses within this time are deliberate, ms. */
const TWICE_WITHIN_MS = 1_500

/** Detects a second press that quickly follows the first. */
export function createPressTwice(now: () => number): () => boolean {
  let pressedAt = -Infinity
  return () => {
    const at = now()
    const isSecond = at - pressedAt <= TWICE_WITHIN_MS
    pressedAt = isSecond ? -Infinity : at
    return isSecond
  }
}
