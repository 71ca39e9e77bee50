/** Orders that are never lost and never doubled: gateway, books, risk, reconciliation. */
export type { TradingHandlers } from './handlers.ts'
export { ExecutionEngine } from './execution-engine.ts'
export { withoutTrading } from './without-trading.ts'
export type { EventLog, MarketView, OrderNotice } from './deps.ts'
