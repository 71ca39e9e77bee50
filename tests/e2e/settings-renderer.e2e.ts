import type { Page } from '@playwright/test'
import { chromiumPath, expect, NO_CHROMIUM, test } from '../support/renderer-page.ts'

test.skip(chromiumPath === undefined, NO_CHROMIUM)

const index = (page: Page) => page.getByRole('navigation', { name: 'Settings sections' })
const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const openSettings = (page: Page) => page.keyboard.press('Control+,')

test.describe('the index of the settings', () => {
  test('begins with the account and its API keys, and marks the section in use', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await openSettings(page)
    const sections = index(page).getByRole('button')
    await expect(sections.first()).toHaveText('Account and API keys')
    await expect(sections.first()).toHaveAttribute('aria-current', 'true')
    await index(page).getByRole('button', { name: 'Risk limits' }).press('Enter')
    await expect(section(page, 'Risk limits')).toBeFocused()
    await expect(section(page, 'Risk limits').getByRole('heading').first()).toBeInViewport()
    await expect(index(page).locator('[aria-current]')).toHaveText('Risk limits')
    await index(page).getByRole('button', { name: 'Database' }).click()
    await expect(index(page).locator('[aria-current]')).toHaveText('Database')
  })

  test('fits into a small window without a second scroll bar', async ({ openRenderer }) => {
    const { page } = await openRenderer({ width: 640, height: 400 })
    await openSettings(page)
    await index(page).getByRole('button', { name: 'About' }).click()
    await expect(section(page, 'About').getByRole('heading').first()).toBeInViewport()
    await expect(index(page).getByRole('button', { name: 'About' })).toBeInViewport()
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  })
})

test.describe('the time zone', () => {
  const clock = (page: Page) => page.getByRole('banner').getByRole('time')

  test('is Eastern Time at first, and the computer’s when chosen, on every screen', async ({
    openRenderer,
  }) => {
    const { page } = await openRenderer({ timeZone: 'Europe/Berlin' })
    await expect(clock(page)).toHaveText('10:00:00 ET')
    await openSettings(page)
    const zone = page.getByLabel('Time zone')
    await zone.focus()
    await zone.selectOption('Local (CET)')
    await expect(zone).toBeFocused()
    await expect(clock(page)).toHaveText('16:00:00 CET')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(clock(page)).toHaveText('10:00:00 ET')
  })

  test('is chosen in the palette too, told with Undo, and the grid keeps working by key', async ({
    openRenderer,
  }) => {
    const { page } = await openRenderer({ timeZone: 'Europe/Berlin' })
    const choose = async (typed: string) => {
      await page.keyboard.press('Control+k')
      await page.keyboard.type(typed)
      await page.keyboard.press('Enter')
    }
    await page.getByRole('rowheader', { name: 'TSLA' }).click()
    await choose('time zone local')
    await expect(clock(page)).toHaveText('16:00:00 CET')
    await expect(page.getByLabel('Messages')).toHaveText(/^Time zone: Local \(CET\)/)
    await expect(page.getByRole('rowheader', { name: 'TSLA' })).toBeFocused()
    await choose('eastern')
    await expect(clock(page)).toHaveText('10:00:00 ET')
    await expect(page.getByLabel('Messages').getByText(/^Time zone:/)).toHaveText(['Time zone: Eastern (ET)'])
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(clock(page)).toHaveText('16:00:00 CET')
  })
})
