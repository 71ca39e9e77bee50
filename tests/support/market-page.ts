import type { JSHandle, Locator, Page } from '@playwright/test'
import type { SystemStats } from '../../src/shared/health.ts'
import type { SignalApi } from '../../src/shared/ipc/contract.ts'
import type { Connection } from '../../src/shared/market.ts'

/** The contract as the window's own code sees it. */
export const signalIn = (page: Page): Promise<JSHandle<SignalApi>> =>
  page.evaluateHandle('signal') as Promise<JSHandle<SignalApi>> // the preload puts it there

/** The monitor's current numbers. */
export async function statsOf(page: Page): Promise<SystemStats> {
  const api = await signalIn(page)
  const answer = await api.evaluate((signal) => signal.monitor.stats())
  if (!answer.ok) throw new Error(`no stats: ${answer.error.kind}`)
  return answer.value
}

/** The current state of the market-data connection. */
export async function connectionIn(page: Page): Promise<Connection> {
  const api = await signalIn(page)
  const answer = await api.evaluate((signal) => signal.market.snapshot())
  if (!answer.ok) throw new Error(`no connection: ${answer.error.kind}`)
  return answer.value.connection
}

/** Text in a banner or on the screen below it, which the status bar may repeat a moment later. */
export const inMain = (page: Page, words: string | RegExp): Locator => page.getByRole('main').getByText(words)

/** The status bar at the bottom of the window, with the reasons for the health. */
export const statusBar = (page: Page): Locator => page.getByRole('contentinfo')

export const connection = (page: Page): Locator => page.getByRole('status', { name: 'Connection' })

export const health = (page: Page): Locator => page.getByRole('status', { name: 'Health' })

/** A symbol's row in the grid. */
export const row = (page: Page, symbol: string): Locator =>
  page.getByRole('grid', { name: 'Market' }).locator(`[role=row][data-symbol="${symbol}"]`)

/** The content of a symbol's Last cell; it carries `data-direction` and `data-freshness`. */
export const price = (page: Page, symbol: string): Locator => row(page, symbol).locator('[data-freshness]')

/** Shows a column of the grid that the trader has to choose. */
export async function showColumn(page: Page, header: string): Promise<void> {
  await page.keyboard.press('Alt+c')
  await page.getByRole('checkbox', { name: header, exact: true }).check()
  await page.keyboard.press('Escape')
}

/** A symbol's cell in the column with that header. */
export async function cell(page: Page, symbol: string, header: string): Promise<Locator> {
  const column = page.getByRole('columnheader', { name: header, exact: true })
  return row(page, symbol).locator(`[aria-colindex="${await column.getAttribute('aria-colindex')}"]`)
}

/** The amount in a text: its first decimal number, without commas. */
export const amountIn = (text: string | null): string | undefined =>
  /[\d,]+\.\d+/.exec(text ?? '')?.[0].replaceAll(',', '')
