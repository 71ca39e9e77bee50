export { runDemoMarket } from './demo-process.ts'
export { AccountSession } from './account-session.ts'
export { openSafetyFile } from './safety-file.ts'
export { SessionManager } from './session-manager.ts'
