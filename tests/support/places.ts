import type { Page } from '@playwright/test'
import type { Settings } from '../../src/shared/settings.ts'
import { expect, NOW, type RendererPage } from './renderer-page.ts'

/** A walk through places of the app: it stops at each, with its name, and goes on when asked for the next. */
type Walk = (renderer: RendererPage) => AsyncGenerator<string>

const menuOf = async (page: Page, of: string) => {
  await page.locator(of).first().click({ button: 'right' })
  await expect(page.getByRole('menu').first()).toBeVisible()
}

async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill(name)
  await page.keyboard.press('Enter')
}

/** Closes what is open on top; the next key is for what is below it. */
async function escape(page: Page): Promise<void> {
  const open = page.locator('[role=menu], [role=dialog], dialog')
  const before = await open.count()
  await page.keyboard.press('Escape')
  if (before > 0) await expect(open).not.toHaveCount(before)
}

async function* market({ page, tell }: RendererPage): AsyncGenerator<string> {
  await tell('row', 'MSFT', { freshness: 'stale' })
  await tell('row', 'AMD', { freshness: 'disconnected' })
  await tell('halt', 'TSLA', { code: 'T1', reason: 'Halt News Pending', at: NOW })
  yield 'grid'
  await menuOf(page, '[role=row][data-key=NVDA] [data-column=symbol]')
  yield 'row menu'
  await escape(page)
  await menuOf(page, '[role=columnheader][data-column=last]')
  yield 'column menu'
  await page.getByRole('menuitem', { name: 'Columns', exact: true }).press('ArrowRight')
  await expect(page.getByRole('menu')).toHaveCount(2)
  yield 'columns of the column menu'
  await escape(page)
  await escape(page)
  const watchlist = page.getByRole('button', { name: /^Watchlist / })
  await watchlist.click()
  await expect(page.getByRole('menu')).toBeVisible()
  yield 'watchlist menu'
  await escape(page)
  await expect(watchlist).toBeFocused() // a panel opened before would close as the focus goes there
  await page.keyboard.press('Alt+c')
  await expect(page.getByRole('dialog', { name: 'Columns' })).toBeVisible()
  yield 'columns and presets'
  await escape(page)
  await page.keyboard.press('+')
  await page.keyboard.type('inc')
  await expect(page.getByRole('option').first()).toBeVisible()
  yield 'add symbol'
  await page.keyboard.press('Escape')
  await escape(page)
  for (const name of ['New watchlist', 'Rename watchlist', 'Import watchlist']) {
    await command(page, name)
    await expect(page.getByRole('dialog')).toBeVisible()
    yield name
    await escape(page)
  }
  await page.getByRole('rowheader', { name: 'AAPL' }).dblclick()
  await expect(page.getByRole('complementary', { name: 'Details of AAPL' })).toBeVisible()
  yield 'details'
  await escape(page)
  await page.keyboard.press('/')
  await page.keyboard.type('zzz')
  yield 'filter without a match'
  await escape(page)
  await page.keyboard.press('Alt+g')
  await page.keyboard.press('Alt+o')
  await expect(page.getByRole('form', { name: 'Order ticket' })).toBeVisible()
  yield 'ticket'
}

async function* frame({ page, tell }: RendererPage): AsyncGenerator<string> {
  yield 'welcome'
  await page.getByRole('button', { name: 'Explore demo' }).click()
  await page.keyboard.press('Control+k')
  yield 'palette'
  await page.keyboard.type('flatten')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('option', { selected: true })).toContainText('Press Enter again')
  yield 'palette that asks'
  await escape(page)
  await page.keyboard.press('?')
  yield 'shortcuts'
  await escape(page)
  await tell('anomaly', {
    kind: 'no-bars',
    severity: 'warning',
    at: NOW,
    message: 'No 1-min bars for 5 min.',
  })
  await tell('stats', { health: { level: 'degraded', reasons: ['Quotes delayed 2.1 s.'] } })
  await page.keyboard.press('Alt+f')
  await expect(page.getByRole('dialog', { name: 'Feed stats' })).toBeVisible()
  yield 'feed stats'
  await escape(page)
  await page.keyboard.press('F6')
  await tell('noticed', {
    kind: 'rejection', key: 'order 1', tone: 'failed', orderId: '1', symbol: 'AAPL' as never,
    text: 'Buy 1,000 AAPL limit 229.87: rejected. Needs $229,870.00; buying power is $88,120.44.',
  }) // prettier-ignore
  await tell('noticed', {
    kind: 'fill', key: 'order 2', tone: 'done', orderId: '2', symbol: 'AAPL' as never,
    text: 'Bought 100 AAPL. Avg $229.87.',
  }) // prettier-ignore
  yield 'messages'
  await page.getByRole('button', { name: 'Dismiss', exact: true }).last().click()
  const sentence = 'Kill switch is on. Cancel, close and flatten still work.'
  await tell('tradingChange', {
    trading: { state: 'halted', reasons: [{ reason: 'kill-switch', sentence, since: NOW - 61_000 }] },
  })
  await tell('connection', { status: 'reconnecting', problem: 'Disconnected.', retryAt: NOW + 9_000 })
  yield 'notices in one line'
  await page.getByRole('button', { name: /^\+\d more$/ }).click()
  yield 'all notices'
  await escape(page)
  await page.keyboard.press('F8')
  await expect(page.getByRole('dialog', { name: 'Turn off kill switch' })).toBeVisible()
  yield 'release'
  await escape(page)
  await tell('tradingChange', {
    trading: { state: 'halted', reasons: [{ reason: 'limits-unconfirmed', sentence, since: NOW }] },
  })
  await page.getByRole('button', { name: 'Confirm limits…' }).click()
  await expect(page.getByRole('dialog', { name: 'Confirm your limits' })).toBeVisible()
  yield 'confirm limits'
}

async function* orders({ page }: RendererPage): AsyncGenerator<string> {
  await page.keyboard.press('Control+3')
  yield 'positions and open orders'
  await menuOf(page, '[role=row][data-key] [data-column=symbol]')
  yield 'position menu'
  await escape(page)
  await menuOf(page, '[role=table][aria-label=Orders] [role=columnheader]')
  yield 'column menu'
  await escape(page)
  await page.getByRole('button', { name: /^Edit Buy 50 NVDA/ }).click()
  yield 'edited order'
  await escape(page)
  for (const [key, name] of [
    ['Alt+2', 'Fills'],
    ['Alt+3', 'History'],
    ['Alt+4', 'Reconcile with Alpaca'],
  ] as const) {
    await page.keyboard.press(key)
    await expect(page.getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true')
    yield name
  }
}

async function* audit({ page }: RendererPage): AsyncGenerator<string> {
  await page.keyboard.press('Control+5')
  const event = page.getByRole('table', { name: 'Events' }).locator('[data-key="449"]')
  await expect(event).toBeVisible()
  yield 'events'
  await page.keyboard.press('/')
  await page.keyboard.type('a')
  await expect(page.getByRole('option').first()).toBeVisible()
  yield 'search'
  await page.keyboard.press('Enter')
  await page.getByLabel('Time', { exact: true }).selectOption('days')
  yield 'filters'
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await event.click({ button: 'right' })
  await expect(page.getByRole('menu')).toBeVisible()
  yield 'event menu'
  await escape(page)
  await event.click()
  await expect(page.getByRole('complementary', { name: 'Event' })).toBeVisible()
  yield 'event'
  await page.getByRole('button', { name: 'Order timeline' }).click()
  yield 'timeline'
}

async function* settings({ page, tell }: RendererPage): AsyncGenerator<string> {
  await page.keyboard.press('Control+,')
  await expect(page.getByRole('form', { name: 'Settings' })).toBeVisible()
  yield 'top'
  for (const section of await page.getByRole('navigation', { name: 'Sections' }).getByRole('button').all()) {
    await section.click()
    yield (await section.textContent()) ?? ''
  }
  await tell('settings', {
    credentials: [
      { account: 'paper', present: true, keyEndsWith: 'WXYZ', from: 'saved' },
      { account: 'live', present: true, keyEndsWith: 'ABCD', from: 'saved' },
    ] as never,
  })
  await page.getByRole('button', { name: 'Delete keys' }).first().click()
  await expect(page.getByRole('dialog')).toBeVisible()
  yield 'delete keys'
  await escape(page)
  await page.getByLabel('Mode').selectOption('live')
  await expect(page.getByRole('dialog')).toBeVisible()
  yield 'switch to live'
  await escape(page)
  await page.getByRole('button', { name: 'Change database' }).click()
  const form = page.getByRole('form', { name: 'Database' })
  await form.getByRole('radio', { name: 'PostgreSQL or TimescaleDB server' }).check()
  yield 'database'
  await form.getByLabel('Address').fill('postgres://signal@localhost:5433/signal')
  await form.getByRole('button', { name: 'Use this database' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  yield 'switch database'
}

async function* live({ page, tell }: RendererPage): AsyncGenerator<string> {
  const view = await page.evaluate<{ readonly settings: Settings }>(
    'signal.settings.read().then(({ value }) => value)',
  )
  await tell('settings', { settings: { ...view.settings, mode: 'live' } })
  await page.keyboard.press('Alt+o')
  yield 'ticket, not armed'
  await page.getByRole('button', { name: /^Arm/ }).first().click()
  await expect(page.getByRole('dialog', { name: 'Arm live trading' })).toBeVisible()
  yield 'arming'
}

/** Every screen with all that opens on it: menus, panels, popovers, dialogs, messages. */
export const WALKS: Readonly<Record<string, Walk>> = { market, frame, orders, audit, settings, live }
