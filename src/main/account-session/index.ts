export { runDemoMarket } from './demo-process.ts'
export { AccountSession } from './account-session.ts'
export type { AccountSessionDeps, SessionHandlers } from './session-context.ts'
export { SessionManager } from './session-manager.ts'
