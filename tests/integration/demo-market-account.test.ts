import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Decimal } from 'decimal.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { HOUR_MS } from '#shared/time'
import { alpacaConfig, AlpacaClient } from '#alpaca'
import { startDemoMarket, type DemoMarket } from '../../src/demo-market/index.ts'
import type { DemoChildMessage, DemoParentMessage } from '../../src/demo-market/messages.ts'
import { ask, askJson, tellControls } from '../support/demo-client.ts'
import { DemoTrader } from '../support/demo-trader.ts'
import { Inbox } from '../support/inbox.ts'

/** Tuesday, a second after 10:00 in New York. */
const TUESDAY = Date.parse('2026-11-24T15:00:01Z')
const PROCESS = fileURLToPath(new URL('../../src/demo-market/process.ts', import.meta.url))

let folder: string
let accountFile: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'demo-account-'))
  accountFile = join(folder, 'account.jsonl')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('the account', () => {
  let market: DemoMarket
  let trader: DemoTrader
  beforeEach(async () => {
    market = await startDemoMarket({ startAt: TUESDAY, symbols: ['AAPL'], rate: 50 })
    trader = await DemoTrader.at(market)
    market.injectFault({ kind: 'hold-matching' })
  })
  afterEach(async () => {
    await trader.leave()
    await market.stop()
  })

  async function fillAt(price: string, terms: Parameters<DemoTrader['place']>[0] = {}): Promise<void> {
    const { id } = await trader.place(terms)
    market.injectFault({ kind: 'fill', order: id, price })
  }

  test('starts with a hundred thousand dollars, and twice that in buying power', async () => {
    expect(await askJson(market, '/v2/account')).toMatchObject({
      status: 'ACTIVE',
      cash: '100000',
      equity: '100000',
      last_equity: '100000',
      buying_power: '200000',
      multiplier: '2',
      shorting_enabled: true,
    })
  })

  test('is worth its cash and its shares, to the last cent', async () => {
    await fillAt('250.01')
    await fillAt('251.02', { side: 'sell', qty: '4' })
    const account = await trader.client.getAccount()
    const position = await trader.client.getPosition('AAPL')
    expect(account.cash?.toFixed()).toBe('98503.98')
    expect(position).toMatchObject({
      qty: new Decimal(6),
      avgEntryPrice: new Decimal('250.01'),
      costBasis: new Decimal('1500.06'),
    })
    expect(position.marketValue).toEqual(position.currentPrice?.times(6))
    expect(account.equity).toEqual(account.cash?.plus(position.marketValue ?? 0))
    expect(position.unrealizedPl).toEqual(position.marketValue?.minus('1500.06'))
  })

  test('overnight: positions are measured against the previous close', async () => {
    await fillAt('250')
    expect((await trader.client.getAccount()).lastEquity?.toFixed()).toBe('100000')
    market.advance(24 * HOUR_MS)
    const { lastEquity } = await trader.client.getAccount()
    const { lastdayPrice, currentPrice, unrealizedIntradayPl } = await trader.client.getPosition('AAPL')
    expect(lastEquity).toEqual(lastdayPrice?.times(10).plus(97_500))
    expect(unrealizedIntradayPl).toEqual(currentPrice?.minus(lastdayPrice ?? 0).times(10))
  })

  test('lists its fills page by page, each once, with what was left of the order', async () => {
    const { id } = await trader.place({ qty: '150' })
    for (let nth = 0; nth < 150; nth++)
      market.injectFault({ kind: 'fill', order: id, qty: '1', price: `250.${10 + (nth % 80)}` })
    const { rows: fills } = await trader.client.getFills({ direction: 'asc' })
    expect(fills).toHaveLength(150)
    expect(new Set(fills.map((fill) => fill.id)).size).toBe(150)
    expect(fills.map(({ cumQty }) => cumQty?.toNumber())).toEqual(
      Array.from({ length: 150 }, (_, nth) => nth + 1),
    )
    expect(fills.at(-1)).toMatchObject({ type: 'fill', leavesQty: new Decimal(0), orderStatus: 'filled' })
    const newest = await askJson<unknown[]>(market, '/v2/account/activities/FILL?page_size=3')
    expect(newest).toMatchObject([{ cum_qty: '150' }, { cum_qty: '149' }, { cum_qty: '148' }])
    expect(await askJson(market, '/v2/account/activities?activity_types=DIV')).toEqual([])
    expect(await trader.client.getFills({ after: TUESDAY })).toEqual({ rows: [], unreadable: [] })
    expect((await ask(market, '/v2/account/activities?page_token=nonsense')).status).toBe(422)
  })

  test('has a history that ends with its current value', async () => {
    await fillAt('250')
    market.advance(HOUR_MS)
    const { points, baseValue, timeframe } = await trader.client.getPortfolioHistory({ period: '1D' })
    expect([timeframe, baseValue?.toFixed()]).toEqual(['5Min', '100000'])
    expect(points[0]?.equity?.toFixed()).toBe('100000')
    const { equity } = await trader.client.getAccount()
    const last = points.at(-1)
    expect(last?.at).toBe(TUESDAY - 1000 + HOUR_MS)
    expect(
      last?.equity
        ?.minus(equity ?? 0)
        .abs()
        .lt(1),
    ).toBe(true)
    expect(last?.profitLoss).toEqual(last?.equity?.minus(100_000))
    expect((await ask(market, '/v2/account/portfolio/history?period=2A&timeframe=1Min')).status).toBe(422)
    expect((await ask(market, '/v2/account/portfolio/history?period=soon')).status).toBe(422)
  })

  test('lists orders by every filter', async () => {
    const ids: string[] = []
    for (const terms of [
      {},
      { symbol: 'MSFT' },
      { side: 'sell', type: 'limit', limitPrice: '900' },
    ] as const) {
      ids.push((await trader.place({ type: 'limit', limitPrice: '100', qty: '1', ...terms })).id)
      market.advance(1000)
    }
    const [first = '', second = '', third = ''] = ids
    await trader.client.cancelOrder(first)
    await trader.order(first, 'canceled')
    const listed = async (request: Parameters<AlpacaClient['listOrders']>[0]) =>
      (await trader.client.listOrders(request)).rows.map(({ id }) => ids.indexOf(id) + 1)
    expect(await listed({})).toEqual([3, 2])
    expect(await listed({ status: 'closed' })).toEqual([1])
    expect(await listed({ status: 'all', direction: 'asc' })).toEqual([1, 2, 3])
    expect(await listed({ status: 'all', limit: 2 })).toEqual([3, 2])
    expect(await listed({ status: 'all', symbols: ['MSFT', 'TSLA'] })).toEqual([2])
    expect(await listed({ status: 'all', side: 'sell' })).toEqual([3])
    expect(await listed({ status: 'all', after: TUESDAY, until: TUESDAY + 2000 })).toEqual([2])
    expect(await listed({ status: 'all', beforeOrderId: third })).toEqual([2, 1])
    expect(await listed({ status: 'all', afterOrderId: first, direction: 'asc', limit: 1 })).toEqual([2])
    expect((await ask(market, `/v2/orders?before_order_id=${first}&after_order_id=${second}`)).status).toBe(
      422,
    )
    expect((await ask(market, '/v2/orders?limit=501')).status).toBe(422)
    expect((await ask(market, '/v2/orders?status=some')).status).toBe(422)
  })

  test('lists legs beside their entry, or inside it, and leaves out what Alpaca leaves out', async () => {
    const idsOf = async (request: Parameters<AlpacaClient['listOrders']>[0]) =>
      (await trader.client.listOrders(request)).rows.map((order) => order.id)
    const { id } = await trader.place({
      orderClass: 'bracket',
      takeProfit: { limitPrice: '900' },
      stopLoss: { stopPrice: '100' },
    })
    const [target, stop] = (await trader.client.getOrder(id)).legs.map((leg) => leg.id)
    expect(await idsOf({})).toEqual([id])
    expect((await trader.client.listOrders({ nested: true })).rows).toMatchObject([{ id, legs: [{}, {}] }])
    market.injectFault({ kind: 'fill', order: id })
    // As at Alpaca: the entry is over, so its exits are in no nested list, and the one that is held is in none at all.
    expect(await idsOf({ nested: true })).toEqual([])
    expect(await idsOf({})).toEqual([target])
    expect((await trader.client.listOrders({ status: 'all', nested: true })).rows).toMatchObject([
      {
        id,
        legs: [
          { id: target, status: 'new' },
          { id: stop, status: 'held' },
        ],
      },
    ])
    expect(await trader.client.getOrder(stop ?? '')).toMatchObject({ status: 'held' })
  })
})

describe('an account that is kept in a file', () => {
  const market = (terms = {}, log: (line: string) => void = () => {}) =>
    startDemoMarket({ startAt: TUESDAY, symbols: ['AAPL'], rate: 50, accountFile, ...terms }, log)

  test('continues after a restart: positions, open orders, fills and ids', async () => {
    const first = await market()
    const trader = await DemoTrader.at(first)
    await trader.fill()
    const { id } = await trader.place({
      type: 'limit',
      limitPrice: '100',
      timeInForce: 'gtc',
      clientOrderId: 'mine',
    })
    await trader.order(id, 'new')
    const before = [
      await askJson(first, '/v2/account'),
      await askJson(first, '/v2/positions'),
      await askJson(first, '/v2/orders?status=all'),
      await askJson(first, '/v2/account/activities'),
    ]
    await trader.leave()
    await first.stop()

    const second = await market()
    expect([
      await askJson(second, '/v2/account'),
      await askJson(second, '/v2/positions'),
      await askJson(second, '/v2/orders?status=all'),
      await askJson(second, '/v2/account/activities'),
    ]).toEqual(before)
    const again = await DemoTrader.at(second)
    expect((await again.refusal({ clientOrderId: 'mine' })).message).toBe('client_order_id must be unique')
    second.injectFault({ kind: 'price-jump', symbol: 'AAPL', percent: -70 })
    second.advance(2000)
    await again.order(id, 'filled')
    await again.leave()
    await second.stop()
  })

  test('an order that expired while the market was down has expired', async () => {
    const first = await market()
    const trader = await DemoTrader.at(first)
    const { id } = await trader.place({ type: 'limit', limitPrice: '100' })
    await trader.order(id, 'new')
    await trader.leave()
    await first.stop()
    const second = await market({ startAt: TUESDAY + 24 * HOUR_MS })
    second.advance(200)
    expect(second.orders()).toMatchObject([{ id, status: 'expired' }])
    await second.stop()
  })

  test('that cannot be read is backed up, and this is reported', async () => {
    writeFileSync(accountFile, 'no account\n')
    const said: string[] = []
    const fresh = await market({}, (line) => said.push(line))
    expect(await askJson(fresh, '/v2/account')).toMatchObject({ cash: '100000' })
    expect(said).toEqual([expect.stringMatching(/file couldn't be read/)])
    expect(readdirSync(folder).filter((name) => name.includes('corrupt'))).toHaveLength(1)
    await fresh.stop()
  })

  describe('of a process that is killed', () => {
    const children: ChildProcess[] = []
    afterEach(() => {
      for (const child of children.splice(0)) child.kill('SIGKILL')
    })

    async function start() {
      const child = fork(PROCESS, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
      children.push(child)
      const inbox = new Inbox<DemoChildMessage>()
      child.on('message', (message) => inbox.add(message as DemoChildMessage))
      const tell = (message: DemoParentMessage) => child.send(message)
      tell({ type: 'start', options: { accountFile, control: true } })
      const ready = await inbox.until<Extract<DemoChildMessage, { type: 'ready' }>>(
        ({ type }) => type === 'ready',
      )
      const client = new AlpacaClient(alpacaConfig(ready.environment))
      const steer = (fault: object) => tellControls(ready, '/demo/faults', fault)
      const kill = () =>
        new Promise((resolve) => {
          child.once('exit', resolve)
          child.kill('SIGKILL')
        })
      return { client, steer, kill, tell, inbox }
    }

    test('between two fills has both parts of the order', async () => {
      const order = {
        symbol: 'AAPL',
        side: 'buy',
        type: 'market',
        timeInForce: 'gtc',
        qty: '10',
        clientOrderId: 'x',
      } as const
      const first = await start()
      await first.steer({ kind: 'hold-matching' })
      const { id } = await first.client.placeOrder(order)
      await first.steer({ kind: 'fill', order: id, qty: '4', price: '250' })
      await first.kill()

      const second = await start()
      await expect.poll(async () => (await second.client.getOrder(id)).status).toBe('filled')
      const { rows: fills } = await second.client.getFills({ direction: 'asc' })
      expect(fills[0]).toMatchObject({ qty: new Decimal(4), price: new Decimal(250) })
      expect((await second.client.getPosition('AAPL')).qty.toNumber()).toBe(10)
      second.tell({ type: 'orders' })
      const { orders } = await second.inbox.until<Extract<DemoChildMessage, { type: 'orders' }>>(
        ({ type }) => type === 'orders',
      )
      expect(orders).toMatchObject([{ id, clientOrderId: 'x', status: 'filled' }])
    })

    test('right after it accepted an order has it, and acknowledges it then', async () => {
      const first = await start()
      await first.steer({ kind: 'slow-acknowledgement', ms: 60_000 })
      const order = {
        symbol: 'AAPL',
        side: 'buy',
        type: 'limit',
        limitPrice: '1',
        timeInForce: 'gtc',
        qty: '1',
      } as const
      const { id, status } = await first.client.placeOrder({ ...order, clientOrderId: 'y' })
      expect(status).toBe('pending_new')
      await first.kill()
      const second = await start()
      await expect.poll(async () => (await second.client.getOrder(id)).status).toBe('new')
    })
  })
})
