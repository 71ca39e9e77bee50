import type { Page } from '@playwright/test'
import { connection } from '../support/market-page.ts'
import { field, press, sentOrder, ticket, tradingOf } from '../support/trading-page.ts'
import { expect, test } from '../support/signal-app.ts'

test.beforeEach(async ({ connected: { page } }) => {
  await expect(connection(page)).toHaveText('Connected')
  await press(page, 'Control+1')
  const row = page.getByRole('rowheader', { name: 'AAPL', exact: true })
  await row.focus()
  await expect(row).toBeFocused()
})

const reviewed = (page: Page) => ticket(page).locator('[data-review]')

test('100 shares are bought at the ask with three presses from the grid', async ({ connected: { page } }) => {
  await press(page, 'Alt+Shift+b')
  await expect(field(page, 'Quantity')).toHaveValue('100')
  await expect(field(page, 'Limit price')).not.toHaveValue('')
  await press(page, 'Control+Enter')
  await expect(reviewed(page)).toHaveText(/^BUY 100 AAPL, limit [\d.]+, day/)
  await expect(ticket(page).getByRole('checkbox')).toHaveCount(0)
  await press(page, 'Control+Enter')
  await expect(sentOrder(page)).toContainText(/Buy 100 AAPL limit/)
  await expect(page.getByRole('rowheader', { name: 'AAPL', exact: true })).toBeFocused()
})

test('a bracket by template is sent with four presses from the grid', async ({ connected: { page } }) => {
  await press(page, 'Alt+Shift+b')
  await expect(field(page, 'Limit price')).not.toHaveValue('')
  await press(page, 'Alt+Shift+Digit3')
  await expect(field(page, 'Target')).toHaveAccessibleDescription(/^= [\d.]+/)
  await press(page, 'Control+Enter')
  await expect(reviewed(page)).toHaveText(/^BUY 100 AAPL, limit [\d.]+, target [\d.]+, stop loss [\d.]+, day/)
  await press(page, 'Control+Enter')
  await expect(sentOrder(page)).toContainText(/Buy 100 AAPL limit/)
  await expect
    .poll(async () => (await tradingOf(page)).orders.filter(({ symbol }) => symbol === 'AAPL').length)
    .toBe(3)
})

test('while its own window has the ticket, an order is staged there and the panel stays closed', async ({
  connected: { page, electron },
}) => {
  const opened = electron.waitForEvent('window')
  await press(page, 'Alt+w')
  const own = await opened
  await expect(ticket(own)).toBeVisible()
  await page.getByRole('rowheader', { name: 'MSFT', exact: true }).focus()
  await press(page, 'Alt+s')
  await expect(field(own, 'Symbol')).toHaveValue('MSFT')
  await expect(ticket(own).getByRole('radio', { name: 'Sell' })).toBeChecked()
  await press(page, 'Alt+o')
  await expect(ticket(page)).toHaveCount(0)
  await own.close()
  await press(page, 'Alt+o')
  await expect(ticket(page)).toBeVisible()
})
