/** The trading half of the demo market: account, orders, their matching and their updates. */
export { SimTrading } from './demo-trading.ts'
export type { SimOrder } from '../matching/index.ts'
