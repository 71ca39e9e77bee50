/** What the events say: orders, holdings, cash and risk, folded. */
export {
  Books,
  type Applied,
  type BookedAccount,
  type BooksState,
  type FilledBefore,
  type LoggedEvent,
} from './account-state.ts'
export { readOrderEvent, type EventOf, type OrderEvent, type TradingEvent } from './event.ts'
export { onDay, type Holding } from './holding.ts'
export { applyOrderEvent, isClosed, NO_SHARES, stateOf, type LegOf, type OrderRecord } from './order.ts'
export { orderTerms, type OrderTerms } from './order-terms.ts'
export { readSnapshot, toSnapshot, type Snapshot } from './snapshot.ts'
export type { RiskBook } from './risk-state.ts'
