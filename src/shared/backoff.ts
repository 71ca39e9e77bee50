/** How long to wait between tries: at first, and at most. */
export interface Pace {
  readonly firstMs: number
  readonly longestMs: number
}

/** How long to wait after that many failed tries in a row: twice as long each time, up to the longest. */
export const backoffMs = ({ firstMs, longestMs }: Pace, triesBefore: number): number =>
  Math.min(longestMs, firstMs * 2 ** triesBefore)
