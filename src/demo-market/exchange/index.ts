/** The demo exchange: what is listed, what it costs now, what has been traded, quoted and halted. */
export { DemoExchange, type HaltInForce } from './demo-exchange.ts'
export { QuoteBoard, type DemoQuote } from './quotes.ts'
export { quotesOf, tradesOf, type DemoTrade } from './trades.ts'
