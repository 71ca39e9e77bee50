/** Opening a database in either dialect, and its transactions. */
export { DatabaseAddressError, describeAddress, readDatabaseUrl } from './address.ts'
export type { Capabilities } from './capabilities.ts'
export { openDatabase, testDatabase, type DatabaseTrial } from './open.ts'
export type { PostgresOptions } from './postgres.ts'
export { DatabaseError, kindOf, mayPass, problemOf, type DatabaseProblem } from './problem.ts'
export { lockSymbol, reading, transact, type Database, type Reader, type Transaction } from './session.ts'
export { setAside } from './sqlite.ts'
export type { BarDays, StoredAmount, StoredTime, Tables } from './tables.ts'
