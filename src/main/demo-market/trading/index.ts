/** The account, and the stream of order updates. */
export { accountRoutes } from './account.ts'
export { serveTradeUpdates } from './trade-updates.ts'
