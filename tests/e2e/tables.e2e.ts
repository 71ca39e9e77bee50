import type { ElectronApplication, Locator, Page } from '@playwright/test'
import { amountIn, cell, row } from '../support/market-page.ts'
import { expect, SYMBOLS, test } from '../support/signal-app.ts'

const grid = (page: Page) => page.getByRole('grid', { name: 'Market' })
const header = (page: Page, name: string) => page.getByRole('columnheader', { name, exact: true })
const headers = (page: Page) => grid(page).getByRole('columnheader')
const symbols = (page: Page) => grid(page).getByRole('rowheader')
const menu = (page: Page) => page.getByRole('menu').first()
const entry = (page: Page, name: string) => page.getByRole('menuitem', { name })
const clipboard = (electron: ElectronApplication) =>
  electron.evaluate(({ clipboard: board }) => board.readText())
const widthOf = async (element: Locator) => (await element.boundingBox())?.width ?? 0

interface Sizes {
  readonly scrollHeight: number
  readonly clientHeight: number
}

/** Drags from the middle of an element, or from its right edge, by so many pixels. */
async function drag(page: Page, from: Locator, by: number, grip: 'middle' | 'edge'): Promise<void> {
  const box = await from.boundingBox()
  if (!box) throw new Error('what is dragged is not drawn')
  const x = grip === 'edge' ? box.x + box.width - 3 : box.x + box.width / 2
  const y = box.y + box.height / 2
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + by / 2, y, { steps: 4 })
  await page.mouse.move(x + by, y, { steps: 4 })
  await page.mouse.up()
}

test.describe('a column', () => {
  test('is sorted by its header, by click and by key, one way, the other, and no longer', async ({
    shared: { page },
  }) => {
    const symbol = header(page, 'Symbol')
    await symbol.click()
    await expect(symbol).toHaveAttribute('aria-sort', 'ascending')
    await expect(symbols(page)).toHaveText([...SYMBOLS].sort())
    await page.keyboard.press('Enter')
    await expect(symbol).toHaveAttribute('aria-sort', 'descending')
    await expect(symbols(page)).toHaveText([...SYMBOLS].sort().reverse())
    await page.keyboard.press('Space')
    await expect(symbol).toHaveAttribute('aria-sort', 'none')
    await expect(symbols(page)).toHaveText(SYMBOLS)
  })

  test('is made wider by dragging its edge, by Alt and an arrow, and fits by a double click, also after a restart', async ({
    shared: { page },
  }) => {
    const bid = header(page, 'Bid')
    await drag(page, bid, 60, 'edge')
    const wide = await widthOf(bid)
    expect(await widthOf(await cell(page, 'AAPL', 'Bid'))).toBe(wide)
    await page.reload()
    expect(await widthOf(bid)).toBe(wide)
    await bid.focus()
    await page.keyboard.press('Alt+ArrowLeft')
    expect(await widthOf(bid)).toBe(wide - 8)
    await bid.locator('[data-edge]').dblclick()
    expect(await widthOf(bid)).toBeLessThan(wide - 8)
    const text = (await cell(page, 'AAPL', 'Bid')).first()
    expect(
      await text.evaluate((element: { scrollWidth: number }) => element.scrollWidth),
    ).toBeLessThanOrEqual(Math.ceil(await widthOf(bid)))
  })

  test('moves where its header is dragged, and by Ctrl and an arrow with the focus on it', async ({
    shared: { page },
  }) => {
    const order = async () => (await headers(page).allTextContents()).slice(0, 6).join(' ')
    expect(await order()).toBe('Symbol Last Net Chg % Bid Ask')
    await drag(page, header(page, 'Ask'), -150, 'middle')
    expect(await order()).toBe('Symbol Last Net Ask Chg % Bid')
    await expect(header(page, 'Ask')).toHaveAttribute('aria-sort', 'none') // a drag does not sort
    await page.keyboard.press('Control+ArrowRight')
    expect(await order()).toBe('Symbol Last Net Chg % Ask Bid')
    await expect(header(page, 'Ask')).toBeFocused()
  })

  test('is pinned beside the symbol and stays in sight when the grid scrolls sideways', async ({
    shared: { electron, page },
  }) => {
    await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(700, 600))
    await expect.poll(() => page.evaluate<number>('innerWidth')).toBe(700)
    await header(page, 'Bid').click({ button: 'right' })
    await entry(page, 'Pin left').click()
    await expect(headers(page).nth(1)).toHaveText('Bid')
    await grid(page).evaluate((element: { scrollLeft: number }) => {
      element.scrollLeft = 10_000
    })
    for (const name of ['Symbol', 'Bid', 'Age']) await expect(header(page, name)).toBeInViewport({ ratio: 1 })
    await expect(row(page, 'AAPL').getByRole('rowheader')).toBeInViewport({ ratio: 1 })
    await expect(await cell(page, 'AAPL', 'Bid')).toBeInViewport({ ratio: 1 })
    await expect(header(page, 'Net')).not.toBeInViewport()
  })

  test('is hidden and shown from the menu of any header, which the keyboard opens too', async ({
    shared: { page },
  }) => {
    await header(page, 'Net').focus()
    await page.keyboard.press('Shift+F10')
    await expect(menu(page)).toBeVisible()
    await entry(page, 'Hide column').click()
    await expect(header(page, 'Net')).toHaveCount(0)
    await header(page, 'Bid').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Columns', exact: true }).hover()
    await page.getByRole('menuitemcheckbox', { name: 'Mid', exact: true }).click()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect(header(page, 'Mid')).toHaveCount(1)
    await header(page, 'Bid').click({ button: 'right' })
    await entry(page, 'Reset columns').click()
    await expect(header(page, 'Net')).toHaveCount(1)
    await expect(header(page, 'Mid')).toHaveCount(0)
  })
})

test('columns stay when the ticket opens, and those that matter are in sight beside it', async ({
  shared: { page },
}) => {
  const before = await headers(page).allTextContents()
  await expect(header(page, 'Age')).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('Alt+o')
  await expect(page.getByRole('form', { name: 'Order ticket' })).toBeVisible()
  await expect(headers(page)).toHaveText(before)
  for (const name of ['Symbol', 'Last', 'Net', 'Chg %', 'Bid', 'Ask', 'Volume', 'Position', 'P&L'])
    await expect(header(page, name), name).toBeInViewport({ ratio: 1 })
})

test('columns keep their widths when the rows come to scroll', async ({ shared: { electron, page } }) => {
  const widths = async () => Promise.all((await headers(page).all()).map(widthOf))
  const before = await widths()
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 420))
  await expect
    .poll(() => grid(page).evaluate(({ scrollHeight, clientHeight }: Sizes) => scrollHeight > clientHeight))
    .toBe(true)
  expect(await widths()).toEqual(before)
})

test('a set of columns is kept under a name, chosen again, renamed and deleted', async ({
  shared: { page },
}) => {
  const panel = page.getByRole('dialog', { name: 'Columns' })
  await page.keyboard.press('Alt+c')
  await panel.getByRole('checkbox', { name: 'Volume' }).uncheck()
  await panel.getByRole('textbox', { name: 'Save as preset' }).fill('Scalping')
  await page.keyboard.press('Enter')
  await expect(panel.getByRole('radio', { name: 'Scalping' })).toBeChecked()
  await panel.getByRole('radio', { name: 'Quotes' }).check()
  await expect(headers(page).nth(2)).toHaveText('Bid size')
  await page.reload()
  await row(page, 'AAPL').waitFor()
  await page.keyboard.press('Alt+c')
  await expect(panel.getByRole('radio', { name: 'Quotes' })).toBeChecked()
  await panel.getByRole('button', { name: 'Rename Scalping' }).click()
  await panel.getByRole('textbox', { name: 'New name of Scalping' }).fill('Open')
  await page.keyboard.press('Enter')
  await panel.getByRole('radio', { name: 'Open' }).check()
  await expect(header(page, 'Bid size')).toHaveCount(1)
  await expect(header(page, 'Volume')).toHaveCount(0)
  await panel.getByRole('button', { name: 'Delete Open' }).click()
  await expect(panel.getByRole('radio', { name: 'Open' })).toHaveCount(0)
})

test.describe('a row', () => {
  test('is copied by Ctrl+C, and its cell or the whole table from its menu', async ({
    shared: { electron, page },
  }) => {
    await row(page, 'TSLA').getByRole('rowheader').click()
    await page.keyboard.press('Control+c')
    await expect.poll(() => clipboard(electron)).toMatch(/^TSLA\t[\d.]+\t/)

    const volume = await cell(page, 'AAPL', 'Volume')
    await volume.click({ button: 'right' })
    await entry(page, 'Copy cell').click()
    await expect.poll(() => clipboard(electron)).toMatch(/^\d+$/)

    await row(page, 'AAPL').getByRole('rowheader').click({ button: 'right' })
    await entry(page, 'Copy table').first().click()
    await expect.poll(() => clipboard(electron)).toMatch(/^Symbol\tLast\tNet\t/)
    const lines = (await clipboard(electron)).trim().split('\n')
    expect(lines.slice(1).map((line) => line.split('\t')[0])).toEqual(SYMBOLS)

    await row(page, 'AAPL').getByRole('rowheader').click({ button: 'right' })
    await entry(page, 'Copy table as CSV').click()
    await expect.poll(() => clipboard(electron)).toMatch(/^Symbol,Last,Net,/)
  })

  test('stages an order from its menu, opened by key, with the focus in the ticket', async ({
    shared: { page },
  }) => {
    await row(page, 'NVDA').getByRole('rowheader').click()
    await page.keyboard.press('Shift+F10')
    await expect(menu(page)).toBeVisible()
    await entry(page, 'Buy ask (limit').click()
    const ticket = page.getByRole('form', { name: 'Order ticket' })
    await expect(ticket.getByLabel('Symbol')).toHaveValue('NVDA')
    await expect(ticket.getByLabel('Quantity', { exact: true })).toBeFocused()
  })

  test('gives the focus back when its menu is closed', async ({ shared: { page } }) => {
    const nvda = row(page, 'NVDA').getByRole('rowheader')
    await nvda.click()
    await page.keyboard.press('Shift+F10')
    await expect(menu(page)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(menu(page)).toHaveCount(0)
    await expect(nvda).toBeFocused()
  })

  test('of a halted symbol wears a tag, and nothing in the grid moves for it', async ({
    shared: { page, market },
  }) => {
    const places = () =>
      symbols(page).evaluateAll((cells: { getBoundingClientRect(): { top: number; height: number } }[]) =>
        cells.map((one) => {
          const { top, height } = one.getBoundingClientRect()
          return `${top} ${height}`
        }),
      )
    await expect(row(page, 'TSLA')).toContainText(/\d\.\d/)
    const before = await places()
    await page.evaluate(`(() => {
      globalThis.shifts = 0
      new PerformanceObserver((list) => {
        for (const { value } of list.getEntries()) globalThis.shifts += value
      }).observe({ type: 'layout-shift' })
    })()`)
    market.injectFault({ kind: 'halt', symbol: 'TSLA' })
    await expect(row(page, 'TSLA')).toContainText('HALT')
    await expect(row(page, 'TSLA').getByTitle('Halt News Pending (T1)')).toBeVisible()
    expect(await places()).toEqual(before)
    market.injectFault({ kind: 'resume', symbol: 'TSLA' })
    await expect(row(page, 'TSLA')).not.toContainText('HALT')
    expect(await places()).toEqual(before)
    expect(await page.evaluate('globalThis.shifts')).toBe(0)
  })
})

test('Net is what Last lies above the previous close, in the same cents', async ({ shared: { page } }) => {
  await expect(row(page, 'AAPL')).toContainText(/\d\.\d/)
  const last = amountIn(await (await cell(page, 'AAPL', 'Last')).textContent())
  expect(last).toMatch(/^\d+\.\d\d$/)
  expect(await (await cell(page, 'AAPL', 'Net')).textContent()).toMatch(/^[+−]?\d+\.\d\d$/)
})
