export { DEMO_MARKET_NODE_FLAGS } from './demo-flags.ts'
export { runDemoMarket } from './demo-process.ts'
export { AccountSession } from './account-session.ts'
export { SessionManager } from './session-manager.ts'
