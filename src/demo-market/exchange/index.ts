/** The demo exchange: listings, current prices, trades, quotes and halts. */
export { SimExchange } from './demo-exchange.ts'
export { QuoteBoard, type SimQuote } from './quotes.ts'
export { quotesOf, tradesOf, type SimTrade } from './trades.ts'
