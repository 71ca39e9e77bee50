import { inspect } from 'node:util'
import { Decimal } from 'decimal.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AlpacaClient, alpacaConfig, AlpacaError, type ClientOptions } from '#alpaca'
import { AlpacaServer, type Reply } from '../support/alpaca-server.ts'

let server: AlpacaServer
let client: AlpacaClient

/** A client with short timeouts, so that no test waits long. */
const connect = (options: ClientOptions = {}): AlpacaClient =>
  new AlpacaClient(alpacaConfig(server.environment), { timeoutMs: 2_000, firstRetryMs: 1, ...options })

beforeEach(async () => {
  server = await AlpacaServer.start()
  client = connect()
})
afterEach(async () => server.close())

const failureOf = async (call: Promise<unknown>): Promise<AlpacaError> => {
  const failure: unknown = await call.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  if (failure instanceof AlpacaError) return failure
  throw new Error('the call did not fail as expected', { cause: failure })
}

const ACCOUNT = { id: 'a3b1', account_number: 'PA3DEMO00001', status: 'ACTIVE', equity: '100734.17' }
const ORDER = {
  id: 'order-1',
  client_order_id: 'sig-1',
  symbol: 'KLMN',
  side: 'buy',
  type: 'limit',
  time_in_force: 'day',
  status: 'new',
  qty: '10',
  filled_qty: '0',
  limit_price: '48.05',
}
const REQUEST = {
  symbol: 'KLMN',
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  qty: '10',
  limitPrice: new Decimal('48.05'),
  clientOrderId: 'sig-1',
} as const

describe('a failure', () => {
  test.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [422, 'unprocessable'],
    [429, 'rate_limited'],
    [500, 'server_error'],
    [503, 'server_error'],
  ])('with HTTP %i is %s', async (status, kind) => {
    server.answer('GET /v2/account', { status, body: { code: 40310000, message: 'no' } })
    expect(await failureOf(client.getAccount())).toMatchObject({
      kind,
      status,
      code: 40310000,
      message: 'no',
      requestId: 'req-1',
      outcome: 'not_done',
    })
  })

  test('brings the other fields of the body, such as the buying power', async () => {
    const body = {
      code: 40310000,
      message: 'insufficient buying power',
      buying_power: '120.5',
      cost_basis: '4810',
    }
    server.answer('POST /v2/orders', { status: 403, body })
    const failure = await failureOf(client.placeOrder(REQUEST))
    expect(failure).toMatchObject({ kind: 'forbidden', outcome: 'not_done' })
    expect(failure.extra).toEqual({ buying_power: '120.5', cost_basis: '4810' })
  })

  test.each(['<html>Bad gateway</html>', '', '[1]', '"no"'])(
    'with the body %j still has its kind',
    async (body) => {
      server.answer('GET /v2/account', { status: 502, body })
      expect(await failureOf(client.getAccount())).toMatchObject({
        kind: 'server_error',
        message: 'HTTP 502',
      })
    },
  )

  test('never contains the keys, even if the server repeats them', async () => {
    const { ALPACA_API_KEY: key = '' } = server.environment
    const secret = String.raw`sesame"\1234`
    client = new AlpacaClient(alpacaConfig({ ...server.environment, ALPACA_API_SECRET: secret }))
    server.answer('GET /v2/account', ({ headers }) => ({
      status: 400,
      body: { message: headers['apca-api-secret-key'], headers },
    }))
    const failure = await failureOf(client.getAccount())
    expect(failure.message).toContain('[redacted]')
    for (const text of [
      inspect(failure, { depth: 9, showHidden: true }),
      JSON.stringify(failure),
      failure.stack,
    ]) {
      expect(text).not.toContain('sesame')
      expect(text).not.toContain(key)
    }
    for (const text of [inspect(client, { depth: 9, showHidden: true }), JSON.stringify(client)]) {
      expect(text).not.toContain('sesame')
    }
  })
})

test('an error has the keys in no encoding, not even in a field or the id of the request, and is short', async () => {
  const { ALPACA_API_SECRET: secret = '' } = server.environment
  const base64 = Buffer.from(`x:${secret}`).toString('base64')
  server.answer('GET /v2/account', {
    status: 400,
    headers: { 'X-Request-ID': Buffer.from(secret).toString('hex') },
    body: { message: `${base64} ${'long '.repeat(1_000)}`, echo: encodeURIComponent(secret).toUpperCase() },
  })
  const failure = await failureOf(client.getAccount())
  expect(failure.message).toMatch(/^.{0,3}\[redacted\]/)
  expect(failure.message.length).toBeLessThan(500)
  expect(failure.extra).toEqual({ echo: '[redacted]' })
  expect(failure.requestId).toMatch(/^(req-1, )?\[redacted\]$/)
})

test('what a server repeats of the keys in an answer that succeeds is in no name of a row, no result and no log line', async () => {
  const { ALPACA_API_SECRET: secret = '' } = server.environment
  const lines: object[] = []
  const write = (facts: unknown) => void lines.push(Object(facts))
  const log = { debug: write, info: write, warn: write, error: write }
  client = new AlpacaClient(alpacaConfig(server.environment), { log })
  server.answer('GET /v2/positions', { body: [{ symbol: secret }] })
  server.answer('DELETE /v2/orders', {
    status: 207,
    body: [{ id: 'a3b1', status: 500, body: { message: `no ${encodeURIComponent(secret)}` } }],
  })
  server.answer('GET /v2/stocks/bars', {
    body: { bars: { [secret]: [{ t: 'never' }] }, next_page_token: null },
  })
  expect((await client.getPositions()).unreadable).toMatchObject([{ of: '[redacted]' }])
  expect(await client.cancelAllOrders()).toMatchObject([{ message: 'no [redacted]' }])
  await client.getBars({ symbols: ['KLMN'], ...RANGE })
  expect(lines).toMatchObject([{ what: expect.stringMatching(/^bar of \[redacted\]: /) }])
})

test('the body of a failed answer that is far too long is not read', async () => {
  server.answer('GET /v2/account', { status: 400, body: { message: 'no', more: 'x'.repeat(200_000) } })
  expect(await failureOf(client.getAccount())).toMatchObject({ message: 'HTTP 400', extra: {} })
})

describe('an invalid answer', () => {
  test.each<[string, Reply]>([
    ['is not JSON', { body: '<html>' }],
    ['is cut JSON', { body: '{"id":"a3b1","sta' }],
    ['is empty', {}],
    ['lacks what is needed', { body: { id: 'a3b1' } }],
    ['has a wrong type in it', { body: { ...ACCOUNT, status: 7 } }],
    ['is of another kind', { body: [] }],
  ])('is an invalid response: it %s', async (_what, reply) => {
    server.answer('GET /v2/account', reply)
    expect(await failureOf(client.getAccount())).toMatchObject({
      kind: 'invalid_response',
      requestId: 'req-1',
    })
    expect(server.calls.items).toHaveLength(1)
  })

  test('names the field that is wrong', async () => {
    server.answer('GET /v2/account', { body: { ...ACCOUNT, status: 7 } })
    expect((await failureOf(client.getAccount())).message).toContain('status')
  })

  test('to an order leaves open whether it was accepted', async () => {
    server.answer('POST /v2/orders', { body: 'accepted!' })
    expect(await failureOf(client.placeOrder(REQUEST))).toMatchObject({
      kind: 'invalid_response',
      outcome: 'unknown',
    })
  })
})

test('a redirect is not followed, because the keys would go along', async () => {
  const elsewhere = await AlpacaServer.start()
  const location = `${elsewhere.environment['ALPACA_BASE_URL']}/v2/account`
  server.answer('GET /v2/account', { status: 307, headers: { location } })
  expect(await failureOf(client.getAccount())).toMatchObject({ kind: 'invalid_response', status: 307 })
  expect(elsewhere.calls.items).toEqual([])
  await elsewhere.close()
})

describe('a connection', () => {
  test('that is cut before the answer is retried', async () => {
    server.answer('GET /v2/account', { cut: 'before' }, { cut: 'before' }, { body: ACCOUNT })
    expect(await client.getAccount()).toMatchObject({ status: 'ACTIVE' })
    expect(server.calls.items).toHaveLength(3)
  })

  test('that is cut inside the body is retried', async () => {
    server.answer('GET /v2/account', { body: ACCOUNT, cut: 'within' }, { body: ACCOUNT })
    expect(await client.getAccount()).toMatchObject({ status: 'ACTIVE' })
  })

  test('that keeps breaking is a network failure after four tries', async () => {
    server.answer('GET /v2/account', { cut: 'before' })
    expect(await failureOf(client.getAccount())).toMatchObject({ kind: 'network', outcome: 'not_done' })
    expect(server.calls.items).toHaveLength(4)
  })

  test.each(['before', 'within'] as const)(
    'that breaks %s the answer to an order leaves its outcome open, and the order is sent once',
    async (cut) => {
      server.answer('POST /v2/orders', { body: ORDER, cut })
      expect(await failureOf(client.placeOrder(REQUEST))).toMatchObject({
        kind: 'network',
        outcome: 'unknown',
      })
      expect(server.calls.items).toHaveLength(1)
    },
  )

  test('that is refused sent nothing: the order is not done', async () => {
    await server.close()
    const failure = await failureOf(client.placeOrder(REQUEST))
    expect(failure).toMatchObject({ kind: 'network', outcome: 'not_done' })
    expect(failure.message).toContain('ECONNREFUSED')
  })
})

describe('a server that does not answer', () => {
  test.each(['before', 'within'] as const)('is given up on time (%s the answer)', async (stall) => {
    server.answer('GET /v2/account', { body: ACCOUNT, stall })
    const impatient = connect({ timeoutMs: 40 })
    expect(await failureOf(impatient.getAccount())).toMatchObject({ kind: 'timeout', outcome: 'not_done' })
    expect(server.calls.items).toHaveLength(1)
  })

  test('leaves the outcome of an order open', async () => {
    server.answer('POST /v2/orders', { stall: 'before' })
    const impatient = connect({ timeoutMs: 40 })
    expect(await failureOf(impatient.placeOrder(REQUEST))).toMatchObject({
      kind: 'timeout',
      outcome: 'unknown',
    })
  })

  test.each(['before', 'within'] as const)('can be aborted at any time (%s the answer)', async (stall) => {
    server.answer('POST /v2/orders', { body: ORDER, stall })
    const controller = new AbortController()
    const call = failureOf(client.placeOrder(REQUEST, { signal: controller.signal }))
    await server.calls.count(1)
    controller.abort()
    expect(await call).toMatchObject({ kind: 'aborted', outcome: 'unknown' })
  })

  test('is never contacted by a call that was already aborted', async () => {
    const call = client.placeOrder(REQUEST, { signal: AbortSignal.abort() })
    expect(await failureOf(call)).toMatchObject({ kind: 'aborted', outcome: 'not_done' })
    expect(server.calls.items).toEqual([])
  })
})

describe('too many requests', () => {
  test.each([{}, { 'retry-after': '0' }, { 'retry-after': '1e9' }, { 'retry-after': '-7' }])(
    'are retried (%j)',
    async (headers) => {
      server.answer('GET /v2/account', { status: 429, headers }, { body: ACCOUNT })
      expect(await client.getAccount()).toMatchObject({ status: 'ACTIVE' })
    },
  )

  test('are given up after four tries', async () => {
    server.answer('GET /v2/account', { status: 429, body: { message: 'rate limit exceeded' } })
    expect(await failureOf(client.getAccount())).toMatchObject({ kind: 'rate_limited' })
    expect(server.calls.items).toHaveLength(4)
  })

  test("are avoided: the account's limit is read from every answer", async () => {
    const reset = String(Math.floor(Date.now() / 1_000) + 30)
    const headers = {
      'x-ratelimit-limit': '1000',
      'x-ratelimit-remaining': '400',
      'x-ratelimit-reset': reset,
    }
    server.answer('GET /v2/account', { body: ACCOUNT, headers })
    await client.getAccount()
    expect(client.rateLimits.trading).toMatchObject({ limit: 1_000, remaining: 400 })
    expect(client.rateLimits.data).toMatchObject({ limit: 200, remaining: 200 })
    expect(client.rateLimit).toMatchObject({ limit: 200, remaining: 200 })
  })
})

const bar = (minute: number, close: number) => ({
  t: new Date(Date.parse('2026-11-20T14:30:00Z') + minute * 60_000).toISOString(),
  o: close,
  h: close,
  l: close,
  c: close,
  v: 100,
})
const RANGE = { start: Date.parse('2026-11-20T14:30:00Z'), end: Date.parse('2026-11-20T21:00:00Z') }

describe('historical bars', () => {
  test('span as many pages as there are, and a symbol split over two is joined', async () => {
    server.answer(
      'GET /v2/stocks/bars',
      { body: { bars: { KLMN: [bar(0, 1), bar(1, 2)] }, next_page_token: 'a' } },
      { body: { bars: {}, next_page_token: 'b' } },
      { body: { bars: { KLMN: [bar(2, 3)], QRS: [bar(0, 9)] }, next_page_token: null } },
    )
    const bars = await client.getBars({ symbols: ['KLMN', 'QRS'], ...RANGE })
    expect(bars.get('KLMN')?.map(({ close }) => close)).toEqual([1, 2, 3])
    expect(bars.get('QRS')?.map(({ close }) => close)).toEqual([9])
    expect(server.calls.items.map(({ query }) => query['page_token'])).toEqual([undefined, 'a', 'b'])
    expect(server.calls.items[2]?.query).toMatchObject({
      symbols: 'KLMN,QRS',
      timeframe: '1Min',
      start: '2026-11-20T14:30:00.000Z',
      end: '2026-11-20T21:00:00.000Z',
      limit: '10000',
    })
    expect(server.calls.items[0]?.headers).toMatchObject({
      'apca-api-key-id': server.environment['ALPACA_API_KEY'],
      'apca-api-secret-key': server.environment['ALPACA_API_SECRET'],
    })
  })

  test('come one page at a time, each with its number and the bars it skipped', async () => {
    server.answer(
      'GET /v2/stocks/bars',
      { body: { bars: { KLMN: [bar(0, 1), bar(1, -2)] }, next_page_token: 'a' } },
      { body: { bars: { KLMN: [bar(2, 3)] }, next_page_token: null } },
    )
    const seen = []
    for await (const page of client.bars({ symbols: ['KLMN'], ...RANGE })) {
      seen.push({
        request: page.requestCount,
        bars: page.bars.get('KLMN')?.length,
        rejected: page.rejected.length,
      })
    }
    expect(seen).toEqual([
      { request: 1, bars: 1, rejected: 1 },
      { request: 2, bars: 1, rejected: 0 },
    ])
  })

  test('end with an error when a page token repeats', async () => {
    server.answer('GET /v2/stocks/bars', { body: { bars: { KLMN: [bar(0, 1)] }, next_page_token: 'again' } })
    const failure = await failureOf(client.getBars({ symbols: ['KLMN'], ...RANGE }))
    expect(failure).toMatchObject({ kind: 'invalid_response' })
    expect(server.calls.items).toHaveLength(2)
  })

  test('end with an error, not cut off, when the pages never end', async () => {
    let page = 0
    server.answer('GET /v2/stocks/bars', () => ({ body: { bars: {}, next_page_token: `t${page++}` } }))
    expect(await failureOf(client.getBars({ symbols: ['KLMN'], ...RANGE }))).toMatchObject({
      kind: 'invalid_response',
    })
    expect(page).toBeLessThan(20)
  })

  test('stop halfway when they are aborted', async () => {
    server.answer(
      'GET /v2/stocks/bars',
      { body: { bars: { KLMN: [bar(0, 1)] }, next_page_token: 'a' } },
      { stall: 'before' },
    )
    const controller = new AbortController()
    const call = failureOf(client.getBars({ symbols: ['KLMN'], ...RANGE }, { signal: controller.signal }))
    await server.calls.count(2)
    controller.abort()
    expect(await call).toMatchObject({ kind: 'aborted' })
  })

  test('of no symbols are none, without a request', async () => {
    expect((await client.getBars({ symbols: [], ...RANGE })).size).toBe(0)
    expect((await client.getLatestQuotes([])).size).toBe(0)
    expect((await client.getSnapshots([])).size).toBe(0)
    expect(server.calls.items).toEqual([])
  })
})

const QUOTE = { t: '2026-11-20T20:59:59.9Z', ap: 48.2, as: 100, bp: 48, bs: 200 }
const TRADE = { t: '2026-11-20T20:59:58.4412Z', x: 'V', p: 48.1, s: 100, c: ['@'], i: 9012 }

describe('the latest', () => {
  test('bar, quote and trade of a symbol come from the configured feed', async () => {
    server.answer('GET /v2/stocks/bars/latest', { body: { bars: { KLMN: bar(0, 48.1) } } })
    server.answer('GET /v2/stocks/quotes/latest', { body: { quotes: { KLMN: QUOTE } } })
    server.answer('GET /v2/stocks/trades/latest', { body: { trades: { KLMN: TRADE } } })
    expect(await client.getLatestBar('KLMN')).toMatchObject({ type: 'bar', symbol: 'KLMN', close: 48.1 })
    expect(await client.getLatestQuote('KLMN')).toMatchObject({ type: 'quote', bid: 48, ask: 48.2 })
    expect(await client.getLatestTrade('KLMN', { feed: 'delayed_sip' })).toMatchObject({
      type: 'trade',
      id: '9012',
    })
    expect(server.calls.items.map(({ query }) => query['feed'])).toEqual(['iex', 'iex', 'delayed_sip'])
  })

  test('of an unknown symbol is not found', async () => {
    server.answer('GET /v2/stocks/quotes/latest', { body: { quotes: {} } })
    expect(await failureOf(client.getLatestQuote('NOPE'))).toMatchObject({ kind: 'not_found' })
  })

  test('quotes skip the invalid one', async () => {
    server.answer('GET /v2/stocks/quotes/latest', {
      body: { quotes: { KLMN: QUOTE, QRS: { ...QUOTE, ap: null } } },
    })
    expect([...(await client.getLatestQuotes(['KLMN', 'QRS'])).keys()]).toEqual(['KLMN'])
  })

  test('snapshots contain all of it; on the test feed the plan decides which feed is used', async () => {
    server.answer('GET /v2/stocks/snapshots', { body: { KLMN: { latestQuote: QUOTE, latestTrade: TRADE } } })
    const wsUrl = server.environment['ALPACA_WS_URL']?.replace('iex', 'test')
    const onTestFeed = new AlpacaClient(alpacaConfig({ ...server.environment, ALPACA_WS_URL: wsUrl }))
    expect(await onTestFeed.getSnapshot('KLMN')).toMatchObject({
      latestQuote: { bid: 48 },
      latestTrade: { price: 48.1 },
    })
    expect(server.calls.items[0]?.query).toEqual({ symbols: 'KLMN' })
  })
})

describe('reference data', () => {
  test('calendar and clock tell when the exchange is open', async () => {
    const day = {
      date: '2026-11-27',
      open: '09:30',
      close: '13:00',
      session_open: '0400',
      session_close: '1700',
    }
    server.answer('GET /v2/calendar', { body: [day] })
    server.answer('GET /v2/clock', {
      body: {
        timestamp: '2026-11-20T10:15:30-05:00',
        is_open: true,
        next_open: '2026-11-23T09:30:00-05:00',
        next_close: '2026-11-20T16:00:00-05:00',
      },
    })
    const days = await client.getCalendar({ start: '2026-11-27', end: '2026-11-27' })
    expect(days).toMatchObject([{ date: '2026-11-27', close: '13:00' }])
    expect(server.calls.items[0]?.query).toEqual({ start: '2026-11-27', end: '2026-11-27' })
    expect(await client.getClock()).toMatchObject({ isOpen: true })
  })

  test('assets are listed without the invalid one, and found by name', async () => {
    const asset = { id: '5d0c', symbol: 'BRK.B', status: 'active', tradable: true }
    server.answer('GET /v2/assets', { body: [asset, { symbol: 'odd' }] })
    server.answer('GET /v2/assets/BRK.B', { body: asset })
    expect(await client.getAssets()).toHaveLength(1)
    expect(await client.getAsset('BRK.B')).toMatchObject({ symbol: 'BRK.B', tradable: true })
    expect(server.calls.items[0]?.query).toEqual({ status: 'active', asset_class: 'us_equity' })
  })
})

describe('the account', () => {
  test('and its positions are read with exact amounts', async () => {
    const position = { asset_id: 'x', symbol: 'KLMN', side: 'long', qty: '12.5', avg_entry_price: '47.9' }
    server.answer('GET /v2/account', { body: ACCOUNT })
    server.answer('GET /v2/positions', { body: [position] })
    server.answer('GET /v2/positions/KLMN', { body: position })
    expect((await client.getAccount()).equity).toEqual(new Decimal('100734.17'))
    expect(await client.getPositions()).toMatchObject({
      rows: [{ symbol: 'KLMN', qty: new Decimal('12.5') }],
      unreadable: [],
    })
    expect((await client.getPosition('KLMN')).avgEntryPrice).toEqual(new Decimal('47.9'))
  })

  test('has a history', async () => {
    const body = {
      timestamp: [1],
      equity: [2],
      profit_loss: [3],
      profit_loss_pct: [4],
      base_value: 5,
      timeframe: '1D',
    }
    server.answer('GET /v2/account/portfolio/history', { body })
    const history = await client.getPortfolioHistory({ period: '1M', timeframe: '1D', start: 0 })
    expect(history.points).toMatchObject([{ at: 1_000, equity: new Decimal(2) }])
    expect(server.calls.items[0]?.query).toEqual({
      period: '1M',
      timeframe: '1D',
      start: '1970-01-01T00:00:00.000Z',
    })
  })

  test('lists its fills page by page, each page after the last fill of the one before', async () => {
    const fill = (n: number) => ({
      id: `fill-${n}`,
      order_id: 'order-1',
      symbol: 'KLMN',
      side: 'buy',
      type: 'fill',
      price: '48',
      qty: '1',
      transaction_time: '2026-11-20T15:04:07.1Z',
    })
    const page = (from: number, count: number) => Array.from({ length: count }, (_, n) => fill(from + n))
    server.answer('GET /v2/account/activities', { body: page(0, 100) }, { body: page(100, 30) })
    const { rows: fills } = await client.getFills({ after: 0, direction: 'asc' })
    expect(fills).toHaveLength(130)
    expect(server.calls.items.map(({ query }) => query)).toEqual([
      { activity_types: 'FILL', after: '1970-01-01T00:00:00.000Z', direction: 'asc', page_size: '100' },
      {
        activity_types: 'FILL',
        after: '1970-01-01T00:00:00.000Z',
        direction: 'asc',
        page_size: '100',
        page_token: 'fill-99',
      },
    ])
  })
})

describe('an order', () => {
  test('goes out in exact text and comes back as an order', async () => {
    server.answer('POST /v2/orders', { body: ORDER })
    const order = await client.placeOrder(REQUEST)
    expect(order).toMatchObject({ id: 'order-1', clientOrderId: 'sig-1', limitPrice: new Decimal('48.05') })
    expect(server.calls.items[0]?.body).toEqual({
      symbol: 'KLMN',
      side: 'buy',
      type: 'limit',
      time_in_force: 'day',
      qty: '10',
      limit_price: '48.05',
      client_order_id: 'sig-1',
    })
  })

  test('whose answer was lost is found again by its own id', async () => {
    server.answer('POST /v2/orders', { body: ORDER, cut: 'before' })
    server.answer('GET /v2/orders:by_client_order_id', { body: ORDER })
    expect(await failureOf(client.placeOrder(REQUEST))).toMatchObject({ outcome: 'unknown' })
    expect(await client.findOrderByClientId('sig-1')).toMatchObject({ id: 'order-1' })
    expect(server.calls.items[1]?.query).toEqual({ client_order_id: 'sig-1' })
  })

  test('that never arrived is proven absent; a failed search proves nothing', async () => {
    server.answer('GET /v2/orders:by_client_order_id', {
      status: 404,
      body: { code: 40410000, message: 'order not found' },
    })
    expect(await client.findOrderByClientId('sig-1')).toBeUndefined()
    server.answer('GET /v2/orders:by_client_order_id', { status: 500 })
    expect(await failureOf(client.findOrderByClientId('sig-1'))).toMatchObject({ kind: 'server_error' })
  })

  test('is found by its id and among others', async () => {
    server.answer('GET /v2/orders/order-1', { body: ORDER })
    server.answer('GET /v2/orders', { body: [ORDER] })
    expect(await client.getOrder('order-1')).toMatchObject({ id: 'order-1' })
    const request = {
      status: 'all',
      limit: 500,
      until: 0,
      symbols: ['KLMN', 'QRS'],
      beforeOrderId: 'x',
    } as const
    expect((await client.listOrders(request)).rows).toMatchObject([{ id: 'order-1' }])
    expect(server.calls.items.map(({ query }) => query)).toEqual([
      { nested: 'true' },
      {
        status: 'all',
        limit: '500',
        until: '1970-01-01T00:00:00.000Z',
        symbols: 'KLMN,QRS',
        before_order_id: 'x',
      },
    ])
  })

  test('is replaced by another one, and the replacement is requested once', async () => {
    server.answer('PATCH /v2/orders/order-1', { body: { ...ORDER, id: 'order-2', replaces: 'order-1' } })
    expect(await client.replaceOrder('order-1', { limitPrice: '48.10' })).toMatchObject({
      replaces: 'order-1',
    })
    expect(server.calls.items[0]?.body).toEqual({ limit_price: '48.1' })
    server.answer('PATCH /v2/orders/order-1', { status: 500 })
    expect(await failureOf(client.replaceOrder('order-1', {}))).toMatchObject({ outcome: 'unknown' })
    expect(server.calls.items).toHaveLength(2)
  })

  test('is canceled, again if the answer is lost; a finished one says so', async () => {
    server.answer('DELETE /v2/orders/order-1', { cut: 'before' }, { status: 204 })
    await client.cancelOrder('order-1')
    expect(server.calls.items).toHaveLength(2)
    server.answer('DELETE /v2/orders/order-1', {
      status: 422,
      body: { code: 42210000, message: 'order is filled' },
    })
    expect(await failureOf(client.cancelOrder('order-1'))).toMatchObject({ kind: 'unprocessable' })
  })

  test('id cannot lead to another path', async () => {
    await failureOf(client.cancelOrder('../positions'))
    expect(server.calls.items[0]?.path).toBe('/v2/orders/..%2Fpositions')
  })
})

describe('in bulk', () => {
  const bulk = [
    { id: 'order-1', status: 200 },
    { id: 'order-2', status: 404, body: { code: 40410000, message: 'order not found' } },
  ]

  test('orders are canceled each with its own result', async () => {
    server.answer('DELETE /v2/orders', { status: 207, body: bulk })
    const results = await client.cancelAllOrders()
    expect(results.map(({ of, message }) => [of, message])).toEqual([
      ['order-1', undefined],
      ['order-2', 'order not found'],
    ])
  })

  test('positions are closed each with its own result, once', async () => {
    server.answer('DELETE /v2/positions', {
      status: 207,
      body: [{ symbol: 'KLMN', status: 200, body: ORDER }],
    })
    const results = await client.closeAllPositions({ cancelOrders: true })
    expect(results).toMatchObject([{ of: 'KLMN', order: { id: 'order-1' } }])
    expect(server.calls.items[0]?.query).toEqual({ cancel_orders: 'true' })
    server.answer('DELETE /v2/positions', { status: 500 })
    expect(await failureOf(client.closeAllPositions({ cancelOrders: false }))).toMatchObject({
      outcome: 'unknown',
    })
    expect(server.calls.items).toHaveLength(2)
  })

  test('part of a position is closed, once', async () => {
    server.answer('DELETE /v2/positions/KLMN', { body: ORDER })
    expect(await client.closePosition('KLMN', { percentage: '50' })).toMatchObject({ id: 'order-1' })
    expect(server.calls.items[0]?.query).toEqual({ percentage: '50' })
    server.answer('DELETE /v2/positions/KLMN', { cut: 'before' })
    expect(await failureOf(client.closePosition('KLMN'))).toMatchObject({
      kind: 'network',
      outcome: 'unknown',
    })
    expect(server.calls.items).toHaveLength(2)
  })
})
