/** Orders that are never lost and never doubled: gateway, account state, safeguards, reconciliation. */
export type { TradingHandlers } from './handlers.ts'
export { ExecutionEngine } from './execution-engine.ts'
export { withoutTrading } from './without-trading.ts'
export { safetyState, type SafetyStore } from './safeguards/safety-state.ts'
export type { EventLog, MarketView, OrderNotice } from './deps.ts'
