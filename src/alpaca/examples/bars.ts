/**
 * Reads the last five days of one-minute bars, page by page, and the current quote. Usage: node bars.ts AAPL
 * TSLA
 */
import { Decimal } from 'decimal.js'
import { AlpacaClient, alpacaConfig } from '../index.ts'

const client = new AlpacaClient(alpacaConfig(process.env))
const symbols = process.argv.length > 2 ? process.argv.slice(2) : ['AAPL']
const end = Date.now() - 16 * 60_000 // the free plan gives the consolidated tape up to 15 minutes ago
const start = end - 5 * 86_400_000

for await (const page of client.bars({ symbols, start, end })) {
  for (const [symbol, bars] of page.bars) {
    const last = bars.at(-1)
    if (last)
      console.log(`${symbol}: ${bars.length} bars, the last closed at ${new Decimal(last.close).toFixed()}`)
  }
  for (const { symbol, reason } of page.rejected) console.log(`${symbol}: a bar was left out, ${reason}`)
}

for (const [symbol, { bid, ask }] of await client.getLatestQuotes(symbols)) {
  console.log(`${symbol}: spread ${new Decimal(ask).minus(bid).toFixed()}`)
}
const { limit, remaining } = client.rateLimit
console.log(`${remaining} of ${limit} requests left in this minute`)
