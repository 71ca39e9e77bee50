/** How orders meet the market, and how fills change a position: pure, without the exchange around it. */
export { type Alarm, alarmOf, concerns } from './alarm.ts'
export { amount, averagePrice, lesser, QTY_PLACES, sharesFor, ZERO } from './exact.ts'
export { execution, type Execution } from './execution.ts'
export {
  collaredStop,
  farSide,
  limitOf,
  type Market,
  type Match,
  meet,
  type QueuePlace,
  reachesStop,
  trailed,
  trailedStop,
  waitsForStop,
  wanted,
} from './matching.ts'
export {
  isForAuction,
  isImmediate,
  isOpen,
  isPending,
  isTouched,
  leavesNotional,
  leavesQty,
  opposite,
  ORDER_CLASSES,
  ORDER_TYPES,
  POSITION_INTENTS,
  signOf,
  type SimOrder,
  simOrder,
  type SimOrderSide,
  TIMES_IN_FORCE,
} from './order.ts'
export { afterFill, FLAT, gainToday, type SimHolding } from './position.ts'
