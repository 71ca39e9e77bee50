import { safeStorage } from 'electron'
import type { Encryption } from '../settings/index.ts'

/** The system's keyring. On Linux, Electron may fall back to a fixed password, which is not encryption. */
export function systemEncryption(): Encryption {
  const backend =
    process.platform === 'linux' && 'getSelectedStorageBackend' in safeStorage
      ? safeStorage.getSelectedStorageBackend()
      : undefined
  return {
    available: safeStorage.isEncryptionAvailable() && backend !== 'basic_text',
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (data) => safeStorage.decryptString(data),
  }
}
