import type { Page } from '@playwright/test'
import { connection } from '../support/market-page.ts'
import type { PageGlobals } from '../support/page-globals.ts'
import { expect, test, type ConnectedApp } from '../support/signal-app.ts'
import {
  field,
  lineOf,
  messages,
  newestOrder,
  press,
  pressTwice,
  sendLimit,
  table,
  ticket,
  tradingOf,
} from '../support/trading-page.ts'

test.use({ marketOptions: { symbols: ['AAPL', 'CRM', 'MSFT', 'SPY'] } })

test.beforeEach(async ({ connected: { page } }) => {
  await expect(connection(page)).toHaveText('Connected')
  await expect(page.getByRole('status', { name: 'Trading' })).toHaveText(/Active|Trading on/)
})

const header = (page: Page, symbol: string) => page.getByRole('rowheader', { name: symbol, exact: true })
const toasts = (page: Page) => messages(page).locator('[data-toast]')
const bid = (page: Page) => sendLimit(page, { symbol: 'AAPL', key: 'b', shares: 3, percent: -2 })

/** Expects that the one order is still open, and that nothing else was sent or staged. */
async function expectUntouched({ page, market }: ConnectedApp): Promise<void> {
  expect(market.orders().map(({ symbol, status }) => `${symbol} ${status}`)).toEqual(['AAPL new'])
  expect((await tradingOf(page)).orders.map(({ state }) => state)).toEqual(['open'])
  if (await ticket(page).isVisible()) await expect(field(page, 'Symbol')).toHaveValue('AAPL')
}

test('letters find symbols on every screen, and never trade or cancel', async ({ connected }) => {
  const { page } = connected
  await bid(page)
  for (const screen of ['1', '2', '3', '4', ',']) {
    await press(page, `Control+${screen}`)
    for (const word of ['crm', 'spy', 'CRM', 'bsc', 'BSC', 'hxt']) {
      await page.locator('body').click({ position: { x: 2, y: 300 } })
      await page.keyboard.type(word)
      await press(page, 'Escape')
    }
  }
  await press(page, 'Control+1', 'Alt+g')
  await page.keyboard.type('crm')
  await expect(header(page, 'CRM')).toBeFocused()
  await expect(page.getByRole('status', { name: 'Typed symbol' })).toHaveText('CRM')
  await press(page, 'Escape')
  await page.getByRole('button', { name: 'Columns' }).focus()
  await press(page, 'Shift+S', 'Shift+P', 'Shift+Y')
  await expect(header(page, 'SPY')).toBeFocused()
  await expectUntouched(connected)
})

test('on Orders letters go to the row of the symbol', async ({ connected }) => {
  const { page } = connected
  await bid(page)
  await press(page, 'Control+3')
  await page.keyboard.type('aap')
  await expect(lineOf(page, 'Orders', 'AAPL')).toBeFocused()
  await press(page, 'Escape')
  await page.keyboard.type('spy')
  await expect(page.getByRole('status', { name: 'Typed symbol' })).toHaveText(/^SPY: no position or order/)
  await expectUntouched(connected)
})

test('the palette goes to a symbol, and asks again before it cancels or flattens', async ({ connected }) => {
  const { page, market } = connected
  await bid(page)
  for (const text of ['c', 'crm', 'fl', 'x', 'a', 'k', 'ca', 'flat', 'cancel']) {
    await press(page, 'Control+k')
    await page.keyboard.type(text)
    await press(page, 'Enter')
    await press(page, 'Escape', 'Control+1')
  }
  await expectUntouched(connected)
  await press(page, 'Control+3', 'Control+k')
  await page.keyboard.type('crm')
  await press(page, 'Enter')
  await expect(header(page, 'CRM')).toBeFocused()
  await press(page, 'Control+k')
  await page.keyboard.type('flat')
  await press(page, 'Enter')
  await expect(page.getByRole('dialog').getByRole('option', { selected: true })).toContainText(
    'Press Enter again to flatten: cancel 1 order.',
  )
  await press(page, 'Enter')
  await expect.poll(() => market.orders().map(({ status }) => status)).toEqual(['canceled'])
})

test('cancel last takes one chord, is told within a moment, and Undo stages the order again', async ({
  connected: { page, market },
}) => {
  const price = await bid(page)
  const told = await timeToToast(page, 'Alt+x')
  // oxlint-disable-next-line no-console -- a figure to read, which depends on the machine
  console.log(`from the key press to the message on the screen: ${told.toFixed(1)} ms`)
  await expect(messages(page)).toContainText(`Canceled: Buy 3 AAPL limit ${price}`)
  expect(market.orders().map(({ status }) => status)).toEqual(['canceled'])
  await toasts(page).getByRole('button', { name: 'Undo' }).click()
  await expect(field(page, 'Quantity')).toHaveValue('3')
  await expect(field(page, 'Limit price')).toHaveValue(price)
  await expect(table(page, 'Orders')).toHaveCount(0)
  expect(market.orders()).toHaveLength(1)
  await press(page, 'Control+3')
  await expect(field(page, 'Symbol')).toHaveValue('AAPL')
})

test('Undo of a cancel stages the order in the ticket’s own window while that is open', async ({
  connected: { page, electron, market },
}) => {
  const price = await bid(page)
  const opened = electron.waitForEvent('window')
  await press(page, 'Alt+w')
  const window = await opened
  await expect(ticket(window)).toBeVisible()
  await expect(ticket(page)).toHaveCount(0)
  await press(page, 'Alt+x')
  await expect(messages(page)).toContainText(`Canceled: Buy 3 AAPL limit ${price}`)
  await toasts(page).getByRole('button', { name: 'Undo' }).click()
  await expect(field(window, 'Symbol')).toHaveValue('AAPL')
  await expect(field(window, 'Quantity')).toHaveValue('3')
  await expect(field(window, 'Limit price')).toHaveValue(price)
  await expect(ticket(page)).toHaveCount(0)
  expect(market.orders()).toHaveLength(1)
})

test('a flatten takes two presses, and the first names what the second does', async ({
  connected: { page, market },
}) => {
  await bid(page)
  await pressTwice(page, 'F6', () =>
    expect(messages(page)).toContainText('Press F6 again to flatten: cancel 1 order.'),
  )
  await expect.poll(() => market.orders().map(({ status }) => status)).toEqual(['canceled'])
})

test('a cancel that comes too late is told as such', async ({ connected: { page, market } }) => {
  await bid(page)
  const { id } = await newestOrder(page, 'AAPL')
  market.injectFault({ kind: 'lose-updates' })
  market.injectFault({ kind: 'fill', order: id })
  await press(page, 'Alt+x')
  await expect(messages(page)).toContainText(
    /Bought 3 AAPL: too late to cancel|Too late to cancel: Buy 3 AAPL/,
  )
})

test('an order canceled at Alpaca is told, with Undo', async ({ connected: { page, market } }) => {
  const price = await bid(page)
  const { exchangeId = '' } = await newestOrder(page, 'AAPL')
  const { ALPACA_API_KEY = '', ALPACA_API_SECRET = '' } = market.environment
  const headers = { 'APCA-API-KEY-ID': ALPACA_API_KEY, 'APCA-API-SECRET-KEY': ALPACA_API_SECRET }
  await fetch(`${market.urls.baseUrl}/v2/orders/${exchangeId}`, { method: 'DELETE', headers })
  await expect(messages(page)).toContainText(
    `Canceled: Buy 3 AAPL limit ${price}. Canceled at Alpaca, not in Signal.`,
  )
  await expect(toasts(page).getByRole('button', { name: 'Undo' })).toBeVisible()
})

/** Time from a key press to the frame in which its message is drawn, ms. */
async function timeToToast(page: Page, keys: string): Promise<number> {
  await page.evaluate(() => {
    const page = globalThis as unknown as PageGlobals & {
      elapsed: Promise<number>
      addEventListener(type: 'keydown', listener: (event: { key: string }) => void, capture: boolean): void
      requestAnimationFrame(run: () => void): void
      document: { querySelector(selector: string): unknown }
    }
    page.elapsed = new Promise((resolve) => {
      const look = (since: number) =>
        page.document.querySelector('[aria-label=Messages] [data-toast=busy], [aria-label=Messages] button')
          ? resolve(performance.now() - since)
          : page.requestAnimationFrame(() => look(since))
      page.addEventListener('keydown', ({ key }) => key !== 'Alt' && look(performance.now()), true)
    })
  })
  await press(page, keys)
  return page.evaluate<number>('elapsed')
}
