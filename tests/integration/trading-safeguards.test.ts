import { FieldExchange } from '../support/field-case.ts'
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { DAY_MS, MINUTE_MS } from '#shared/time'
import { AlpacaClient, alpacaConfig } from '#alpaca'
import { startDemoMarket, type DemoMarket } from '../../src/demo-market/index.ts'
import type { OrderDraft } from '../../src/shared/trading/order.ts'
import { stockSymbol } from '../../src/shared/units.ts'
import { holdingProxy } from '../support/holding-proxy.ts'
import { draft, intentTo } from '../support/order-drafts.ts'
import type { SkippingClock } from '../support/skipping-clock.ts'
import { bought, priceAt, resting } from '../support/trader.ts'
import type { TradingSession } from '../support/trading-session.ts'
import { SYMBOLS, test } from '../support/trading-test.ts'

const AAPL = stockSymbol.parse('AAPL')

const firstProblem = (code: string) => ({ ok: false, error: { problems: [{ code }] } })

/** The ticket's problems with a draft, by code. */
async function problemsOf(session: TradingSession, order: OrderDraft = draft()): Promise<readonly string[]> {
  const answer = await session.trading.check(order)
  return answer.ok ? answer.value.problems.map(({ code }) => code) : []
}

const reasons = (session: TradingSession) => session.snapshot().trading.reasons.map(({ reason }) => reason)

/** Another program on the same account. */
const another = (market: DemoMarket) => new AlpacaClient(alpacaConfig(market.environment))

const buys = (qty: string, clientOrderId: string) =>
  ({ symbol: 'AAPL', side: 'buy', type: 'market', timeInForce: 'day', qty, clientOrderId }) as const

test('the kill switch blocks everything but cancels, closes and a flatten; only a minute and the word release it', async ({
  clock,
  session,
  open,
}) => {
  await bought(session)
  await bought(session, { symbol: 'MSFT' })
  const id = await resting(session)
  await session.trading.halt(undefined)
  expect(session.snapshot().trading.state).toBe('halted')
  expect(await session.trading.submit(intentTo())).toMatchObject(firstProblem('KILL_SWITCH_ENGAGED'))
  await session.trading.cancel(id)
  await session.until(id, 'canceled')
  expect(await session.trading.closePosition({ intent: randomUUID(), symbol: AAPL })).toMatchObject({
    ok: true,
  })
  expect(await session.trading.flatten(undefined)).toMatchObject({ value: { isFlat: true } })
  await session.close()

  const again = open()
  await again.when(({ reconciliation }) => reconciliation.state === 'agreed')
  expect(again.snapshot().trading.state).toBe('halted')
  expect(await again.trading.release({ typed: 'UNLOCK' })).toMatchObject({ ok: false })
  clock.skip(MINUTE_MS)
  expect(await again.trading.release({ typed: 'unlock' })).toMatchObject({ ok: false })
  expect(again.snapshot().trading.state).toBe('halted')
  expect(await again.trading.release({ typed: 'UNLOCK' })).toMatchObject({ ok: true })
  await again.ready()
  await bought(again)
})

test('the daily loss limit blocks entries for the day, even after a restart, while exits are sent', async ({
  market,
  session,
  open,
}) => {
  const quantity = String(Math.floor(24_000 / Number(session.mid('AAPL'))))
  await bought(session, { quantity })
  await session.when(({ account }) => Number(account?.cash) < 90_000)
  market.injectFault({ kind: 'price-jump', symbol: 'AAPL', percent: -20 })
  await session.when(({ trading }) => trading.reasons.some(({ reason }) => reason === 'daily-loss'))
  const { problems } = JSON.parse(
    JSON.stringify(await session.trading.submit(intentTo({ symbol: 'MSFT' }))),
  ).error
  expect(problems.map(({ code }: { code: string }) => code)).toContain('DAILY_LOSS_LIMIT')
  await session.close()

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
  const session = open({ market: { environment: { ...market.environment, ALPACA_WS_URL: feed } } })
  await session.ready()
  await bought(session)
  proxy.down()
  await session.when(({ trading }) => trading.reasons.some(({ reason }) => reason === 'feed-mute'))
  expect(await problemsOf(session)).toContain('FEED_MUTE')
  await bought(session, { side: 'sell' })
  await proxy.up()
  await session.ready()
  proxy.close()
})

test('the feed is up but delivers nothing: an entry is not sent without confirmation, an exit is', async ({
  market,
  session,
}) => {
  await bought(session)
  market.injectFault({ kind: 'mute' })
  await expect.poll(() => problemsOf(session)).toContain('QUOTE_STALE')
  expect(await session.trading.submit({ ...intentTo(), accepted: ['DUPLICATE_ORDER'] })).toMatchObject({
    ok: false,
  })
  const exit = { ...intentTo({ side: 'sell' }), accepted: [] }
  expect(await session.trading.submit(exit)).toMatchObject({ ok: true })
})

test('until the account is reconciled at the start, only exits are sent', async ({ market, open }) => {
  await another(market).placeOrder(buys('3', 'before'))
  await expect.poll(() => market.orders()[0]?.status).toBe('filled')
  const proxy = await holdingProxy(market.urls.baseUrl)
  const [first, second] = [1, 2].map(() => proxy.hold('GET', '/v2/account', 'answer'))
  const session = open({ market: { environment: { ...market.environment, ALPACA_BASE_URL: proxy.url } } })
  await first?.reached
  expect(reasons(session)).toContain('reconciling')
  expect((await session.trading.submit(intentTo())).ok).toBe(false)
  expect(market.orders()).toHaveLength(1)
  first?.release()
  second?.release()
  await session.ready()
  expect(session.snapshot().positions).toMatchObject([{ quantity: '3' }])
  proxy.close()
})

test('a position that no order explains is shown as a difference, and adopted after half a minute', async ({
  open,
  clock,
}) => {
  const exchange = await FieldExchange.start({ account: { cash: '1000' } })
  const session = open({ market: exchange, mode: 'paper', symbols: ['KLMN'] })
  await session.when(({ reconciliation }) => reconciliation.state === 'agreed')
  const position = { asset_id: 'x', symbol: 'KLMN', side: 'long', qty: '2', avg_entry_price: '100' }
  exchange.answers = { positions: [position], account: { cash: '800' } }
  const view = await session.trading.reconcile(undefined)
  expect(view).toMatchObject({ value: { reconciliation: { state: 'differs' } } })
  expect(session.snapshot().reconciliation.differences).toMatchObject([
    { what: 'position', of: 'KLMN', ours: '0', theirs: '2' },
    { what: 'cash' },
  ])
  expect(session.snapshot().positions).toEqual([])
  clock.skip(30_000)
  await session.trading.reconcile(undefined)
  expect(session.snapshot().reconciliation).toMatchObject({ state: 'agreed', differences: [] })
  expect(session.snapshot().positions).toMatchObject([{ symbol: 'KLMN', quantity: '2' }])
  expect(session.events.items.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['PositionAdjusted', 'CashAdjusted']),
  )
  expect(session.notices.items).toMatchObject([
    { kind: 'adjusted', title: 'KLMN: position adjusted to Alpaca' },
  ])
  await exchange.server.close()
})

test('what another program traded during an outage is known, although something was recorded meanwhile', async ({
  market,
  clock,
  open,
}) => {
  const proxy = await holdingProxy(market.urls.baseUrl)
  const session = open({ market: { environment: { ...market.environment, ALPACA_BASE_URL: proxy.url } } })
  await session.ready()
  proxy.down()
  await another(market).placeOrder(buys('2', 'during-the-outage'))
  await expect.poll(() => market.orders()[0]?.status).toBe('filled')
  clock.skip(20 * MINUTE_MS)
  await session.trading.setLimits({ mostShares: 50 })
  await proxy.up()
  await session.until('during-the-outage', 'filled')
  await session.ready()
  expect(session.snapshot().reconciliation.differences).toEqual([])
  proxy.close()
})

test('another account starts an account state of its own', async ({ market, dataDir, session, open }) => {
  await bought(session)
  await session.close()
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

test('live: nothing opens a position until the account’s last four digits are typed, and arming expires half an hour after the last use', async ({
  market,
  clock,
  open,
}) => {
  await another(market).placeOrder(buys('3', 'before'))
  await expect.poll(() => market.orders()[0]?.status).toBe('filled')
  const session = open({ mode: 'live' })
  await session.when(({ reconciliation }) => reconciliation.state === 'agreed')
  await session.rows.until(({ symbol, bid }) => symbol === 'AAPL' && bid !== undefined)
  const entry = draft({ type: 'limit', limitPrice: priceAt(session, -1), timeInForce: 'gtc' })
  const isHeldBack = async () => (await problemsOf(session, entry)).includes('LIVE_NOT_ARMED')
  expect(await isHeldBack()).toBe(true)
  expect((await session.trading.submit({ ...intentTo(), draft: entry })).ok).toBe(false)
  const closing = randomUUID()
  await session.trading.closePosition({ intent: closing, symbol: AAPL })
  await session.until(closing, 'filled')

  expect(await session.trading.arm({ endsWith: '9999' })).toMatchObject({ ok: false })
  expect(await isHeldBack()).toBe(true)
  clock.skip(1_000)
  expect(await session.trading.arm({ endsWith: '0001' })).toMatchObject({ ok: true })
  expect(await isHeldBack()).toBe(false)
  expect(reasons(session)).not.toContain('not-armed')
  clock.skip(29 * MINUTE_MS)
  await session.trading.cancelAll({}) // which counts as use
  clock.skip(29 * MINUTE_MS)
  expect(await isHeldBack()).toBe(false)
  // By then everything that the skipped minutes triggered is written: an append in progress would take a
  // minute too long.
  await session.trading.reconcile(undefined)
  clock.skip(MINUTE_MS)
  expect(await isHeldBack()).toBe(true)
  await session.events.until(({ type }) => type === 'LiveDisarmed')
  expect(await session.trading.arm({ endsWith: '0001' })).toMatchObject({ ok: true })
  await session.trading.disarm(undefined)
  expect(await isHeldBack()).toBe(true)
})

/** A live account that has compared with the exchange. */
async function openLive(open: (opening: { mode: 'live' }) => TradingSession): Promise<TradingSession> {
  const session = open({ mode: 'live' })
  await session.when(
    ({ reconciliation, trading }) =>
      reconciliation.state === 'agreed' && !trading.reasons.some(({ reason }) => reason === 'reconciling'),
  )
  return session
}

/** The waits after one wrong guess, two, and so on; the last is longer than a slow machine needs for a restart. */
const WAITS_MS = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000] as const
const LAST_WAIT_MS = 32_000

/** Types the wrong characters again and again, each time as soon as that is possible; the last wait is not over. */
async function guessedWrong(session: TradingSession, clock: SkippingClock): Promise<void> {
  for (const [nth, waitMs] of WAITS_MS.entries()) {
    clock.skip(WAITS_MS[nth - 1] ?? 0)
    expect(await session.trading.arm({ endsWith: '9999' })).toMatchObject({
      error: { kind: 'not-armed', message: expect.stringContaining(`Next try in ${waitMs / 1_000} s`) },
    })
    await session.events.until(({ payload }) => payload['attempt'] === nth + 1)
  }
}

const typesOf = (session: TradingSession) => session.events.items.map(({ type }) => type)

test('live: each wrong guess is an event and doubles the wait, also over a restart; nothing is compared meanwhile', async ({
  clock,
  open,
}) => {
  const session = await openLive(open)
  await guessedWrong(session, clock)
  expect(await session.trading.arm({ endsWith: '0001' })).toMatchObject({
    error: { kind: 'not-armed', message: expect.stringMatching(/Wait \d+ s/) },
  })
  expect(typesOf(session).filter((type) => type === 'LiveArmingFailed')).toHaveLength(WAITS_MS.length)
  expect(JSON.stringify(session.events.items)).not.toContain('9999')
  await session.close()

  const again = await openLive(open)
  expect(await again.trading.arm({ endsWith: '0001' })).toMatchObject({ ok: false })
  clock.skip(LAST_WAIT_MS)
  expect(await again.trading.arm({ endsWith: '0001' })).toMatchObject({ ok: true })
  expect(await again.trading.arm({ endsWith: '9999' })).toMatchObject({
    error: { message: expect.stringContaining('Next try in 1 s') },
  })
})

test('a halt lasts no longer if the clock is set back by a day', async ({ clock, session }) => {
  await session.trading.halt(undefined)
  clock.skip(-DAY_MS)
  expect(await session.trading.release({ typed: 'UNLOCK' })).toMatchObject({ ok: false })
  clock.skip(MINUTE_MS)
  expect(await session.trading.release({ typed: 'UNLOCK' })).toMatchObject({ ok: true })
})

test('live: the wait after a wrong guess is no longer if the clock is set back by a day', async ({
  clock,
  open,
}) => {
  const session = await openLive(open)
  await guessedWrong(session, clock)
  clock.skip(-DAY_MS)
  expect(await session.trading.arm({ endsWith: '0001' })).toMatchObject({ ok: false })
  clock.skip(LAST_WAIT_MS)
  expect(await session.trading.arm({ endsWith: '0001' })).toMatchObject({ ok: true })
})

test('what was set while the database hung is recorded once, although its first try arrives late', async ({
  clock,
  open,
}) => {
  const session = await openLive(open)
  session.storageProcesses.at(-1)?.kill('SIGSTOP')
  expect(await session.trading.arm({ endsWith: '9999' })).toMatchObject({ ok: false })
  await session.trading.halt(undefined)
  await session.trading.setLimits({ mostShares: 7 })
  session.storageProcesses.at(-1)?.kill('SIGCONT')
  const recorded = async () => {
    const read = await session.modeStorage.eventLog.events.read({ stream: 'live:risk', limit: 100 })
    return read.ok ? read.value.map(({ type }) => type) : []
  }
  await expect.poll(recorded).toContain('RiskLimitChanged')
  clock.skip(5_000)
  await session.trading.reconcile(undefined)
  expect(await recorded()).toEqual(['LiveArmingFailed', 'KillSwitchEngaged', 'RiskLimitChanged'])
})

test('live: no window is told the four characters: not by the account, its changes, the events or a page of the log', async ({
  open,
}) => {
  const session = await openLive(open)
  await session.when(({ account }) => account !== undefined)
  await session.events.until(({ type }) => type === 'AccountOpened')
  const page = await session.modeStorage.handlers.audit.events({ limit: 100 })
  expect(page).toMatchObject({
    value: expect.arrayContaining([expect.objectContaining({ type: 'AccountOpened' })]),
  })
  const told = JSON.stringify([session.snapshot(), session.changes.items, session.events.items, page])
  expect(told).not.toContain('endsWith')
  expect(await session.trading.arm({ endsWith: '0001' })).toMatchObject({ ok: true })
  expect(JSON.stringify([session.snapshot(), session.changes.items])).not.toContain('endsWith')
})

test('live: an unsafe runtime is told, refused unless the trader insists, and then the event says so', async ({
  open,
}) => {
  const concerns = [
    { code: 'no-security-updates', sentence: 'Electron 33.2.1 no longer gets security fixes.' },
    { code: 'debugging', sentence: 'A debugging port is open.' },
  ] as const
  const session = await openLive((opening) => open({ ...opening, concerns }))
  const refused = { ok: false, error: { kind: 'unsafe-runtime', concerns } }
  expect(await session.trading.arm({ endsWith: '0001' })).toEqual(refused)
  expect(await session.trading.arm({ endsWith: '0001', accepted: ['debugging'] })).toEqual(refused)
  expect(await session.trading.arm({ endsWith: '9999' })).toEqual(refused) // not even compared
  const accepted = concerns.map(({ code }) => code)
  expect(await session.trading.arm({ endsWith: '0001', accepted })).toMatchObject({ ok: true })
  const { payload } = await session.events.until(({ type }) => type === 'LiveArmed')
  expect(payload).toMatchObject({ despite: accepted })
})

test('a limit is not loosened while the kill switch is on or live is not armed; it is tightened any time', async ({
  clock,
  open,
}) => {
  const session = await openLive(open)
  const limits = () => session.snapshot().limits
  expect(await session.trading.setLimits({ mostShares: 20_000 })).toMatchObject(
    firstProblem('LIVE_NOT_ARMED'),
  )
  expect(await session.trading.setLimits({ duplicateWithinMs: 500 })).toMatchObject(
    firstProblem('LIVE_NOT_ARMED'), // shorter lets more through
  )
  expect(await session.trading.setLimits({ mostShares: 900, duplicateWithinMs: 3_000 })).toMatchObject({
    ok: true,
  })
  await session.trading.arm({ endsWith: '0001' })
  expect(await session.trading.setLimits({ mostShares: 1_000 })).toMatchObject({ ok: true })
  await session.trading.halt(undefined)
  expect(await session.trading.setLimits({ mostShares: 1_001, ordersPerMinute: 1 })).toMatchObject(
    firstProblem('KILL_SWITCH_ENGAGED'),
  )
  expect(limits()).toMatchObject({ mostShares: 1_000, duplicateWithinMs: 3_000, ordersPerMinute: 60 })
  expect(await session.trading.setLimits({ ordersPerMinute: 1 })).toMatchObject({ ok: true })
  clock.skip(MINUTE_MS)
  expect(await session.trading.release({ typed: 'UNLOCK' })).toMatchObject({ ok: true })
  expect(await session.trading.setLimits({ mostShares: 1_001 })).toMatchObject({ ok: true })
})

test('live: a refused order, a known one and a cancel of nothing do not keep the account armed', async ({
  clock,
  open,
}) => {
  const session = await openLive(open)
  await session.rows.until(({ symbol, bid }) => symbol === 'AAPL' && bid !== undefined)
  await session.trading.arm({ endsWith: '0001' })
  const armedUntil = () => session.snapshot().trading.armedUntil
  const begin = armedUntil() ?? 0
  clock.skip(MINUTE_MS)
  await session.rows.until(
    ({ symbol, origin }) => symbol === 'AAPL' && (origin?.receivedAt ?? 0) > clock.now() - 1_000,
  )
  const tooMany = intentTo({ type: 'limit', limitPrice: priceAt(session, -1), quantity: '900000' })
  expect((await session.trading.submit(tooMany)).ok).toBe(false)
  expect((await session.trading.cancel('nobody')).ok).toBe(false)
  expect(armedUntil()).toBe(begin)
  const order = intentTo({ type: 'limit', limitPrice: priceAt(session, -1), timeInForce: 'gtc' })
  expect(await session.trading.submit(order)).toMatchObject({ ok: true })
  const used = armedUntil() ?? 0
  expect(used).toBeGreaterThan(begin)
  clock.skip(MINUTE_MS)
  expect(await session.trading.submit(order)).toMatchObject({ ok: true }) // the same intent
  expect(armedUntil()).toBe(used)
})

test('the same intent in another case is the same order', async ({ session, market }) => {
  const order = intentTo({ type: 'limit', limitPrice: '1.00' })
  const [one, other] = await Promise.all([
    session.trading.submit(order),
    session.trading.submit({ ...order, intent: order.intent.toUpperCase() }),
  ])
  expect(one).toEqual(other)
  expect(await session.trading.submit({ ...order, intent: order.intent.toUpperCase() })).toMatchObject({
    ok: true,
  })
  expect(market.orders()).toHaveLength(1)
})
