/** One-minute bars in the database, exact to the digit, and their daily summaries. */
export { dollars, readBar, readBarText, toBar, type BarRefusal, type StoredBar } from './bar.ts'
export { midnight } from './days.ts'
export { hasBars, readDays, type StoredDay } from './read-days.ts'
export { readBars, readBatches, readLastBars } from './read.ts'
export type { BarBatch } from './rows.ts'
export { writeBars } from './write.ts'
