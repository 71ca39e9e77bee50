export { runStorage, STORAGE_NODE_FLAGS, type StorageClient } from './client.ts'
export { LogProofs } from './log-proofs.ts'
export { ModeStorage, type ActionStore } from './mode-storage.ts'
