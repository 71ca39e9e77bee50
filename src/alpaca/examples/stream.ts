/** Prints three quotes of a symbol and disconnects. Usage: node stream.ts AAPL */
import { alpacaConfig, MarketDataStream } from '../index.ts'

const [symbol = 'AAPL'] = process.argv.slice(2)
let quotes = 0

const stream = new MarketDataStream(alpacaConfig(process.env), {
  onMessage(message, receivedAt) {
    switch (message.type) {
      case 'connection':
        console.log(`connection: ${message.status}`)
        if (message.problem) console.log(message.problem.message)
        break
      case 'quote':
        console.log(`${message.symbol} ${message.bid} / ${message.ask}, ${receivedAt - message.at} ms old`)
        if (++quotes === 3) void stream.close()
        break
      default:
        break // bars, trades and halts arrive here too, if subscribed
    }
  },
})

stream.subscribe({ quotes: [symbol], bars: [symbol], statuses: [symbol] })
stream.connect()
