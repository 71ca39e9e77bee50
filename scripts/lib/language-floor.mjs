/**
 * The oldest runtime that Signal starts on, which is the stand-in's (docs/decisions/runtime.md). Main, preload and
 * windows are built for it, and lint rejects what it lacks and the compiler's library does not already leave out.
 */
export const LANGUAGE_FLOOR = {
  node: 'node20.18',
  chromium: 'chrome130',
  /** Came with Node 22. */
  missing: [
    { object: 'Promise', property: 'withResolvers' },
    { object: 'Array', property: 'fromAsync' },
    { object: 'Promise', property: 'try' },
  ],
}
