/** Downloads missing history page by page, and continues wherever it was interrupted. */
export { estimateLoad } from './estimate.ts'
export type { LoadDeps } from './load-range.ts'
export { HistoricalLoader } from './loader.ts'
export { loadAll, loadBars } from './load-bars.ts'
export { readRefused, type RefusedBars } from './refused-bars.ts'
