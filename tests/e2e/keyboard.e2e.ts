import type { Page } from '@playwright/test'
import { price, row } from '../support/market-page.ts'
import type { PageElement, PageGlobals } from '../support/page-globals.ts'
import { expect, SYMBOLS, test } from '../support/signal-app.ts'

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}

test('every screen and every command can be reached by key', async ({ shared: { page } }) => {
  await press(page, 'Control+k')
  const palette = page.getByRole('dialog', { name: 'Search commands' })
  await expect(palette.getByRole('combobox')).toBeFocused()
  await page.keyboard.type('settings')
  await expect(palette.getByRole('option', { selected: true })).toContainText('Settings')
  await press(page, 'Enter')
  await expect(page).toHaveTitle('DEMO · Settings · Signal')
  await expect(palette).toHaveCount(0)
  await press(page, 'Control+1')
  await expect(page).toHaveTitle('DEMO · Market · Signal')
  await press(page, 'Control+k', 'Escape')
  await expect(palette).toHaveCount(0)
  await press(page, '?')
  await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toContainText('Move in grid')
  await press(page, 'Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('each screen that is opened by key or by the rail has the focus at its main control', async ({
  shared: { page },
}) => {
  const main = page.getByRole('main')
  const focused = () => focusedName(page)
  await press(page, 'Control+3')
  await expect(main.locator('[data-screen=orders] :focus')).toBeVisible()
  await press(page, 'Control+1')
  await expect.poll(focused).toBe('cell')
  const rail = page.getByRole('navigation', { name: 'Screens' })
  for (const [screen, id] of [
    ['History', 'history'],
    ['Audit', 'audit'],
    ['Settings', 'settings'],
  ] as const) {
    await rail.getByRole('button', { name: screen }).click()
    const control = main.locator(`[data-screen=${id}] :focus`)
    await expect(control).toBeVisible()
    // A drop-down list would change with the next key.
    expect(await control.evaluate(({ tagName }: PageElement) => tagName)).not.toBe('SELECT')
  }
})

test('the palette does what it says: theme and palette change, and are announced', async ({
  shared: { page },
}) => {
  await press(page, 'Control+k')
  await expect(page.getByRole('combobox')).toBeFocused()
  await page.keyboard.type('switch theme')
  await expect(page.getByRole('option', { selected: true })).toContainText(/switch theme/i)
  await press(page, 'Enter')
  await expect(page.getByText('Theme: light')).toBeVisible()
  await press(page, 'Alt+t')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await press(page, 'Alt+p')
  await expect(page.locator('html')).toHaveAttribute('data-palette', 'color-blind')
})

test('the grid is navigated by arrows, Home, End, page keys and letters, with the focus visible', async ({
  shared: { page },
}) => {
  const header = (symbol: string) => row(page, symbol).getByRole('rowheader')
  const first = SYMBOLS[0] ?? ''
  const last = SYMBOLS.at(-1) ?? ''
  await press(page, 'Alt+g', 'ArrowDown')
  await expect(header(first)).toBeFocused()
  await expectFocusInSight(page)
  await press(page, 'ArrowDown', 'ArrowRight')
  await expect(row(page, 'TSLA').getByRole('gridcell').first()).toBeFocused()
  await expectFocusInSight(page)
  await press(page, 'End')
  await expect(row(page, 'TSLA').getByRole('gridcell').last()).toBeFocused()
  await press(page, 'Home')
  await expect(header('TSLA')).toBeFocused()
  await press(page, 'PageDown')
  await expect(header(last)).toBeFocused()
  await press(page, 'PageUp')
  await expect(header(first)).toBeFocused()
  await press(page, 'Control+End')
  await expect(row(page, last).getByRole('gridcell').last()).toBeFocused()
  await press(page, 'Control+Home')
  await expect(header(first)).toBeFocused()
  await page.keyboard.type('me')
  await expect(header('META')).toBeFocused()
  await press(page, 'ArrowUp')
  await expect(header('AMZN')).toBeFocused()
})

test('Enter opens the details of a row, arrows move them along, Escape closes them and the focus stays', async ({
  shared: { page },
}) => {
  await press(page, 'Alt+g', 'ArrowDown', 'Enter')
  await expect(page.getByRole('complementary', { name: 'Details of AAPL' })).toContainText('Price quality')
  await press(page, 'ArrowDown')
  await expect(page.getByRole('complementary', { name: 'Details of TSLA' })).toBeVisible()
  await press(page, 'Escape')
  await expect(page.getByRole('complementary')).toHaveCount(0)
  await expect(row(page, 'TSLA').getByRole('rowheader')).toBeFocused()
})

test('the slash key filters, Escape shows everything again', async ({ shared: { page } }) => {
  await press(page, '/')
  await expect(page.getByRole('searchbox', { name: 'Filter symbols' })).toBeFocused()
  await page.keyboard.type('am')
  await expect(page.getByRole('rowheader')).toHaveText(['AMZN'])
  await press(page, 'Escape')
  await expect(page.getByRole('rowheader')).toHaveText(SYMBOLS)
})

test('letters typed into a field stay in it', async ({ shared: { page } }) => {
  await press(page, '/')
  await page.keyboard.type('?x')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('searchbox', { name: 'Filter symbols' })).toHaveValue('?x')
})

test('a quote does not move the focus', async ({ shared: { page } }) => {
  await press(page, 'Alt+g', 'ArrowDown', 'ArrowRight')
  const focused = row(page, 'AAPL').getByRole('gridcell').first()
  await expect(focused).toBeFocused()
  const before = await price(page, 'AAPL').textContent()
  await expect(price(page, 'AAPL')).not.toHaveText(before ?? '')
  await expect(focused).toBeFocused()
})

test('the Tab key goes through the whole market screen and shows where it is', async ({
  shared: { page },
}) => {
  const seen: string[] = []
  await page.locator('body').focus()
  while (seen.length < 40) {
    await press(page, 'Tab')
    const name = await focusedName(page)
    if (seen.includes(name)) break
    await expectFocusInSight(page)
    seen.push(name)
  }
  for (const stop of ['Search commands', 'Market', 'Settings', 'Filter symbols', 'Columns', 'Healthy']) {
    expect(
      seen.some((name) => name.startsWith(stop)),
      `${stop} in ${seen.join(' | ')}`,
    ).toBe(true)
  }
  expect(seen.filter((name) => name.startsWith('cell'))).toHaveLength(1)
})

/** What has the focus, by its name or its text; a cell of the grid is described as such. */
const focusedName = (page: Page) =>
  page.locator(':focus').evaluate((element: PageElement) => {
    const role = element.getAttribute('role')
    if (role === 'columnheader' || role === 'rowheader' || role === 'gridcell') return 'cell'
    return element.getAttribute('aria-label') ?? element.textContent?.trim() ?? ''
  })

/** Expects that the focused element has an outline and lies within the window. */
async function expectFocusInSight(page: Page): Promise<void> {
  const focus = page.locator(':focus')
  await expect(focus).toBeInViewport()
  const outline = await focus.evaluate((element: PageElement) => {
    const { outlineStyle, outlineWidth } = (globalThis as unknown as PageGlobals).getComputedStyle(element)
    return `${outlineStyle} ${outlineWidth}`
  })
  expect(outline).toBe('solid 2px')
}
