import { Decimal } from 'decimal.js'
import type { Page } from '@playwright/test'
import { DemoClient } from '../support/demo-client.ts'
import { amountIn, cell, connection, price, row, showColumn, statsOf } from '../support/market-page.ts'
import { expect, SYMBOLS, test } from '../support/signal-app.ts'

/** The screen that has the focus. */
const focusedIn = (page: Page) =>
  page.evaluate<string | undefined>(`document.activeElement.closest('[data-screen]')?.dataset.screen`)

/** Ten seconds before a full minute, so that the first bars come soon. */
const STANDS_STILL_AT = Date.UTC(2025, 10, 24, 15, 0, 50)

test('prices move', async ({ shared: { page } }) => {
  const before = amountIn(await price(page, 'AAPL').textContent())
  await expect.poll(async () => amountIn(await price(page, 'AAPL').textContent())).not.toBe(before)
})

test('every symbol of the watchlist has its row, its price and its source', async ({ shared: { page } }) => {
  await expect(page.getByRole('rowheader')).toHaveText(SYMBOLS)
  for (const symbol of SYMBOLS) {
    await expect(price(page, symbol)).toHaveAttribute('data-freshness', 'live')
    await expect(row(page, symbol).getByRole('img', { name: /^Source: Demo market/ })).toBeVisible()
  }
})

test('the letter of a price’s source explains itself under the pointer, and only there', async ({
  shared: { page },
}) => {
  const tip = page.getByRole('tooltip')
  await row(page, 'AAPL')
    .getByRole('img', { name: /^Source: / })
    .hover()
  await expect(tip).toContainText('Demo market (simulated)')
  await page.getByRole('columnheader', { name: 'Last', exact: true }).hover()
  await expect(tip).toBeHidden()
})

test('the last hour of a symbol is drawn as a line', async ({ shared: { page } }) => {
  const canvas = `document.querySelector('[data-symbol=AAPL] canvas')`
  const pixels = `${canvas}.getContext('2d').getImageData(0, 0, ${canvas}.width, ${canvas}.height).data`
  const inked = () => page.evaluate<boolean>(`${pixels}.some((value) => value > 0)`)
  await expect.poll(inked).toBe(true)
})

test('a screen is shown as soon as the mouse is pressed, and has the focus', async ({ shared: { page } }) => {
  await page.getByRole('button', { name: 'Audit' }).hover()
  await page.mouse.down()
  await expect(page.locator('[data-screen=audit]')).toBeVisible()
  await expect.poll(() => focusedIn(page)).toBe('audit')
  await page.mouse.up()
  await expect.poll(() => focusedIn(page)).toBe('audit')
  await page.getByRole('button', { name: 'Market' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => focusedIn(page)).toBe('market')
})

test.describe('in a market that stands still', () => {
  test.use({ marketOptions: { startAt: STANDS_STILL_AT, connectionLimit: 2 } })

  test('quotes received are quotes counted, repeats are dropped, and stats agree with what the market sent', async ({
    connected: { page, market },
  }) => {
    const allIn = () =>
      expect.poll(async () => (await statsOf(page)).received.quotes).toBe(market.sent().messages.quotes)
    await expectPrices(page)
    market.advance(5_000)
    await allIn()
    const [sentBefore, before] = [market.sent(), await statsOf(page)]

    market.advance(40_000)
    const sent = market.sent()
    const { messages } = sent
    expect(messages.quotes - sentBefore.messages.quotes).toBe(1_600)
    await expect
      .poll(async () => (await statsOf(page)).received)
      .toEqual({
        quotes: messages.quotes,
        trades: messages.trades,
        bars: messages.bars + messages.updatedBars,
        statuses: messages.statuses,
      })
    const after = await statsOf(page)
    expect(messages.bars).toBe(SYMBOLS.length)
    const repeats = sent.unchangedQuotes - sentBefore.unchangedQuotes
    expect(repeats).toBeGreaterThan(0)
    expect(after.duplicateQuotes - before.duplicateQuotes).toBe(repeats)
    expect(after.errors).toBe(0)
    await page.keyboard.press('Alt+f')
    await expect(page.getByRole('dialog', { name: 'Feed stats' })).toContainText(
      `Duplicates${after.duplicateQuotes}dropped`,
    )
  })

  test('the grid shows the last quote of every symbol, digit for digit', async ({
    connected: { page, market },
  }) => {
    const witness = await DemoClient.authenticated(market)
    await witness.subscribe({ quotes: SYMBOLS })
    await expectPrices(page)
    await showColumn(page, 'Spread')
    await showColumn(page, 'Mid')
    market.advance(30_000)
    await witness.settled()
    const last = new Map(witness.of('q').map((quote) => [quote['S'], quote]))
    for (const symbol of SYMBOLS) {
      const [bid, ask] = [last.get(symbol)?.['bp'], last.get(symbol)?.['ap']].map(
        (amount) => new Decimal(Number(amount)),
      )
      if (!bid || !ask) throw new Error('a quote has two sides')
      const shows = async (header: string, amount: Decimal) => {
        const shown = await cell(page, symbol, header)
        await expect
          .poll(async () => amountIn(await shown.textContent()), `${header} of ${symbol}`)
          .toBe(amount.toDecimalPlaces(2).toFixed(2))
      }
      await shows('Bid', bid)
      await shows('Ask', ask)
      await shows('Spread', ask.minus(bid))
      await shows('Mid', bid.plus(ask).div(2))
    }
  })

  test('a minute bar appears with its minute', async ({ connected: { page, market } }) => {
    await expectPrices(page)
    await showColumn(page, 'Last 1-min bar')
    const bar = await cell(page, 'AAPL', 'Last 1-min bar')
    market.advance(11_000)
    await expect(bar.locator('[title]')).toHaveAttribute('title', '10:00 ET bar')
    market.advance(60_000)
    await expect(bar.locator('[title]')).toHaveAttribute('title', /^10:01 ET bar/)
  })
})

/** Waits until the grid is filled; after that only the stream changes it. */
async function expectPrices(page: Parameters<typeof price>[0]): Promise<void> {
  await expect(connection(page)).toHaveText('Connected')
  for (const symbol of SYMBOLS) await expect(price(page, symbol)).toHaveText(/\d\.\d/)
}
