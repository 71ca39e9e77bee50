/** Downloads what is missing of the history, page by page, and goes on wherever it was broken off. */
export { estimateLoad } from './estimate.ts'
export type { LoadDeps } from './load-range.ts'
export { HistoricalLoader } from './loader.ts'
export { loadAll, loadBars } from './load-bars.ts'
export { readRefused, type RefusedBars } from './refused-bars.ts'
