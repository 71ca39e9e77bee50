/** The fields of a column needed for fitting. */
interface Fitting {
  readonly width: number
  readonly rank: number
}

/**
 * The columns that fit in `width` px, in their order. The highest rank is dropped first; rank 0 always stays,
 * and the grid then scrolls sideways.
 */
export function columnsThatFit<C extends Fitting>(columns: readonly C[], width: number): readonly C[] {
  let kept = columns
  while (kept.reduce((sum, column) => sum + column.width, 0) > width) {
    const last = Math.max(...kept.map(({ rank }) => rank))
    if (last <= 0) break
    kept = kept.filter(({ rank }) => rank !== last)
  }
  return kept
}
