import { createRequire } from 'node:module'
import { DEFAULT_SYMBOLS } from '../../src/shared/settings.ts'

/**
 * Alpaca's own SDK as a client of the stream, which passes each quote to a callback that counts it. It is
 * loaded only when measured, so that no other bench has it in memory.
 */
export async function loadAlpacaSdk() {
  const { Alpaca } = await import('@alpacahq/alpaca-trade-api')
  const { version } = createRequire(import.meta.url)('@alpacahq/alpaca-trade-api/package.json') as {
    version: string
  }
  const connect = (url: string) => {
    const client = new Alpaca({ keyId: 'BENCH', secret: 'bench', paper: true })
    const stream = client.marketData.stockStream({ url: `${url}/v2/iex` })
    let quotes = 0
    stream.onQuote(() => quotes++)
    stream.subscribeForQuotes([...DEFAULT_SYMBOLS])
    stream.connect()
    return { count: () => quotes, stop: () => stream.disconnect() }
  }
  return { version, connect }
}
