/** The account state, folded from events: orders, holdings, cash and risk. */
export { AccountState, type Applied, type FilledBefore } from './account-state.ts'
export { MAX_EXECUTIONS, readOrderEvent, type EventOf, type OrderEvent, type TradingEvent } from './event.ts'
export { onDay, type Holding } from './holding.ts'
export { applyOrderEvent, NO_SHARES, stateOf, type LegOf, type OrderRecord } from './order.ts'
export { orderTerms, type OrderTerms } from './order-terms.ts'
export type { RiskState } from './risk-state.ts'
export { hashOfSnapshot, readSnapshot, toSnapshot, type AccountStateSnapshot } from './snapshot.ts'
export { fillsOf, sharesIn } from './traded-holding.ts'
