/**
 * Node flags to start the process with. What a quote leaves behind is garbage at once, but V8 lets garbage
 * grow with the machine's memory before it collects all of it: without these flags a market of 1,000 quotes/s
 * takes a third more (docs/feed-figures.md).
 */
export const DEMO_MARKET_NODE_FLAGS: readonly string[] = [
  '--max-semi-space-size=2',
  '--max-old-space-size=320',
]
