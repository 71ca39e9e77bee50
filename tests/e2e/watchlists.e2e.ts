import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { DemoMarket } from '../../src/demo-market/index.ts'
import { price, row } from '../support/market-page.ts'
import { environmentOf, expect, test } from '../support/signal-app.ts'

const LISTS = {
  welcomed: true,
  watchlists: [
    { name: 'Tech', symbols: ['AAPL', 'TSLA', 'NVDA'] },
    { name: 'Funds', symbols: ['SPY', 'QQQ'] },
    { name: 'Empty', symbols: [] },
  ],
  watchlist: 'Tech',
}

/** Connected to the market, with watchlists that the environment does not fix. */
function freeLists(market: DemoMarket): Record<string, string> {
  const { SIGNAL_SYMBOLS: _fixed, ...env } = environmentOf(market)
  return env
}

const rows = (page: Page) => page.getByRole('grid', { name: 'Market' }).getByRole('rowheader')
const shownList = (page: Page) => page.getByRole('button', { name: /^Watchlist / })
const addBox = (page: Page) => page.getByRole('dialog', { name: /^Add to / })

test.describe('with three lists', () => {
  test.beforeEach(({ dataDir }) => {
    writeFileSync(join(dataDir, 'settings.json'), JSON.stringify(LISTS))
  })

  test('COIN is added with six keys and has the focus and its price', async ({ launch, market }) => {
    const { page } = await launch({ env: freeLists(market) })
    await page.keyboard.press('Alt+g')
    let keys = 0
    const press = async (key: string) => {
      await page.keyboard.press(key)
      keys += 1
    }
    for (const key of ['+', 'c', 'o', 'i', 'n', 'Enter']) await press(key)
    await expect(rows(page)).toHaveText(['AAPL', 'TSLA', 'NVDA', 'COIN'])
    await expect(row(page, 'COIN').getByRole('rowheader')).toBeFocused()
    await expect(price(page, 'COIN')).toHaveAttribute('data-freshness', 'live')
    expect(keys).toBeLessThanOrEqual(6)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(rows(page)).toHaveText(['AAPL', 'TSLA', 'NVDA'])
  })

  test('a symbol that nobody lists is refused by name, and a stock is found by its name', async ({
    launch,
    market,
  }) => {
    const { page } = await launch({ env: freeLists(market) })
    await page.keyboard.press('+')
    await page.keyboard.type('zzzzq')
    await page.keyboard.press('Enter')
    await expect(addBox(page).getByRole('alert')).toHaveText('Unknown symbol ZZZZQ.')
    await addBox(page).getByRole('combobox').fill('advanced micro')
    await expect(addBox(page).getByRole('option', { selected: true })).toContainText('AMD')
    await page.keyboard.press('Shift+Enter')
    await expect(rows(page)).toHaveText(['AAPL', 'TSLA', 'NVDA', 'AMD'])
    await page.keyboard.type('ibm')
    await page.keyboard.press('Enter')
    await expect(addBox(page)).toHaveCount(0)
    await expect(rows(page)).toHaveText(['AAPL', 'TSLA', 'NVDA', 'AMD', 'IBM'])
  })

  test('Delete removes the row, and Undo puts it back where it was; Alt and an arrow move it', async ({
    launch,
    market,
  }) => {
    const { page } = await launch({ env: freeLists(market) })
    await row(page, 'TSLA').getByRole('rowheader').click()
    await page.keyboard.press('Delete')
    await expect(rows(page)).toHaveText(['AAPL', 'NVDA'])
    await expect(row(page, 'NVDA').getByRole('rowheader')).toBeFocused()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(rows(page)).toHaveText(['AAPL', 'TSLA', 'NVDA'])
    await row(page, 'NVDA').getByRole('rowheader').click()
    await page.keyboard.press('Alt+ArrowUp')
    await page.keyboard.press('Alt+ArrowUp')
    await expect(rows(page)).toHaveText(['NVDA', 'AAPL', 'TSLA'])
    await expect(row(page, 'NVDA').getByRole('rowheader')).toBeFocused()
    await row(page, 'NVDA').dragTo(row(page, 'TSLA'), { targetPosition: { x: 40, y: 28 } })
    await expect(rows(page)).toHaveText(['AAPL', 'TSLA', 'NVDA'])
  })

  test('lists are switched by key, only the shown one is subscribed, and an empty one says so', async ({
    launch,
    market,
  }) => {
    const { page } = await launch({ env: freeLists(market) })
    await expect(price(page, 'AAPL')).toHaveAttribute('data-freshness', 'live')
    await page.keyboard.press('Control+PageDown')
    await expect(shownList(page)).toHaveAccessibleName(/^Watchlist Funds \d+$/)
    await expect(rows(page)).toHaveText(['SPY', 'QQQ'])
    await expect(price(page, 'SPY')).toHaveAttribute('data-freshness', 'live')
    const quotesOf = (symbol: string) => market.sent().bySymbol[symbol]?.quotes ?? 0
    await expect
      .poll(async () => {
        const [apple, fund] = [quotesOf('AAPL'), quotesOf('SPY')]
        await expect.poll(() => quotesOf('SPY')).toBeGreaterThan(fund + 5)
        return quotesOf('AAPL') - apple
      })
      .toBe(0)
    await page.keyboard.press('Control+PageDown')
    await expect(page.getByText('Empty watchlist. Type a symbol to add it.')).toBeVisible()
    await page.keyboard.press('Control+PageDown')
    await expect(rows(page)).toHaveText(['AAPL', 'TSLA', 'NVDA'])
    expect(market.sent().connections).toBe(1)
  })

  test('a list is created, renamed, duplicated and deleted, each with Undo, and is there after a restart', async ({
    launch,
    market,
  }) => {
    const first = await launch({ env: freeLists(market) })
    const { page } = first
    const choose = async (item: string) => {
      await shownList(page).click()
      await page.getByRole('menuitem', { name: item }).click()
    }
    await choose('New watchlist…')
    await page.keyboard.type('tech')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert')).toHaveText('There is already a watchlist “tech”.')
    await page.getByLabel('Name').fill('Energy')
    await page.keyboard.press('Enter')
    await expect(shownList(page)).toHaveAccessibleName(/^Watchlist Energy \d+$/)
    await choose('Rename…')
    await page.keyboard.type('Oil')
    await page.keyboard.press('Enter')
    await expect(shownList(page)).toHaveAccessibleName(/^Watchlist Oil \d+$/)
    await choose('Delete')
    await expect(shownList(page)).toHaveAccessibleName(/^Watchlist Empty \d+$/)
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await expect(shownList(page)).toHaveAccessibleName(/^Watchlist Oil \d+$/)
    await shownList(page).click()
    await page.getByRole('menuitemradio', { name: 'Tech' }).click()
    await choose('Duplicate')
    await expect(rows(page)).toHaveText(['AAPL', 'TSLA', 'NVDA'])
    await first.close()

    const again = await launch({ env: freeLists(market) })
    await expect(shownList(again.page)).toHaveAccessibleName(/^Watchlist Tech 2 \d+$/)
  })

  test('a list of TradingView is imported as a new list, and what was refused is named', async ({
    launch,
    market,
  }) => {
    const { page } = await launch({ env: freeLists(market) })
    await shownList(page).click()
    await page.getByRole('menuitem', { name: 'Import…' }).click()
    await page.getByLabel('File with symbols').setInputFiles({
      name: 'My picks.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('###CHIPS,NASDAQ:AMD,NYSE:BRK.B,LSE:BP,NASDAQ:ZZZZQ'),
    })
    await expect(page.getByRole('status').filter({ hasText: 'not symbols' })).toHaveText(
      '3 symbols; not symbols: LSE:BP',
    )
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await expect(shownList(page)).toHaveAccessibleName(/^Watchlist My picks \d+$/)
    await expect(rows(page)).toHaveText(['AMD', 'BRK.B'])
    await expect(page.getByText('Not imported: LSE:BP, ZZZZQ')).toBeVisible()
  })
})

test('a listed symbol that nobody knows says so in the grid', async ({ launch, dataDir, market }) => {
  writeFileSync(
    join(dataDir, 'settings.json'),
    JSON.stringify({ symbols: ['AAPL', 'ZZZZQ'], welcomed: true }),
  )
  const { page } = await launch({ env: freeLists(market) })
  await expect(price(page, 'ZZZZQ')).toContainText('unknown symbol')
  await expect(price(page, 'AAPL')).not.toContainText('unknown symbol')
})

test('SIGNAL_SYMBOLS is named in place of the list, and adding says why it cannot', async ({
  shared: { page },
}) => {
  await expect(page.getByText('SIGNAL_SYMBOLS', { exact: true })).toBeVisible()
  await page.keyboard.press('+')
  await expect(page.getByText(/SIGNAL_SYMBOLS.*Change it there/)).toBeVisible()
  await expect(addBox(page)).toHaveCount(0)
})
