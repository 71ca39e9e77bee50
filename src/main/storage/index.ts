/** Bars, events and their history in the database. Main reaches it through the storage process, the commands directly. */
export { refreshCalendar, checkCoverage, readCalendar } from './coverage/index.ts'
export {
  DatabaseAddressError,
  DatabaseError,
  describeAddress,
  openDatabase,
  readDatabaseUrl,
  reading,
  type Database,
} from './database/index.ts'
export { verifyEvents, type LogVerdict } from './events/index.ts'
export { HistoricalLoader, loadAll, loadBars, type LoadPorts } from './loader/index.ts'
export { storageLocation, type StorageLocation } from './location.ts'
export { describeReport, verifyAll, verifySymbol } from './verifier/index.ts'
export { BarWriter } from './bar-writer.ts'
export { runStorage, STORAGE_NODE_FLAGS, type StorageClient } from './client.ts'
export type { StorageApi } from './contract.ts'
export type { DailyCandle } from './daily-candles.ts'
export type { StorageConfig } from './messages.ts'
export type { StorageStatus } from './status.ts'
export type { CopyProgress, CopyResult } from './copy-database.ts'
