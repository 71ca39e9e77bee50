/**
 * What main needs from storage: the contract, the messages, and what both sides read. It imports no database
 * driver; direct.ts does.
 */
export { storageContract, type StorageApi } from './contract.ts'
export { actionRequests, askActions, FIRST_ACTION_DAY } from './corporate-actions/index.ts'
export type { DatabaseProblem } from './database/index.ts'
// oxlint-disable-next-line no-restricted-imports -- the index of events/ would bring the database drivers along
export { unpackEvent } from './events/packed.ts'
// oxlint-disable-next-line no-restricted-imports -- the index of events/ would bring the database drivers along
export { readPages } from './events/pages.ts'
export { storageLocation, type StorageLocation } from './location.ts'
export type { StorageChildMessage, StorageParentMessage, StorageConfig } from './messages.ts'
export type { StorageStatus } from './status.ts'
