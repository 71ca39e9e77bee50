import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { AlpacaClient, alpacaConfig } from '#alpaca'
import { startDemoMarket, type DemoMarket } from '../../src/demo-market/index.ts'
import type { OrderDraft } from '../../src/shared/trading/order.ts'
import { stockSymbol } from '../../src/shared/units.ts'
import { holdingProxy } from '../support/holding-proxy.ts'
import { draft, intentTo } from '../support/order-drafts.ts'
import { bought, priceAt, resting } from '../support/trader.ts'
import type { TradingDesk } from '../support/trading-desk.ts'
import { SYMBOLS, test } from '../support/trading-test.ts'

const AAPL = stockSymbol.parse('AAPL')
const MINUTE = 60_000

const firstProblem = (code: string) => ({ ok: false, error: { problems: [{ code }] } })

/** What the ticket would say of a draft, by code. */
async function problemsOf(desk: TradingDesk, order: OrderDraft = draft()): Promise<readonly string[]> {
  const answer = await desk.trading.check(order)
  return answer.ok ? answer.value.problems.map(({ code }) => code) : []
}

const reasons = (desk: TradingDesk) => desk.snapshot().trading.reasons.map(({ reason }) => reason)

/** Another program of the same account. */
const another = (market: DemoMarket) => new AlpacaClient(alpacaConfig(market.environment))

const buys = (qty: string, clientOrderId: string) =>
  ({ symbol: 'AAPL', side: 'buy', type: 'market', timeInForce: 'day', qty, clientOrderId }) as const

test('the kill switch holds everything but cancels, closes and a flatten; only a minute and the word release it', async ({
  clock,
  desk,
  open,
}) => {
  await bought(desk)
  await bought(desk, { symbol: 'MSFT' })
  const id = await resting(desk)
  await desk.trading.halt(undefined)
  expect(desk.snapshot().trading.state).toBe('halted')
  expect(await desk.trading.submit(intentTo())).toMatchObject(firstProblem('KILL_SWITCH_ENGAGED'))
  await desk.trading.cancel(id)
  await desk.until(id, 'canceled')
  expect(await desk.trading.closePosition({ intent: randomUUID(), symbol: AAPL })).toMatchObject({ ok: true })
  expect(await desk.trading.flatten(undefined)).toMatchObject({ value: { isFlat: true } })
  await desk.close()

  const again = open()
  await again.when(({ reconciliation }) => reconciliation.state === 'agreed')
  expect(again.snapshot().trading.state).toBe('halted')
  expect(await again.trading.release({ typed: 'UNLOCK' })).toMatchObject({ ok: false })
  clock.skip(MINUTE)
  expect(await again.trading.release({ typed: 'unlock' })).toMatchObject({ ok: false })
  expect(again.snapshot().trading.state).toBe('halted')
  expect(await again.trading.release({ typed: 'UNLOCK' })).toMatchObject({ ok: true })
  await again.ready()
  await bought(again)
})

test('the daily loss ends entries for the day, also over a restart, and exits go out', async ({
  market,
  desk,
  open,
}) => {
  const quantity = String(Math.floor(24_000 / Number(desk.mid('AAPL'))))
  await bought(desk, { quantity })
  await desk.when(({ account }) => Number(account?.cash) < 90_000)
  market.misbehave({ kind: 'price-jump', symbol: 'AAPL', percent: -20 })
  await desk.when(({ trading }) => trading.reasons.some(({ reason }) => reason === 'daily-loss'))
  const { problems } = JSON.parse(
    JSON.stringify(await desk.trading.submit(intentTo({ symbol: 'MSFT' }))),
  ).error
  expect(problems.map(({ code }: { code: string }) => code)).toContain('DAILY_LOSS_LIMIT')
  await desk.close()

  const again = open()
  await again.when(
    ({ reconciliation, account }) => reconciliation.state === 'agreed' && account !== undefined,
  )
  await again.rows.until(({ symbol, bid }) => symbol === 'AAPL' && bid !== undefined)
  expect(reasons(again)).toContain('daily-loss')
  await bought(again, { side: 'sell', quantity })
  expect(again.snapshot().positions).toEqual([])
  expect(await problemsOf(again)).toContain('DAILY_LOSS_LIMIT')
})

test('the feed is lost: entries wait, exits do not', async ({ market, open }) => {
  const proxy = await holdingProxy(market.urls.baseUrl)
  const feed = proxy.url.replace('http', 'ws') + '/v2/iex'
  const desk = open({ market: { environment: { ...market.environment, ALPACA_WS_URL: feed } } })
  await desk.ready()
  await bought(desk)
  proxy.down()
  await desk.when(({ trading }) => trading.reasons.some(({ reason }) => reason === 'feed-mute'))
  expect(await problemsOf(desk)).toContain('FEED_MUTE')
  await bought(desk, { side: 'sell' })
  await proxy.up()
  await desk.ready()
  proxy.close()
})

test('the feed is up but brings nothing: an entry is not sent without a question, an exit is', async ({
  market,
  desk,
}) => {
  await bought(desk)
  market.misbehave({ kind: 'mute' })
  await expect.poll(() => problemsOf(desk), { timeout: 10_000 }).toContain('QUOTE_STALE')
  expect(await desk.trading.submit({ ...intentTo(), accepted: ['DUPLICATE_ORDER'] })).toMatchObject({
    ok: false,
  })
  const exit = { ...intentTo({ side: 'sell' }), accepted: [] }
  expect(await desk.trading.submit(exit)).toMatchObject({ ok: true })
})

test('until the books are compared at the start, only exits go out', async ({ market, open }) => {
  await another(market).placeOrder(buys('3', 'before'))
  await expect.poll(() => market.orders()[0]?.status).toBe('filled')
  const proxy = await holdingProxy(market.urls.baseUrl)
  const [first, second] = [1, 2].map(() => proxy.hold('GET', '/v2/account', 'answer'))
  const desk = open({ market: { environment: { ...market.environment, ALPACA_BASE_URL: proxy.url } } })
  await first?.reached
  expect(reasons(desk)).toContain('reconciling')
  expect((await desk.trading.submit(intentTo())).ok).toBe(false)
  expect(market.orders()).toHaveLength(1)
  first?.release()
  second?.release()
  await desk.ready()
  expect(desk.snapshot().positions).toMatchObject([{ quantity: '3' }])
  proxy.close()
})

test('a position that no order explains is shown as a difference, and taken over after half a minute', async ({
  market,
  clock,
  desk,
}) => {
  clock.skip(30 * MINUTE) // so that orders of now lie before what a comparison asks for
  await desk.trading.reconcile(undefined)
  market.misbehave({ kind: 'lose-updates' })
  await another(market).placeOrder(buys('2', 'behind-our-back'))
  await expect.poll(() => market.orders()[0]?.status).toBe('filled')
  const view = await desk.trading.reconcile(undefined)
  expect(view).toMatchObject({ value: { reconciliation: { state: 'differs' } } })
  expect(desk.snapshot().reconciliation.differences).toMatchObject([
    { what: 'position', of: 'AAPL', ours: '0', theirs: '2' },
    { what: 'cash' },
  ])
  expect(desk.snapshot().positions).toEqual([])
  clock.skip(30_000)
  await desk.trading.reconcile(undefined)
  expect(desk.snapshot().reconciliation).toMatchObject({ state: 'agreed', differences: [] })
  expect(desk.snapshot().positions).toMatchObject([{ symbol: 'AAPL', quantity: '2' }])
  expect(desk.events.items.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['PositionAdjusted', 'CashAdjusted']),
  )
})

test('what another program traded during an outage is known, though something was noted meanwhile', async ({
  market,
  clock,
  open,
}) => {
  const proxy = await holdingProxy(market.urls.baseUrl)
  const desk = open({ market: { environment: { ...market.environment, ALPACA_BASE_URL: proxy.url } } })
  await desk.ready()
  proxy.down()
  await another(market).placeOrder(buys('2', 'during-the-outage'))
  await expect.poll(() => market.orders()[0]?.status).toBe('filled')
  clock.skip(20 * MINUTE)
  await desk.trading.setLimits({ mostShares: 50 })
  await proxy.up()
  await desk.until('during-the-outage', 'filled')
  await desk.ready()
  expect(desk.snapshot().reconciliation.differences).toEqual([])
  proxy.close()
})

test('another account begins books of its own', async ({ market, dataDir, desk, open }) => {
  await bought(desk)
  await desk.close()
  await market.stop()
  const next = await startDemoMarket({ symbols: SYMBOLS, rate: 200, seed: 6 })
  const again = open({ market: next, dataDir })
  await again.ready()
  expect(again.snapshot()).toMatchObject({ positions: [], orders: [], fills: [] })
  expect(again.events.items.map(({ type }) => type)).toContain('AccountOpened')
  await bought(again)
  await again.close()
  await next.stop()
})

test('live: nothing opens a position until the account’s last four digits are typed, nor half an hour after the last use', async ({
  market,
  clock,
  open,
}) => {
  await another(market).placeOrder(buys('3', 'before'))
  await expect.poll(() => market.orders()[0]?.status).toBe('filled')
  const desk = open({ mode: 'live' })
  await desk.when(({ reconciliation }) => reconciliation.state === 'agreed')
  await desk.rows.until(({ symbol, bid }) => symbol === 'AAPL' && bid !== undefined)
  const entry = draft({ type: 'limit', limitPrice: priceAt(desk, -1), timeInForce: 'gtc' })
  const isHeldBack = async () => (await problemsOf(desk, entry)).includes('LIVE_NOT_ARMED')
  expect(await isHeldBack()).toBe(true)
  expect((await desk.trading.submit({ ...intentTo(), draft: entry })).ok).toBe(false)
  const closing = randomUUID()
  await desk.trading.closePosition({ intent: closing, symbol: AAPL })
  await desk.until(closing, 'filled')

  expect(await desk.trading.arm({ endsWith: '9999' })).toMatchObject({ ok: false })
  expect(await isHeldBack()).toBe(true)
  expect(await desk.trading.arm({ endsWith: '0001' })).toMatchObject({ ok: true })
  expect(await isHeldBack()).toBe(false)
  expect(reasons(desk)).not.toContain('not-armed')
  clock.skip(29 * MINUTE)
  await desk.trading.cancelAll({}) // which is a use
  clock.skip(29 * MINUTE)
  expect(await isHeldBack()).toBe(false)
  // What the skipped minutes set going is written by then: an append under way would take a minute too long.
  await desk.trading.reconcile(undefined)
  clock.skip(MINUTE)
  expect(await isHeldBack()).toBe(true)
  await desk.events.until(({ type }) => type === 'LiveDisarmed')
  expect(await desk.trading.arm({ endsWith: '0001' })).toMatchObject({ ok: true })
  await desk.trading.disarm(undefined)
  expect(await isHeldBack()).toBe(true)
})
