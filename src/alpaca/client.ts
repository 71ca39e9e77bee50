import * as z from 'zod'
import {
  account,
  fill,
  portfolioHistory,
  position,
  type Account,
  type Fill,
  type FillsRequest,
  type PortfolioHistory,
  type PortfolioHistoryRequest,
  type Position,
} from './account.ts'
import { AlpacaError } from './error.ts'
import { listing, type Listing } from './listing.ts'
import { MarketDataClient } from './market-data-client.ts'
import {
  bulkResults,
  order,
  toAlpacaChange,
  toAlpacaOrder,
  toAmount,
  type Amount,
  type BulkResult,
  type Order,
  type ReplaceRequest,
  type OrderRequest,
  type OrdersRequest,
} from './orders.ts'
import { pages } from './pages.ts'
import { toTime } from './time.ts'
import type { Call, CallOptions, Query } from './transport.ts'

/** Fills per page, Alpaca's maximum. */
const FILLS_PAGE = 100
/** Five million fills; more than a day trader makes in a lifetime. */
const MAX_FILLS_PAGES = 50_000

/**
 * Alpaca over REST. Every call throws {@link AlpacaError} when it fails, has a timeout, and takes a signal
 * that ends it. Calls that only read, and order cancels, are retried up to three times after a network fault,
 * HTTP 429 or 5xx. A call that creates or changes an order is sent once: without a clear answer, the error's
 * `outcome` is `unknown`, and {@link findOrderByClientId} shows what became of it.
 */
export class AlpacaClient extends MarketDataClient {
  /** The account that the keys belong to; also the cheapest way to test them. */
  async getAccount(options: CallOptions = {}): Promise<Account> {
    return this.transport.call(get('/v2/account'), account, options)
  }

  /** All positions; those that cannot be read are named. */
  async getPositions(options: CallOptions = {}): Promise<Listing<Position>> {
    return this.transport.call(get('/v2/positions'), listing(position), options)
  }

  /** A symbol's position; `not_found` if there is none. */
  async getPosition(symbol: string, options: CallOptions = {}): Promise<Position> {
    return this.transport.call(get(positionPath(symbol)), position, options)
  }

  /**
   * Closes a position, or the given shares or percentage of it, at the market. Returns the order that does
   * so. Not retried: check the orders if the outcome is unknown.
   */
  async closePosition(
    symbol: string,
    part: { readonly qty?: Amount; readonly percentage?: Amount } = {},
    options: CallOptions = {},
  ): Promise<Order> {
    const query = { qty: toAmount(part.qty), percentage: toAmount(part.percentage) }
    return this.transport.call({ ...change('DELETE', positionPath(symbol)), query }, order, options)
  }

  /** Closes all positions; each has its own result. With `cancelOrders`, open orders are canceled first. */
  async closeAllPositions(
    { cancelOrders }: { readonly cancelOrders: boolean },
    options: CallOptions = {},
  ): Promise<readonly BulkResult[]> {
    const call = { ...change('DELETE', '/v2/positions'), query: { cancel_orders: cancelOrders } }
    return this.transport.call(call, bulkResults, options)
  }

  /** The account's value over time. */
  async getPortfolioHistory(
    { period, timeframe, start, end, intradayReporting }: PortfolioHistoryRequest = {},
    options: CallOptions = {},
  ): Promise<PortfolioHistory> {
    const query = {
      period,
      timeframe,
      start: maybeTime(start),
      end: maybeTime(end),
      intraday_reporting: intradayReporting,
    }
    return this.transport.call(get('/v2/account/portfolio/history', query), portfolioHistory, options)
  }

  /** All fills in the requested time, page by page; those that cannot be read are named. */
  async *fills(
    { after, until, direction = 'desc' }: FillsRequest = {},
    options: CallOptions = {},
  ): AsyncGenerator<Listing<Fill>, void, undefined> {
    const filter = { after: maybeTime(after), until: maybeTime(until), direction, page_size: FILLS_PAGE }
    const walk = pages(MAX_FILLS_PAGES, async (pageToken) => {
      const query = { ...filter, activity_types: 'FILL', page_token: pageToken }
      const call = get('/v2/account/activities', query)
      return this.transport.call(call, fillsPage, options)
    })
    for await (const { page } of walk) yield page
  }

  /** All fills in the requested time, in one list. */
  async getFills(request: FillsRequest = {}, options: CallOptions = {}): Promise<Listing<Fill>> {
    const all: Listing<Fill>[] = []
    for await (const page of this.fills(request, options)) all.push(page)
    return { rows: all.flatMap(({ rows }) => rows), unreadable: all.flatMap(({ unreadable }) => unreadable) }
  }

  /** Matching orders, at most 500: continue with `beforeOrderId`. Those that cannot be read are named. */
  async listOrders(request: OrdersRequest = {}, options: CallOptions = {}): Promise<Listing<Order>> {
    const { status, limit, after, until, direction, nested, symbols, side } = request
    const query = {
      status,
      limit,
      after: maybeTime(after),
      until: maybeTime(until),
      direction,
      nested,
      symbols: symbols?.join(','),
      side,
      before_order_id: request.beforeOrderId,
      after_order_id: request.afterOrderId,
    }
    return this.transport.call(get('/v2/orders', query), listing(order), options)
  }

  /** One order with its legs; `not_found` if Alpaca has none with this id. */
  async getOrder(orderId: string, options: CallOptions = {}): Promise<Order> {
    return this.transport.call(get(orderPath(orderId), { nested: true }), order, options)
  }

  /** The order with this client_order_id, or undefined if Alpaca has none: then it never arrived. */
  async findOrderByClientId(clientOrderId: string, options: CallOptions = {}): Promise<Order | undefined> {
    const query = { client_order_id: clientOrderId }
    try {
      const call: Call = { ...get('/v2/orders:by_client_order_id', query), lane: 'orders' }
      return await this.transport.call(call, order, options)
    } catch (cause) {
      if (cause instanceof AlpacaError && cause.kind === 'not_found') return undefined
      throw cause
    }
  }

  /**
   * Sends an order, once. An answer means that it was accepted, not that it was filled. If the error's
   * `outcome` is `unknown`, it may have been accepted anyway: call {@link findOrderByClientId} before
   * anything else.
   */
  async placeOrder(request: OrderRequest, options: CallOptions = {}): Promise<Order> {
    return this.transport.call(
      { ...change('POST', '/v2/orders'), body: toAlpacaOrder(request) },
      order,
      options,
    )
  }

  /**
   * Requests other terms, once. Returns the replacement, which has a new id; the old order may still fill
   * first, and then the replacement is rejected.
   */
  async replaceOrder(orderId: string, terms: ReplaceRequest, options: CallOptions = {}): Promise<Order> {
    const call = { ...change('PATCH', orderPath(orderId)), body: toAlpacaChange(terms) }
    return this.transport.call(call, order, options)
  }

  /**
   * Requests a cancel; the order may still fill until it is `canceled`. Retried like a call that reads, so
   * `unprocessable` (no longer cancelable) can also mean that an earlier try succeeded.
   */
  async cancelOrder(orderId: string, options: CallOptions = {}): Promise<void> {
    const call = { ...change('DELETE', orderPath(orderId)), repeatable: true }
    await this.transport.call(call, z.unknown(), options)
  }

  /** Requests to cancel every open order; each has its own result. */
  async cancelAllOrders(options: CallOptions = {}): Promise<readonly BulkResult[]> {
    return this.transport.call(change('DELETE', '/v2/orders'), bulkResults, options)
  }
}

/** A page of fills. The next one begins after the id of its last row, whether that can be read or not. */
const fillsPage = z.array(z.unknown()).transform((rows) => ({
  page: listing(fill).parse(rows),
  nextPageToken:
    rows.length < FILLS_PAGE ? undefined : z.object({ id: z.string() }).safeParse(rows.at(-1)).data?.id,
}))

const get = (path: string, query: Query = {}): Call => ({ host: 'trading', method: 'GET', path, query })

/** A call that creates, changes or cancels an order, which goes before everything else. */
const change = (method: 'POST' | 'PATCH' | 'DELETE', path: string): Call => ({
  host: 'trading',
  method,
  path,
  lane: 'orders',
})

const orderPath = (orderId: string): string => `/v2/orders/${encodeURIComponent(orderId)}`
const positionPath = (symbol: string): string => `/v2/positions/${encodeURIComponent(symbol)}`
const maybeTime = (at: number | undefined): string | undefined => (at === undefined ? undefined : toTime(at))
