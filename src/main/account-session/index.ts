export { runDemoMarket } from './demo-process.ts'
export { AccountSession, type AccountSessionDeps } from './account-session.ts'
export { SessionManager } from './session-manager.ts'
