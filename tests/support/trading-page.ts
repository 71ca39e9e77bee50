import { Decimal } from 'decimal.js'
import { expect, type Locator, type Page } from '@playwright/test'
import type { TradingSnapshot } from '../../src/shared/trading/account.ts'
import type { OrderView } from '../../src/shared/trading/order.ts'
import type { DemoMarket } from '../../src/demo-market/index.ts'
import { signalIn } from './market-page.ts'

export const ticket = (page: Page): Locator => page.getByRole('form', { name: 'Order ticket' })
/** A control of the ticket. */
export const field = (page: Page, name: string): Locator => ticket(page).getByLabel(name, { exact: true })
/** The last order sent from the ticket. */
export const sentOrder = (page: Page): Locator =>
  ticket(page).getByRole('region', { name: 'Sent orders' }).getByRole('listitem').first()
/** The button that sends the reviewed order. */
export const submit = (page: Page): Locator => ticket(page).getByRole('button', { name: /^Submit/ })
export const table = (page: Page, name: string): Locator => page.getByRole('table', { name, exact: true })
/** A row of a table, by its text. */
export const lineOf = (page: Page, name: string, text: string | RegExp): Locator =>
  table(page, name).locator('[role=row][data-key]').filter({ hasText: text })
export const cellOf = (line: Locator, column: string): Locator => line.locator(`[data-column=${column}]`)
export const messages = (page: Page): Locator => page.getByLabel('Messages')

export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

/**
 * Presses a key twice while the window's clock stands still: the second press counts however late it comes.
 */
export async function pressTwice(
  page: Page,
  key: string,
  between: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await page.clock.install()
  await page.clock.pauseAt(Date.now() + 1_000)
  await press(page, key)
  await between()
  await press(page, key)
  await page.clock.resume()
}

/** Starts an order from the grid by key, as a trader does. */
export async function stage(page: Page, symbol: string, key: 'b' | 's'): Promise<void> {
  await press(page, 'Control+1')
  await page.getByRole('rowheader', { name: symbol, exact: true }).focus()
  await press(page, `Alt+${key}`)
  await expect(field(page, 'Quantity')).toBeFocused()
  await expect(field(page, 'Symbol')).toHaveValue(symbol)
}

/** Reviews the ticket's order, confirms what is asked, and sends it. */
export async function send(page: Page): Promise<void> {
  await press(page, 'Control+Enter')
  await expect(submit(page)).toBeVisible()
  // A price that moves meanwhile may add a question or withdraw one.
  await expect(async () => {
    for (const question of await ticket(page).getByRole('checkbox', { checked: false }).all())
      await question.check({ timeout: 1_000 })
    await expect(submit(page)).toBeEnabled({ timeout: 1_000 })
  }).toPass()
  await submit(page).focus()
  await press(page, 'Enter')
  await expect(ticket(page).locator('[data-review]')).toHaveCount(0)
}

/** A limit order from the grid, that many percent from the near side of the quote; answers its price. */
export async function sendLimit(
  page: Page,
  { symbol, key, shares, percent }: { symbol: string; key: 'b' | 's'; shares: number; percent: number },
): Promise<string> {
  await stage(page, symbol, key)
  await field(page, 'Quantity').fill(String(shares))
  await expect(field(page, 'Limit price')).not.toHaveValue('')
  const near = new Decimal(await field(page, 'Limit price').inputValue())
  const price = near
    .times(100 + percent)
    .div(100)
    .toFixed(2)
  await field(page, 'Limit price').fill(price)
  await send(page)
  return price
}

/** Main's current trading snapshot. */
export async function tradingOf(page: Page): Promise<TradingSnapshot> {
  const api = await signalIn(page)
  const answer = await api.evaluate((signal) => signal.trading.snapshot())
  if (!answer.ok) throw new Error('no snapshot')
  return answer.value
}

/** The newest order of a symbol. */
export async function newestOrder(page: Page, symbol: string): Promise<OrderView> {
  const found = (await tradingOf(page)).orders.find((order) => order.symbol === symbol)
  if (!found) throw new Error(`no order of ${symbol}`)
  return found
}

/**
 * Expects that this many intents reached the exchange, each as one order and by one request; exits sent with
 * them do not count.
 */
export function expectOnce(market: DemoMarket, intents: number): void {
  const names = market.orders().map(({ clientOrderId }) => clientOrderId)
  expect(new Set(names).size).toBe(names.length)
  expect(market.sent().rest.byRequest['POST /v2/orders'] ?? 0).toBe(intents)
}
