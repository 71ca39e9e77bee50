/** Two presses within this time are meant, ms. */
const TWICE_WITHIN_MS = 1_500

/** Tells a press that follows another one at once from one that stands alone. */
export function createPressTwice(now: () => number): () => boolean {
  let pressedAt = -Infinity
  return () => {
    const at = now()
    const isSecond = at - pressedAt <= TWICE_WITHIN_MS
    pressedAt = isSecond ? -Infinity : at
    return isSecond
  }
}
