export { runStorage, STORAGE_NODE_FLAGS, type StorageClient } from './client.ts'
export { ModeStorage, type ActionStore } from './mode-storage.ts'
