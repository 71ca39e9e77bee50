/**
 * Places a limit order far from the market, follows its updates, and cancels it. On paper unless
 * ALPACA_BASE_URL says otherwise. Usage: node place-order.ts AAPL
 */
import { randomUUID } from 'node:crypto'
import {
  AlpacaClient,
  alpacaConfig,
  AlpacaError,
  TradeUpdatesStream,
  type Order,
  type OrderRequest,
} from '../index.ts'

const config = alpacaConfig(process.env)
if (!config.isPaper) throw new Error('This example is for paper trading')
const client = new AlpacaClient(config)
const [symbol = 'AAPL'] = process.argv.slice(2)

const updates = new TradeUpdatesStream(config, {
  onMessage(message) {
    if (message.type === 'tradeUpdate') {
      console.log(`update: ${message.event}`)
      if (message.event === 'canceled') void updates.close()
    } else if (message.status === 'subscribed') {
      void trade()
    }
  },
})
updates.connect()

async function trade(): Promise<void> {
  const order = await place({
    symbol,
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    qty: '1',
    limitPrice: '1.00',
    clientOrderId: randomUUID(),
  })
  console.log(`order: ${order?.status ?? 'it never arrived'}`)
  if (order) await client.cancelOrder(order.id)
  else await updates.close()
}

/** Sends the order once. Without a clear answer it is looked up by its own id, not sent again. */
async function place(request: OrderRequest): Promise<Order | undefined> {
  try {
    return await client.placeOrder(request)
  } catch (cause) {
    if (cause instanceof AlpacaError && cause.outcome === 'unknown') {
      return await client.findOrderByClientId(request.clientOrderId)
    }
    throw cause
  }
}
