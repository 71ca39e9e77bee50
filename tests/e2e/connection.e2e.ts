import type { Page } from '@playwright/test'
import { connection, health, price, row, signalIn, statsOf } from '../support/market-page.ts'
import { environmentOf, expect, SYMBOLS, test } from '../support/signal-app.ts'

/** After the feed is back, or the machine woke, every price must be fresh again within this. */
const FRESH_WITHIN_MS = 5_000

test('a lost connection is told, its prices are marked, and it comes back by itself', async ({
  connected: { page, market },
}) => {
  await expectFresh(page)
  market.injectFault({ kind: 'unreachable' })
  await expect(connection(page)).toHaveText('Reconnecting')
  await expect(page.getByText(/Signal keeps trying; check the network/)).toBeVisible()
  await expect(health(page)).toHaveText('Degraded')
  for (const symbol of SYMBOLS) {
    await expect(price(page, symbol)).toHaveAttribute('data-freshness', 'disconnected')
    await expect(price(page, symbol)).toHaveAttribute('data-direction', 'unchanged')
    await expect(price(page, symbol)).toContainText('no feed')
  }
  market.clearFaults()
  await expect(connection(page)).toHaveText('Connected', { timeout: FRESH_WITHIN_MS })
  await expectFresh(page, FRESH_WITHIN_MS)
  await expect(page.getByText(/Signal keeps trying; check the network/)).toHaveCount(0)
})

test('a connection that the server drops is back within five seconds and counted', async ({
  connected: { page, market },
}) => {
  await expectFresh(page)
  market.injectFault({ kind: 'drop' })
  await expect(connection(page)).not.toHaveText('Connected')
  await expect(connection(page)).toHaveText('Connected', { timeout: FRESH_WITHIN_MS })
  await expectFresh(page, FRESH_WITHIN_MS)
  await expect.poll(async () => (await statsOf(page)).reconnectsLastHour).toBe(1)
  await expect(health(page)).toHaveText('Degraded')
  await expect(page.getByText('The stream came back less than a minute ago.')).toBeVisible()
})

test('“Try now” does not wait for the next attempt', async ({ connected: { page, market } }) => {
  market.injectFault({ kind: 'unreachable' })
  await expect.poll(() => attempts(page)).toBeGreaterThanOrEqual(3) // the next one is seconds away
  market.clearFaults()
  await page.getByRole('button', { name: 'Try now' }).click()
  await expect(connection(page)).toHaveText('Connected', { timeout: 1_500 })
})

test.describe('a refusal of the server is told with what to do:', () => {
  test('wrong keys', async ({ launch, market }) => {
    market.injectFault({ kind: 'refuse-auth', code: 402 })
    const { page } = await launch({ env: environmentOf(market) })
    await expect(connection(page)).toHaveText('Disconnected')
    await expect(
      page.getByText(/Alpaca refused the keys .*Enter the keys again in Settings/).first(),
    ).toBeVisible()
    await expect(health(page)).toHaveText('Error')
    market.clearFaults()
    await page.getByRole('button', { name: 'Try now' }).click()
    await expect(connection(page)).toHaveText('Connected')
    await expectFresh(page)
  })

  test('too many symbols for the plan', async ({ launch, market }) => {
    market.injectFault({ kind: 'symbol-limit', limit: 3 })
    const { page } = await launch({ env: environmentOf(market) })
    await expect(
      page.getByText(/plan does not allow this many symbols, so not all have prices\. Take some off/).first(),
    ).toBeVisible()
    await expect(health(page)).toHaveText('Degraded')
  })

  test('another program holds the connection, and Signal gets it once it is free', async ({
    launch,
    market,
  }) => {
    market.injectFault({ kind: 'refuse-auth', code: 406 })
    const { page } = await launch({ env: environmentOf(market) })
    await expect(connection(page)).toHaveText('Connecting')
    await expect(
      page.getByText(/Another program uses .* Close it; Signal keeps trying\./).first(),
    ).toBeVisible()
    market.clearFaults()
    await page.getByRole('button', { name: 'Try now' }).click()
    await expect(connection(page)).toHaveText('Connected')
  })

  test('a feed that the plan does not include', async ({ launch, market }) => {
    market.injectFault({ kind: 'refuse-auth', code: 409 })
    const { page } = await launch({ env: environmentOf(market) })
    await expect(connection(page)).toHaveText('Disconnected')
    await expect(page.getByText(/does not include this feed\. Choose IEX in Settings/).first()).toBeVisible()
    await expect(health(page)).toHaveText('Error')
  })
})

test('after sleep the feed is dialled anew at once, however dead the old socket, and fresh within 5 s', async ({
  connected: { electron, page, market },
}) => {
  await expectFresh(page)
  const before = market.sent().connections
  market.injectFault({ kind: 'stall' }) // the socket looks open and answers nothing
  await electron.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'))
  await expect.poll(() => market.sent().connections, { timeout: FRESH_WITHIN_MS }).toBe(before + 1)
  await expect(connection(page)).toHaveText('Connected', { timeout: FRESH_WITHIN_MS })
  await expectFresh(page, FRESH_WITHIN_MS)
})

test('after the network was away the feed is dialled anew as soon as it is back, and fresh within 5 s', async ({
  connected: { electron, page, market },
}) => {
  await expectFresh(page)
  const before = market.sent().connections
  const setOnline = (online: boolean) =>
    electron.evaluate(async ({ net }, value) => {
      net.isOnline = () => value
    }, online)
  await setOnline(false)
  market.injectFault({ kind: 'stall' }) // nothing comes any more, and nobody hung up
  await expect.poll(() => isStaleSomewhere(page)).toBe(true)
  await setOnline(true)
  await expect.poll(() => market.sent().connections, { timeout: FRESH_WITHIN_MS }).toBe(before + 1)
  await expectFresh(page, FRESH_WITHIN_MS)
})

test('a halt is told with its reason, and so is its end', async ({ connected: { page, market } }) => {
  await expectFresh(page)
  market.injectFault({ kind: 'halt', symbol: 'TSLA' })
  await expect(row(page, 'TSLA')).toContainText('HALT')
  await expect(row(page, 'TSLA')).toContainText('Halt News Pending (T1)')
  await expect(price(page, 'TSLA')).toContainText('halted')
  await expect(row(page, 'AAPL')).not.toContainText('HALT')
  await expect(page.getByRole('button', { name: '1, show' })).toBeVisible()
  market.injectFault({ kind: 'resume', symbol: 'TSLA' })
  await expect(row(page, 'TSLA')).not.toContainText('HALT')
  await expect(price(page, 'TSLA')).toHaveAttribute('data-freshness', 'live')
})

test.describe('a thin symbol', () => {
  test.use({ marketOptions: { symbols: ['SPY', 'QQQ', 'UGA'], rate: 10 } })

  test('may be silent for long without being called stale', async ({ connected: { page, market } }) => {
    const seen = new Set<string | null>()
    const look = async () => seen.add(await price(page, 'UGA').getAttribute('data-freshness'))
    await expect(connection(page)).toHaveText('Connected')
    await expect
      .poll(
        async () => {
          await look()
          return market.sent().messages.quotes
        },
        { timeout: 30_000, intervals: [200] },
      )
      .toBeGreaterThan(150)
    expect(seen).toContain('quiet')
    expect(seen).not.toContain('stale')
    await expect(price(page, 'SPY')).not.toHaveAttribute('data-freshness', 'stale')
    await expect(health(page)).toHaveText('Healthy')
  })
})

test.describe('a stream that is connected but mute', () => {
  test.use({ marketOptions: { rate: 200 } })

  test('is noticed within 20 s, with the reason, and dialled anew', async ({
    connected: { page, market },
  }) => {
    test.setTimeout(120_000)
    await expectFresh(page)
    // Signal has to have seen for a while what usual traffic is.
    await expect
      .poll(async () => (await statsOf(page)).connectedForMs ?? 0, { timeout: 40_000 })
      .toBeGreaterThan(15_000)
    const before = market.sent().connections
    market.injectFault({ kind: 'delay-handshake', ms: 3_000 }) // leaves the time to read why
    market.injectFault({ kind: 'mute' })
    await expect(health(page)).toHaveText('Error', { timeout: 20_000 })
    await expect(page.getByText(/connected but has delivered nothing for \d+ s/).first()).toBeVisible()
    await expect(page.getByText('The price feed is down or mute')).toBeVisible() // so only exits are sent
    market.clearFaults()
    await expect(connection(page)).toHaveText('Connected')
    await expectFresh(page, FRESH_WITHIN_MS)
    expect(market.sent().connections).toBe(before + 1)
    await page.getByRole('button', { name: '1, show' }).click()
    await expect(page.getByRole('dialog', { name: 'Anomalies' })).toContainText('delivered nothing for')
  })
})

/** How many dials failed in a row. */
async function attempts(page: Page): Promise<number> {
  const api = await signalIn(page)
  const answer = await api.evaluate((signal) => signal.market.snapshot())
  return answer.ok ? answer.value.connection.attempt : 0
}

const isStaleSomewhere = async (page: Page): Promise<boolean> =>
  (await page.locator('[data-freshness=stale], [data-freshness=ageing]').count()) > 0

async function expectFresh(page: Page, timeout = 15_000): Promise<void> {
  for (const symbol of SYMBOLS) {
    await expect(price(page, symbol)).toHaveAttribute('data-freshness', 'live', { timeout })
  }
}
