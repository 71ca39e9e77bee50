import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import BetterSqlite3 from 'better-sqlite3'
import { expect } from 'vitest'
import { AlpacaClient, alpacaConfig } from '#alpaca'
import { stockSymbol } from '../../src/shared/units.ts'
import { intentTo } from '../support/order-drafts.ts'
import { slowedClock } from '../support/slowed-clock.ts'
import { bought, resting, sent } from '../support/trader.ts'
import type { TradingSession } from '../support/trading-session.ts'
import { test } from '../support/trading-test.ts'

const AWAY = { ok: false, error: { problems: [{ code: 'DATABASE_AWAY' }] } }

/** Makes the storage process hang, as with a disk that does not respond. */
const stall = (session: TradingSession) => void session.storageProcesses.at(-1)?.kill('SIGSTOP')
const resume = (session: TradingSession) => void session.storageProcesses.at(-1)?.kill('SIGCONT')
const die = (session: TradingSession) => void session.storageProcesses.at(-1)?.kill('SIGKILL')

const reasons = (session: TradingSession) => session.snapshot().trading.reasons.map(({ reason }) => reason)
const isAway = (session: TradingSession) => reasons(session).includes('database-away')

/** What the log says about an order, read from the database itself. */
async function timeline(session: TradingSession, id: string): Promise<readonly string[]> {
  const read = await session.modeStorage.eventLog.events.read({ stream: `demo:order:${id}`, limit: 100 })
  return read.ok ? read.value.map(({ type }) => type) : []
}

test('the storage process is killed between an order’s events: none of them is lost, none is there twice', async ({
  market,
  session,
}) => {
  const id = await resting(session)
  for (const qty of ['1', '2', '3', '4']) {
    market.injectFault({ kind: 'fill', order: id, qty })
    die(session)
    await session.when(({ fills }) => fills.length > 0 && session.storageProcesses.length > 1)
  }
  await session.until(id, 'filled')
  const types = await timeline(session, id)
  expect(types.filter((type) => type === 'OrderFilled')).toHaveLength(1)
  expect(session.snapshot().positions).toMatchObject([{ quantity: '10' }])
  expect(await session.modeStorage.handlers.audit.verify(undefined)).toMatchObject({
    ok: true,
    value: { kind: 'intact' },
  })
})

test('the storage process is killed while orders are sent: each is there, recorded before it was sent', async ({
  market,
  open,
}) => {
  const session = open({ clock: slowedClock() }) // an order is refused if the process is not back within two seconds
  await session.ready()
  const orders = [1, 2, 3].map((nth) =>
    intentTo({ type: 'limit', limitPrice: '1.00', quantity: String(nth) }),
  )
  const answers = orders.map(async (order) => session.trading.submit(order))
  die(session)
  expect((await Promise.all(answers)).map(({ ok }) => ok)).toEqual([true, true, true])
  for (const { intent } of orders) {
    await session.until(intent, 'open')
    expect((await timeline(session, intent))[0]).toBe('OrderRequested')
  }
  expect(market.orders()).toHaveLength(3)
})

test('the disk hangs: orders are blocked, but a cancel, the kill switch and a flatten get through', async ({
  market,
  session,
}) => {
  await bought(session)
  const id = await resting(session, { symbol: 'MSFT' })
  stall(session)
  expect(await session.trading.cancel(id)).toMatchObject({ ok: true })
  await expect.poll(() => market.orders().find((one) => one.clientOrderId === id)?.status).toBe('canceled')
  const order = intentTo({ type: 'limit', limitPrice: '1.00' })
  expect(await session.trading.submit(order)).toMatchObject(AWAY)
  expect(isAway(session)).toBe(true)
  await session.trading.halt(undefined)
  expect(session.snapshot().trading.state).toBe('halted')
  expect(await session.trading.flatten(undefined)).toMatchObject({ ok: true, value: { isFlat: true } })

  resume(session)
  await session.until(id, 'canceled')
  await session.when(
    ({ positions, trading }) => positions.length === 0 && !JSON.stringify(trading).includes('away'),
  )
  expect(market.orders().some(({ clientOrderId }) => clientOrderId === order.intent)).toBe(false)
  expect(await timeline(session, id)).toContain('OrderCanceled')
  const halt = async () => {
    const read = await session.modeStorage.eventLog.events.read({ stream: 'demo:risk', limit: 10 })
    return read.ok && read.value.map(({ type }) => type)
  }
  await expect.poll(halt).toEqual(['KillSwitchEngaged'])
})

test('the disk hangs when a flatten starts: the flatten does not wait for it', async ({
  market,
  session,
}) => {
  await bought(session)
  await resting(session)
  stall(session)
  expect(await session.trading.flatten(undefined)).toMatchObject({ ok: true, value: { isFlat: true } })
  expect(market.orders().map(({ status }) => status)).toEqual(['filled', 'canceled', 'filled'])
  resume(session)
  await session.when(({ positions, orders }) => positions.length === 0 && orders.length === 3)
})

test('another program locks the database: what happened meanwhile is recorded once it lets go', async ({
  market,
  dataDir,
  clock,
  session,
}) => {
  const id = await resting(session)
  const other = new BetterSqlite3(join(dataDir, 'signal.demo.sqlite'))
  other.exec('begin immediate')
  market.injectFault({ kind: 'fill', order: id })
  expect(await session.trading.submit(intentTo())).toMatchObject(AWAY)
  expect(session.order(id)?.state).toBe('open')
  other.exec('rollback')
  other.close()
  await expect
    .poll(() => {
      clock.skip(5_000)
      return session.order(id)?.state
    })
    .toBe('filled')
  await session.ready()
  expect(await timeline(session, id)).toContain('OrderFilled')
  await sent(session, { symbol: 'MSFT' })
})

/** A call's answer, once it has come. */
function settled<T>(call: T | Promise<T>): { answer?: T } {
  const one: { answer?: T } = {}
  void Promise.resolve(call).then((answer) => (one.answer = answer))
  return one
}

test('there is no database from the start: entries and closes are blocked, cancel all and flatten work', async ({
  market,
  open,
  clock,
}) => {
  const elsewhere = new AlpacaClient(alpacaConfig(market.environment))
  const order = { symbol: 'AAPL', side: 'buy', timeInForce: 'day' } as const
  await elsewhere.placeOrder({ ...order, type: 'market', qty: '3', clientOrderId: 'held' })
  await elsewhere.placeOrder({ ...order, type: 'limit', limitPrice: '1', qty: '1', clientOrderId: 'first' })
  await expect.poll(() => market.orders().find(({ id }) => id !== '')?.status).toBe('filled')
  const session = open({ databaseUrl: 'postgres://nobody:nothing@127.0.0.1:9/none' })
  await session.when(({ reconciliation }) => reconciliation.problem?.includes('Database') === true)
  await session.when(() => isAway(session))
  expect(await session.trading.submit(intentTo())).toMatchObject(AWAY)
  const symbol = stockSymbol.parse('AAPL')
  expect((await session.trading.closePosition({ intent: randomUUID(), symbol })).ok).toBe(false)
  expect(await session.trading.cancelAll({})).toEqual({
    ok: true,
    value: { canceled: 1, unanswered: [] },
  })
  await expect.poll(() => market.orders()[1]?.status).toBe('canceled')
  await elsewhere.placeOrder({ ...order, type: 'limit', limitPrice: '1', qty: '1', clientOrderId: 'second' })
  const flat = settled(session.trading.flatten(undefined))
  await expect
    .poll(
      () => {
        clock.skip(500)
        return flat.answer
      },
      { timeout: 20_000 },
    )
    .toMatchObject({
      ok: true,
      value: { isFlat: false, sentence: expect.stringContaining('Order log unreadable') as string },
    })
  expect(market.orders().map(({ status }) => status)).toEqual(['filled', 'canceled', 'canceled', 'filled'])
})
