/** Main's side of the storage process. What reaches the database without it is in direct.ts. */
export { BarWriter } from './bar-writer.ts'
export { runStorage, STORAGE_NODE_FLAGS, type StorageClient } from './client.ts'
export type { StorageApi } from './contract.ts'
export type { DatabaseProblem } from './database/index.ts'
export type { DailyCandle } from './daily-candles.ts'
export { storageLocation, type StorageLocation } from './location.ts'
export type { StorageConfig } from './messages.ts'
export type { StorageStatus } from './status.ts'
