export { openAnchorStore, readAnchors, type AnchorStore } from './anchor-store.ts'
export { childEnvironment } from './child-environment.ts'
export { demoAddressIn, foreignHostsIn } from './alpaca-variables.ts'
export { lastVersion, takeOverData, whyDataTooNew } from './data-version.ts'
export { appDataFolder, defaultDataFolder, type DataFolder } from './default-data-folder.ts'
export { whyUnwritable } from './data-folder.ts'
export {
  readEnvironment,
  readSystemEnvironment,
  removeTlsOverride,
  systemEnvironment,
  type Environment,
} from './environment.ts'
export { savedDatabase } from './saved-database.ts'
export { settingsHandlers } from './handlers.ts'
export { putAside, readJsonFile, writeJsonFile } from './json-file.ts'
export { openSettings, type SettingsStore } from './store.ts'
export type { Encryption } from './credential-store.ts'
