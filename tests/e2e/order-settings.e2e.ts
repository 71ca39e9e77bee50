import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import { chromiumPath, expect, NO_CHROMIUM, test } from '../support/renderer-page.ts'

test.skip(chromiumPath === undefined, NO_CHROMIUM)

const limit = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })

const openSettings = async (page: Page) => {
  await page.keyboard.press('Control+,')
  await expect(page.getByRole('heading', { name: 'Risk limits' })).toBeVisible()
}

test('a risk limit is changed, and changed back by Undo', async ({ openRenderer }) => {
  const { page } = await openRenderer()
  await openSettings(page)
  const dollars = limit(page, 'Worth of an order, warn above, $')
  await expect(dollars).toHaveValue('50,000')
  await dollars.fill('40,000')
  await page.keyboard.press('Enter')
  await expect(dollars).toHaveValue('40,000')
  await expect
    .poll(() =>
      page.evaluate('signal.trading.snapshot().then(({ value }) => value.limits.notionalAskDollars)'),
    )
    .toBe(40_000)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(dollars).toHaveValue('50,000')
  await page.getByRole('button', { name: 'Default limits' }).click()
  await expect(page.getByText('The limits are back to their defaults')).toBeVisible()
})

test('a limit can be neither turned off nor moved past its bounds, and the old value stays', async ({
  openRenderer,
}) => {
  const { page } = await openRenderer()
  await openSettings(page)
  const age = limit(page, 'Age of the quote, block above, ms')
  for (const [text, description] of [
    ['', 'A limit can be moved, not switched off. 5,000 stays.'],
    ['10', 'It is at least 1,000. 5,000 stays.'],
    ['999999', 'It is at most 60,000. 5,000 stays.'],
    ['never', /“never” is not a number.* 5,000 stays\./],
    ['-1', 'This number is more than zero. 5,000 stays.'],
  ] as const) {
    await age.fill(text)
    await age.press('Enter')
    await expect(age).toHaveAccessibleDescription(description)
  }
  expect(
    await page.evaluate('signal.trading.snapshot().then(({ value }) => value.limits.quoteAgeMostMs)'),
  ).toBe(5_000)
})

test('the review, order notifications and presets are set, and the ticket follows', async ({
  openRenderer,
}) => {
  const { page } = await openRenderer()
  await openSettings(page)
  await page.getByLabel('Review orders').uncheck()
  await page.getByLabel('Order notifications').uncheck()
  await expect(page.getByText('Order notifications: off')).toBeVisible()
  const presets = page.getByLabel('Quantity presets')
  await presets.fill('10, x')
  await presets.press('Enter')
  await expect(presets).toHaveAccessibleDescription(/“x” isn’t a whole number of shares or dollars\./)
  await presets.fill('20 30')
  await presets.press('Enter')
  await page.keyboard.press('Control+1')
  await page.getByRole('rowheader', { name: 'AMD', exact: true }).click()
  await page.keyboard.press('Alt+b')
  const ticket = page.getByRole('form', { name: 'Order ticket' })
  await expect(ticket.getByLabel('Quantity', { exact: true })).toHaveValue('20')
  await expect(ticket.getByRole('group', { name: 'Presets' }).getByRole('button')).toHaveText(['20', '30'])
  await expect(ticket.getByRole('button', { name: /^Submit/ })).toBeVisible()
})

test('the order settings are accessible in a narrow window', async ({ openRenderer }) => {
  const { page } = await openRenderer({ width: 380, height: 740 })
  await openSettings(page)
  await expect.poll(() => page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  await expectAccessible(page)
})
