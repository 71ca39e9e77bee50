/** Direct access to the database, for commands and tests, which run without the storage process. */
export { refreshCalendar, checkCoverage, readCalendar } from './coverage/index.ts'
export {
  DatabaseAddressError,
  DatabaseError,
  openDatabase,
  reading,
  type Database,
} from './database/index.ts'
export { proveLog } from './events/index.ts'
export { HistoricalLoader, loadAll, loadBars, type LoadDeps } from './loader/index.ts'
export { storageLocation, type StorageLocation } from './location.ts'
export { describeReport, verifyAll, verifySymbol } from './verifier/index.ts'
