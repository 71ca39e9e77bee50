/** The demo exchange: what is listed, what it costs now, what has been traded, quoted and halted. */
export { SimExchange, type HaltInForce } from './demo-exchange.ts'
export { QuoteBoard, type SimQuote } from './quotes.ts'
export { quotesOf, tradesOf, type SimTrade } from './trades.ts'
