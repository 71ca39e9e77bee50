import { expect } from 'vitest'
import {
  alpacaConfig,
  AlpacaClient,
  AlpacaError,
  TradeUpdatesStream,
  type Order,
  type OrderRequest,
  type TradeUpdateMessage,
} from '#alpaca'
import type { DemoMarket } from '../../src/demo-market/index.ts'
import { Inbox } from './inbox.ts'

/** A trader at a demo market who uses our own library and receives the order updates. */
export class DemoTrader {
  readonly client: AlpacaClient
  readonly updates = new Inbox<TradeUpdateMessage>()
  /** One entry each time the stream is up again after a break. */
  readonly repairs = new Inbox<true>()
  readonly #stream: TradeUpdatesStream
  #orders = 0

  private constructor(market: DemoMarket) {
    const config = alpacaConfig(market.environment)
    this.client = new AlpacaClient(config)
    this.#stream = new TradeUpdatesStream(
      config,
      {
        onMessage: (message) => message.type === 'tradeUpdate' && this.updates.add(message),
        onReconnected: () => this.repairs.add(true),
      },
      { timing: { firstMs: 2, maxMs: 20, refusedMs: 10 } },
    )
  }

  static async at(market: DemoMarket): Promise<DemoTrader> {
    const trader = new DemoTrader(market)
    trader.#stream.connect()
    await expect.poll(() => trader.#stream.status).toBe('subscribed')
    return trader
  }

  async leave(): Promise<void> {
    await this.#stream.close()
  }

  /** Sends an order: ten shares of AAPL at the market unless the terms differ. */
  async place(terms: Partial<OrderRequest> = {}): Promise<Order> {
    return this.client.placeOrder({
      symbol: 'AAPL',
      side: 'buy',
      type: 'market',
      timeInForce: 'day',
      ...(terms.notional === undefined && { qty: '10' }),
      clientOrderId: `order-${++this.#orders}`,
      ...terms,
    })
  }

  /** Waits for the order to be in that state. */
  async order(id: string, status: string): Promise<Order> {
    await expect.poll(async () => (await this.client.getOrder(id)).status).toBe(status)
    return this.client.getOrder(id)
  }

  /** Sends an order and waits until it is filled. */
  async fill(terms: Partial<OrderRequest> = {}): Promise<Order> {
    return this.order((await this.place(terms)).id, 'filled')
  }

  /** The error with which an order is refused. */
  async refusal(terms: Partial<OrderRequest>): Promise<AlpacaError> {
    return refusalOf(this.place(terms))
  }

  /** The updates of an order so far, in order of arrival. */
  events(id: string): readonly string[] {
    return this.updates.items.filter(({ order }) => order.id === id).map(({ event }) => event)
  }

  /** The first update of that kind for the order. */
  async reported(id: string, event: string): Promise<TradeUpdateMessage> {
    return this.updates.until((update) => update.order.id === id && update.event === event)
  }
}

/** The AlpacaError with which a call fails. */
export async function refusalOf(call: Promise<unknown>): Promise<AlpacaError> {
  const outcome = await call.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  if (!(outcome instanceof AlpacaError)) throw new Error(`was not refused: ${String(outcome)}`)
  return outcome
}
