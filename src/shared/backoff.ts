/** How long to wait between tries: the first time, and at most. */
export interface Pace {
  readonly firstMs: number
  readonly longestMs: number
}

/** How long to wait after so many tries have failed in a row: twice as long each time, up to the longest. */
export const backoffMs = ({ firstMs, longestMs }: Pace, triesBefore: number): number =>
  Math.min(longestMs, firstMs * 2 ** triesBefore)
