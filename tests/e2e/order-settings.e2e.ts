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
  const dollars = limit(page, 'Order value, warn above, $')
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
  await expect(page.getByText('Limits reset to defaults')).toBeVisible()
})

test('a limit can be neither turned off nor moved past its bounds, and the old value stays', async ({
  openRenderer,
}) => {
  const { page } = await openRenderer()
  await openSettings(page)
  const age = limit(page, 'Quote age, block above, ms')
  for (const [text, description] of [
    ['', 'Limits can’t be turned off. Still 5,000.'],
    ['10', 'Limit is at least 1,000. Still 5,000.'],
    ['999999', 'Limit is at most 60,000. Still 5,000.'],
    ['never', /“never” isn’t a number.* Still 5,000\./],
    ['-1', 'Number must be above 0. Still 5,000.'],
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

test('a bracket template is named and measured in Settings, and its key applies it', async ({
  openRenderer,
}) => {
  const { page } = await openRenderer()
  await openSettings(page)
  const second = page.getByRole('group', { name: 'Bracket template 2' })
  await second.getByLabel('Name of template 2', { exact: true }).fill('Scalp')
  await second.getByLabel('Unit of the stop of template 2', { exact: true }).selectOption('ticks')
  await second.getByLabel('Stop of template 2', { exact: true }).fill('0')
  await page.keyboard.press('Enter')
  await expect(second.getByLabel('Stop of template 2', { exact: true })).toHaveAccessibleDescription(
    /above 0/,
  )
  await second.getByLabel('Stop of template 2', { exact: true }).fill('15')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Bracket template 2: Scalp')).toBeVisible()
  await page.getByRole('button', { name: 'Remove template 4' }).click()
  await expect(page.getByText('Removed 20t')).toBeVisible()
  await page.keyboard.press('Control+1')
  await page.getByRole('rowheader', { name: 'AMD', exact: true }).click()
  await page.keyboard.press('Alt+Shift+Digit2')
  const ticket = page.getByRole('form', { name: 'Order ticket' })
  await expect(ticket.getByLabel('Stop loss', { exact: true })).toHaveValue('15')
  await expect(ticket.getByRole('group', { name: 'Bracket templates' }).getByRole('button')).toHaveText([
    /2R/,
    /Scalp/,
    /1%/,
  ])
})

for (const [choice, side, symbol] of [
  ['Switch to close', 'Sell', 'AMD'],
  ['Keep side', 'Buy', 'AMD'],
  ['Clear ticket', 'Buy', ''],
] as const) {
  test(`after a fill the ticket does what was chosen: ${choice}`, async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openSettings(page)
    await page.getByLabel('After a fill').selectOption(choice)
    await page.keyboard.press('Control+1')
    await page.getByRole('rowheader', { name: 'AMD', exact: true }).click()
    await page.keyboard.press('Alt+b')
    const ticket = page.getByRole('form', { name: 'Order ticket' })
    await expect(ticket.getByLabel('Quantity', { exact: true })).toBeFocused()
    await page.keyboard.press('Control+Enter')
    await expect(ticket.getByRole('button', { name: /^Submit/ })).toBeFocused()
    await page.keyboard.press('Control+Enter')
    await expect(ticket.getByRole('region', { name: 'Sent orders' })).toContainText('Accepted')
    await expect(ticket.getByLabel('Symbol', { exact: true })).toHaveValue('AMD')
    await tell('workOrders', 3)
    await expect(ticket.getByRole('region', { name: 'Sent orders' })).toContainText('Filled 100')
    await expect(ticket.getByRole('radio', { name: side })).toBeChecked()
    await expect(ticket.getByLabel('Symbol', { exact: true })).toHaveValue(symbol)
    await expect(ticket.getByLabel('Quantity', { exact: true })).toHaveValue('')
  })
}

test('the usual order size is asked once, becomes the first preset, and its limits are offered in words', async ({
  openRenderer,
}) => {
  const { page } = await openRenderer()
  await page.getByRole('rowheader', { name: 'AMD', exact: true }).click()
  await page.keyboard.press('Alt+b')
  const ticket = page.getByRole('form', { name: 'Order ticket' })
  await expect(ticket.getByLabel('Quantity', { exact: true })).toBeFocused()
  const size = ticket.getByLabel('Usual order size', { exact: true }).last()
  await size.fill('none')
  await expect(ticket.getByRole('button', { name: 'Set' })).toBeDisabled()
  await size.fill('$60,000')
  await size.press('Enter')
  await expect(ticket.getByRole('group', { name: 'Usual order size' })).toHaveCount(0)
  await expect(ticket.getByLabel('Quantity', { exact: true })).toHaveValue('60000')
  await expect(ticket.getByRole('group', { name: 'Presets' }).getByRole('button').first()).toHaveText(
    '$60,000',
  )
  await expect(page.getByLabel('Messages')).toContainText(
    'Warn above $90,000 and block above $180,000 instead?',
  )
  const limits = () =>
    page.evaluate('signal.trading.snapshot().then(({ value }) => value.limits.notionalAskDollars)')
  expect(await limits()).toBe(50_000)
  await page.getByRole('button', { name: 'Change limits' }).click()
  await expect.poll(limits).toBe(90_000)
  await page.reload()
  await page.keyboard.press('Alt+o')
  await expect(ticket.getByRole('group', { name: 'Usual order size' })).toHaveCount(0)
})
