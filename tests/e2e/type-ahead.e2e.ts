import type { Page } from '@playwright/test'
import { chromiumPath, expect, NO_CHROMIUM, test } from '../support/renderer-page.ts'

test.skip(chromiumPath === undefined, NO_CHROMIUM)

const header = (page: Page, symbol: string) => page.getByRole('rowheader', { name: symbol, exact: true })
const typed = (page: Page) => page.getByRole('status', { name: 'Typed symbol' })

test('a symbol that is not on the list is added by its letters and Enter', async ({ openRenderer }) => {
  const { page } = await openRenderer()
  let keys = 0
  for (const key of ['c', 'o', 'i', 'n', 'Enter']) {
    await page.keyboard.press(key)
    keys += 1
  }
  await expect(header(page, 'COIN')).toBeFocused()
  expect(keys).toBe(5)
})

test('a symbol behind the filter is found, and the filter is cleared', async ({ openRenderer }) => {
  const { page } = await openRenderer()
  await page.keyboard.press('/')
  await page.keyboard.type('am')
  await expect(header(page, 'CRM')).toHaveCount(0)
  await header(page, 'AMD').click()
  await page.keyboard.type('crm')
  await expect(header(page, 'CRM')).toBeFocused()
})

test('typed letters are shown for a moment and move nothing', async ({ openRenderer }) => {
  const { page } = await openRenderer()
  const before = await header(page, 'TSLA').boundingBox()
  await page.keyboard.type('ts')
  await expect(typed(page)).toHaveText('TS')
  await expect(header(page, 'TSLA')).toBeFocused()
  expect(await header(page, 'TSLA').boundingBox()).toEqual(before)
  await page.keyboard.press('Backspace')
  await expect(typed(page)).toHaveText('T')
  await page.keyboard.press('Escape')
  await expect(typed(page)).toBeHidden()
})

test('a row far down is scrolled into sight', async ({ openRenderer }) => {
  const { page } = await openRenderer({ height: 400, width: 640 })
  await page.keyboard.type('iwm')
  await expect(header(page, 'IWM')).toBeFocused()
  await expect(header(page, 'IWM')).toBeInViewport()
})
