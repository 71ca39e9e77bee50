import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import { expectWellLaidOut } from '../support/layout.ts'
import { price, signalIn } from '../support/market-page.ts'
import { readColor, type PageElement, type PageGlobals } from '../support/page-globals.ts'
import { expect, test, type ConnectedApp } from '../support/signal-app.ts'

test('light is light, dark is dark, and without a choice the system decides', async ({
  shared: { page },
}) => {
  const lightness = async () => {
    const text = await page.locator('html').evaluate((element: PageElement) => {
      const { getComputedStyle } = globalThis as unknown as PageGlobals
      return getComputedStyle(element).backgroundColor
    })
    return Math.min(...readColor(text))
  }
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(lightness).toBeLessThan(40)
  await save(page, { theme: 'light' })
  await expect.poll(lightness).toBeGreaterThan(215)
  await page.emulateMedia({ colorScheme: 'light' })
  await save(page, { theme: 'dark' })
  await expect.poll(lightness).toBeLessThan(40)
  await save(page, { theme: 'system' })
  await expect.poll(lightness).toBeGreaterThan(215)
})

test('the badge, the heading and the title say which market and which screen it is', async ({
  shared: { page },
}) => {
  await expect(page).toHaveTitle('DEMO · Market · Signal')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Market')
  await expect(page.getByText('DEMO', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Settings' }).click()
  await expect(page).toHaveTitle('DEMO · Settings · Signal')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Settings')
  await expect(page.getByText('DEMO', { exact: true })).toBeVisible()
})

const SIZES = [
  { text: '380 px wide', width: 380, height: 800, zoom: 1 },
  { text: 'at 200% zoom in 1280 by 800', width: 1280, height: 800, zoom: 2 },
] as const

for (const { text, ...size } of SIZES) {
  test(`nothing is lost ${text}`, async ({ shared }) => {
    const { page } = shared
    await save(page, { welcomed: false })
    await resize(shared, size)
    await expect(page.getByRole('region', { name: 'Welcome' })).toBeVisible()
    await expectWellLaidOut(page)
    await page.getByRole('button', { name: 'Explore demo' }).click()
    await expect(page.getByRole('rowheader', { name: 'AAPL' })).toBeInViewport()
    await expect(price(page, 'AAPL')).toBeInViewport()
    await expect(page.getByRole('status', { name: 'Connection' })).toBeInViewport()
    await expect(page.getByRole('status', { name: 'Health' })).toBeInViewport()
    await expectWellLaidOut(page)
    await page.getByRole('rowheader', { name: 'AAPL' }).click()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('complementary', { name: 'Details of AAPL' })).toBeInViewport()
    await expectWellLaidOut(page)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Settings' }).click()
    await expect(page.getByLabel('Theme')).toBeVisible()
    await expectWellLaidOut(page)
    await expectAccessible(page)
  })
}

async function save(page: Page, patch: object): Promise<void> {
  const api = await signalIn(page)
  const answer = await api.evaluate((signal, changes) => signal.settings.save(changes), patch)
  expect(answer).toMatchObject({ ok: true })
}

async function resize(
  { electron, page }: ConnectedApp,
  { width, height, zoom }: { readonly width: number; readonly height: number; readonly zoom: number },
): Promise<void> {
  await electron.evaluate(
    ({ BrowserWindow }, [w, h, factor]) => {
      const [window] = BrowserWindow.getAllWindows()
      window?.setContentSize(w, h)
      window?.webContents.setZoomFactor(factor)
    },
    [width, height, zoom] as const,
  )
  await expect.poll(() => page.evaluate<number>('innerWidth')).toBe(width / zoom)
}
