/** The trading half of the demo market: account, orders, their matching and their updates. */
export { DemoTrading } from './demo-trading.ts'
export type { DemoOrder } from './order.ts'
