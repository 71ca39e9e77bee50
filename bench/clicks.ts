/**
 * The real app: how soon it shows what a press of the mouse did, on the main actions. The raw limit of a switch to
 * Market is the browser's own time to draw a copy of that screen.
 */
import type { Locator, Page } from '@playwright/test'
import { median, percentile, type Measurement } from './report.ts'
import type { OpenApp } from './support/app.ts'
import { inPage } from './support/in-page.ts'

const TIMES = 15
const BUDGET_MS = 50

/** Measures each action, from the press to the drawn feedback. */
export async function benchClicks(open: OpenApp): Promise<readonly Measurement[]> {
  const { page, close } = await open()
  await page.evaluate('window.signal.settings.save({ welcomed: true })')
  await page.locator('[data-symbol=NVDA] [data-column=bid]').getByText(/\d/).waitFor()
  const delays = new Map<string, number[]>()
  /** Clicks, and notes how long it took until something that matches the selector was drawn. */
  const click = async (name: string, on: Locator, selector: string) => {
    await inPage(page, 'watch-feedback.js', selector)
    await on.click()
    delays.set(name, [...(delays.get(name) ?? []), await page.evaluate<number>('feedback')])
  }
  const button = (name: string | RegExp) => page.getByRole('button', { name })
  for (let time = 0; time < TIMES; time += 1) {
    await click(
      'sort a column',
      page.getByRole('columnheader', { name: 'Bid', exact: true }),
      '[aria-sort=descending]',
    )
    await page.keyboard.press('Alt+0')
    await page.getByRole('rowheader', { name: 'NVDA', exact: true }).click()
    await click('open the ticket', button('Order ticket').first(), 'form[aria-label="Order ticket"]')
    await click('choose Sell', page.locator('label:has(input[value=sell])'), 'input[value=sell]:checked')
    await click('choose Buy', page.locator('label:has(input[value=buy])'), 'input[value=buy]:checked')
    await page.getByLabel('Quantity', { exact: true }).fill('1')
    await click('review an order', button(/^Review/), '[data-review]')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Alt+o')
    await click('switch to Orders', button(/^Orders/).first(), '[data-screen=orders]')
    await submit(page, time + 1)
    await click('cancel an order', button(/^Cancel Buy/).first(), '[data-toast]')
    await dismissAll(page)
    await click('switch to Market', button('Market').first(), '[data-screen=market] [role=row]')
  }
  const redrawn = await inPage<number>(page, 'redraw.js', '[data-screen=market]')
  await close()
  return [...delays].map(([name, taken]) => {
    const ours = median(taken)
    return {
      ...(name === 'switch to Market' && { raw: redrawn }),
      name: `press to feedback: ${name}, median of ${taken.length} (p90 ${percentile(taken, 0.9).toFixed(1)})`,
      unit: 'ms',
      ours,
      budget: `under ${BUDGET_MS} ms`,
      kept: ours < BUDGET_MS,
    }
  })
}

/** Sends a limit order 3% below the market, to be canceled; no two are the same. */
async function submit(page: Page, quantity: number): Promise<void> {
  const answer = await page.evaluate<{
    readonly ok: boolean
  }>(`window.signal.market.snapshot().then(({ value }) => {
    const { bid } = value.rows.find(({ symbol }) => symbol === 'NVDA')
    const draft = {
      symbol: 'NVDA', side: 'buy', quantity: '${quantity}', type: 'limit', limitPrice: (bid * 0.97).toFixed(2),
      timeInForce: 'day', orderClass: 'simple', extendedHours: false,
    }
    const accepted = ['PRICE_OUTSIDE_BAND', 'SPREAD_TOO_WIDE', 'DUPLICATE_ORDER']
    return window.signal.trading.submit({ mode: 'demo', intent: crypto.randomUUID(), draft, accepted })
  })`)
  if (!answer.ok) throw new Error(`the order was refused: ${JSON.stringify(answer)}`)
}

async function dismissAll(page: Page): Promise<void> {
  const dismiss = page.getByLabel('Messages').getByRole('button', { name: 'Dismiss', exact: true })
  while ((await dismiss.count()) > 0) await dismiss.first().click()
}
