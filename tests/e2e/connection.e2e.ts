import type { Page } from '@playwright/test'
import {
  connection,
  connectionIn,
  health,
  inMain,
  price,
  row,
  statsOf,
  statusBar,
} from '../support/market-page.ts'
import { environmentOf, expect, SYMBOLS, test } from '../support/signal-app.ts'

/** How soon every price must be fresh again after the feed is back or the machine wakes. */
const FRESH_WITHIN_MS = 5_000

test('a lost connection is reported, its prices are marked, and it recovers by itself', async ({
  connected: { page, market },
}) => {
  await expectFresh(page)
  market.injectFault({ kind: 'unreachable' })
  await expect(connection(page)).toHaveText('Reconnecting')
  await expect(inMain(page, /Retrying; check your network/)).toBeVisible()
  await expect(health(page)).toHaveText('Degraded')
  for (const symbol of SYMBOLS) {
    await expect(price(page, symbol)).toHaveAttribute('data-freshness', 'disconnected')
    await expect(price(page, symbol)).toHaveAttribute('data-direction', 'unchanged')
    await expect(price(page, symbol)).toContainText('no feed')
  }
  const dueAt = await nextDial(page, 1_000)
  market.clearFaults()
  await expect(connection(page)).toHaveText('Connected', { timeout: dueAt - Date.now() + FRESH_WITHIN_MS })
  await expectFresh(page, FRESH_WITHIN_MS)
  await expect(page.getByText(/Retrying; check your network/)).toHaveCount(0)
})

test('a connection dropped by the server is back within five seconds and counted', async ({
  connected: { page, market },
}) => {
  await expectFresh(page)
  market.injectFault({ kind: 'drop' })
  await expect
    .poll(async () => (await statsOf(page)).reconnectsLastHour, { timeout: FRESH_WITHIN_MS })
    .toBe(1)
  await expect(connection(page)).toHaveText('Connected')
  await expectFresh(page, FRESH_WITHIN_MS)
  await expect(health(page)).toHaveText('Degraded')
  await expect(statusBar(page)).toContainText('Reconnected less than a minute ago.')
})

test('“Reconnect now” does not wait for the next attempt', async ({ connected: { page, market } }) => {
  market.injectFault({ kind: 'unreachable' })
  const dueAt = await nextDial(page, 6_000)
  market.clearFaults()
  await page.getByRole('button', { name: 'Reconnect now' }).click()
  await expect(connection(page)).toHaveText('Connected')
  expect((await connectionIn(page)).since).toBeLessThan(dueAt)
})

test.describe('a refusal by the server says what to do:', () => {
  test('wrong keys', async ({ launch, market }) => {
    market.injectFault({ kind: 'refuse-auth', code: 402 })
    const { page } = await launch({ env: environmentOf(market) })
    await expect(connection(page)).toHaveText('Disconnected')
    await expect(inMain(page, /Alpaca rejected the API keys .*Check the API keys in Settings/)).toBeVisible()
    await expect(health(page)).toHaveText('Error')
    market.clearFaults()
    await page.getByRole('button', { name: 'Reconnect now' }).click()
    await expect(connection(page)).toHaveText('Connected')
    await expectFresh(page)
  })

  test('too many symbols for the plan', async ({ launch, market }) => {
    market.injectFault({ kind: 'symbol-limit', limit: 3 })
    const { page } = await launch({ env: environmentOf(market) })
    await expect(inMain(page, /Plan limit reached: not all symbols have prices\. Remove some/)).toBeVisible()
    await expect(health(page)).toHaveText('Degraded')
  })

  test('another program holds the connection, and Signal gets it once it is free', async ({
    launch,
    market,
  }) => {
    market.injectFault({ kind: 'refuse-auth', code: 406 })
    const { page } = await launch({ env: environmentOf(market) })
    await expect(connection(page)).toHaveText('Connecting')
    await expect(inMain(page, /Data connection in use by another app\. Close it; retrying\./)).toBeVisible()
    await nextDial(page, 6_000) // else the connection may come back before the button is pressed
    market.clearFaults()
    await page.getByRole('button', { name: 'Reconnect now' }).click()
    await expect(connection(page)).toHaveText('Connected')
  })

  test('a feed that the plan does not include', async ({ launch, market }) => {
    market.injectFault({ kind: 'refuse-auth', code: 409 })
    const { page } = await launch({ env: environmentOf(market) })
    await expect(connection(page)).toHaveText('Disconnected')
    await expect(inMain(page, /doesn’t include this feed\. Choose IEX in Settings/)).toBeVisible()
    await expect(health(page)).toHaveText('Error')
  })
})

test('after sleep the feed reconnects immediately, however dead the old socket, and is fresh within 5 s', async ({
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

test('after a network outage the feed reconnects as soon as the network is back, and is fresh within 5 s', async ({
  connected: { electron, page, market },
}) => {
  await expectFresh(page)
  const before = market.sent().connections
  /** Resolves once Signal has checked the network, which it does every second. */
  const setOnline = (online: boolean) =>
    electron.evaluate(
      ({ net }, value) =>
        new Promise<void>((resolve) => {
          net.isOnline = () => {
            resolve()
            return value
          }
        }),
      online,
    )
  await setOnline(false)
  market.injectFault({ kind: 'stall' }) // nothing arrives now, but nobody disconnected
  await expect.poll(() => isStaleSomewhere(page)).toBe(true)
  await setOnline(true)
  await expect.poll(() => market.sent().connections, { timeout: FRESH_WITHIN_MS }).toBe(before + 1)
  await expectFresh(page, FRESH_WITHIN_MS)
})

test('a halt is shown with its reason, and so is its end', async ({ connected: { page, market } }) => {
  await expectFresh(page)
  market.injectFault({ kind: 'halt', symbol: 'TSLA' })
  await expect(row(page, 'TSLA')).toContainText('HALT')
  await expect(row(page, 'TSLA')).toContainText('Halt News Pending (T1)')
  await expect(price(page, 'TSLA')).toContainText('halted')
  await expect(row(page, 'AAPL')).not.toContainText('HALT')
  await showIssues(page)
  await expect(issues(page)).toContainText('TSLA halted: Halt News Pending.')
  market.injectFault({ kind: 'resume', symbol: 'TSLA' })
  await expect(row(page, 'TSLA')).not.toContainText('HALT')
  await expect(price(page, 'TSLA')).toHaveAttribute('data-freshness', 'live')
})

test.describe('a thin symbol', () => {
  test.use({ marketOptions: { symbols: ['SPY', 'QQQ', 'UGA'], rate: 10 } })

  test('may be silent for a long time without being called stale', async ({
    connected: { page, market },
  }) => {
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

  test('is noticed within 20 s, with the reason, and reconnected', async ({
    connected: { page, market },
  }) => {
    await expectFresh(page)
    // Signal must have observed the usual traffic for a while.
    await expect
      .poll(async () => (await statsOf(page)).connectedForMs ?? 0, { timeout: 40_000 })
      .toBeGreaterThan(15_000)
    const before = market.sent().connections
    market.injectFault({ kind: 'mute' })
    market.injectFault({ kind: 'refuse-upgrade', status: 503 }) // a new connection would clear the message
    await expect(health(page)).toHaveText('Error', { timeout: 20_000 })
    await expect(statusBar(page)).toContainText(/Feed stalled: no data for \d+ s/)
    await expect(inMain(page, 'Price feed down: no new entries.')).toBeVisible() // so only exits are sent
    market.clearFaults()
    await expect(connection(page)).toHaveText('Connected')
    await expectFresh(page, FRESH_WITHIN_MS)
    expect(market.sent().connections).toBe(before + 1)
    await showIssues(page)
    await expect(issues(page)).toContainText('Feed stalled: no data for')
  })
})

/**
 * When the next attempt is due, epoch ms, once that is further away than this, ms: each wait is twice the one
 * before.
 */
async function nextDial(page: Page, awayMs: number): Promise<number> {
  let dueAt = 0
  await expect
    .poll(async () => {
      dueAt = (await connectionIn(page)).retryAt ?? 0
      return dueAt - Date.now()
    })
    .toBeGreaterThan(awayMs)
  return dueAt
}

const showIssues = (page: Page) => page.keyboard.press('Alt+f')

const issues = (page: Page) => page.getByRole('region', { name: 'Issues' })

const isStaleSomewhere = async (page: Page): Promise<boolean> =>
  (await page.locator('[data-freshness=stale], [data-freshness=ageing]').count()) > 0

async function expectFresh(page: Page, timeout = 30_000): Promise<void> {
  for (const symbol of SYMBOLS) {
    await expect(price(page, symbol)).toHaveAttribute('data-freshness', 'live', { timeout })
  }
}
