import type { Page } from '@playwright/test'
import type { AccountSummary } from '../../src/shared/trading/account.ts'
import { expectAccessibleInEveryLook } from '../support/accessibility.ts'
import { signalIn } from '../support/market-page.ts'
import type { PageElement } from '../support/page-globals.ts'
import { chromiumPath, expect, NO_CHROMIUM, NOW, test } from '../support/renderer-page.ts'

test.skip(chromiumPath === undefined, NO_CHROMIUM)

const row = (page: Page, symbol: string) => page.locator(`[role=row][data-symbol="${symbol}"]`)
const price = (page: Page, symbol: string) => row(page, symbol).locator('[data-freshness]')
/** A trade at this price, to be told as a fact of a row. */
const traded = (price: string) => ({ last: price as never })
const flashes = (page: Page) =>
  page.evaluate<number>(`document.getAnimations().filter(({ id }) => id === 'flash').length`)

/** Holds animations before their end, so that one that has started is found however late the test looks. */
async function holdAnimations(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Animation.enable')
  await session.send('Animation.setPlaybackRate', { playbackRate: 0 })
}

test.describe('a price', () => {
  test('that rises is green with an arrow up, one that falls red with an arrow down', async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer()
    await tell('row', 'AAPL', traded('230.01'))
    await expect(price(page, 'AAPL')).toHaveAttribute('data-direction', 'up')
    await expect(price(page, 'AAPL')).toContainText('▲230.01')
    await tell('row', 'AAPL', traded('229.99'))
    await expect(price(page, 'AAPL')).toHaveAttribute('data-direction', 'down')
    await expect(price(page, 'AAPL')).toContainText('▼229.99')
  })

  test('flashes when it moves, and not when it is first painted', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await holdAnimations(page)
    expect(await flashes(page)).toBe(0)
    await tell('row', 'AAPL', traded('250.01'))
    await expect.poll(() => flashes(page)).toBe(1)
  })

  test('does not flash with reduced motion', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer({ reducedMotion: true })
    await holdAnimations(page)
    await tell('row', 'AAPL', traded('250.01'))
    await expect(price(page, 'AAPL')).toContainText('250.01')
    expect(await flashes(page)).toBe(0)
  })

  test('that cannot be trusted loses its color and says why', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    const at = NOW - 9_000
    await tell('row', 'AAPL', { freshness: 'stale', origin: { source: 'sip', at, receivedAt: at + 20 } })
    await expect(price(page, 'AAPL')).toContainText('stale 9 s')
    const room = await page
      .getByText('stale 9 s')
      .evaluate(({ clientWidth, scrollWidth }: PageElement) => clientWidth - scrollWidth)
    expect(room).toBe(0) // how old it is must not be cut off
    await expect(price(page, 'AAPL')).toHaveAttribute('data-direction', 'unchanged')
    await tell('row', 'TSLA', { freshness: 'quiet' })
    await expect(price(page, 'TSLA')).toContainText('no trades')
    await tell('row', 'NVDA', { freshness: 'closed' })
    await expect(price(page, 'NVDA')).toContainText('closed')
    await tell('row', 'MSFT', { freshness: 'disconnected' })
    await expect(price(page, 'MSFT')).toContainText('no feed')
  })

  test('of a halted symbol says so, with the reason, also to a screen reader', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await tell('halt', 'TSLA', { code: 'T1', reason: 'Halt News Pending', at: NOW })
    await expect(row(page, 'TSLA')).toContainText('Halt News Pending (T1)')
    await expect(page.locator('[aria-live=assertive]')).toHaveText('TSLA halted: Halt News Pending.')
    await tell('halt', 'TSLA', undefined)
    await expect(row(page, 'TSLA')).not.toContainText('Halt')
  })
})

test.describe('the grid', () => {
  test('has the planned columns', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await expect(page.getByRole('columnheader')).toHaveText([
      'Symbol',
      'Last',
      'Net',
      'Chg %',
      'Bid',
      'Ask',
      'Volume',
      'Position',
      'P&L',
      'Last hour',
      'Bid size',
      'Ask size',
      'High',
      'Low',
      'Age',
    ])
    await expect(page.getByRole('rowheader')).toHaveCount(17)
  })

  test('is one stop of the Tab key and is navigated with arrows and letters', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await page.keyboard.press('Alt+g')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('rowheader', { name: 'TSLA' })).toBeFocused()
    await page.keyboard.press('ArrowRight')
    await expect(row(page, 'TSLA').getByRole('gridcell').first()).toBeFocused()
    await page.keyboard.type('qq')
    await expect(row(page, 'QQQ').getByRole('gridcell').first()).toBeFocused()
    await page.keyboard.press('Home')
    await expect(page.getByRole('rowheader', { name: 'QQQ' })).toBeFocused()
    await expect(page.locator('[role=grid] [tabindex="0"]')).toHaveCount(1)
  })

  test('opens the details of a row with Enter, moves them along, and closes them with Escape', async ({
    openRenderer,
  }) => {
    const { page } = await openRenderer()
    await page.getByRole('rowheader', { name: 'AAPL' }).click()
    await page.keyboard.press('Enter')
    const details = page.getByRole('complementary', { name: 'Details of AAPL' })
    await expect(details).toContainText('Price quality')
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('complementary', { name: 'Details of TSLA' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('complementary')).toHaveCount(0)
    await expect(page.getByRole('rowheader', { name: 'TSLA' })).toBeFocused()
  })

  test('reads a row aloud on demand', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await page.getByRole('rowheader', { name: 'AAPL' }).click()
    await page.keyboard.press('Control+Enter')
    await expect(page.locator('p[aria-live=polite]')).toContainText(/^AAPL [\d.]+, .* bid .* ask /)
  })

  test('leaves equal rows in the order of the watchlist, and puts unknown ones last either way', async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer()
    const symbols = await page.getByRole('rowheader').allTextContents()
    for (const symbol of symbols) await tell('row', symbol, { changePercent: '1.00' as never })
    await tell('row', 'AAPL', { changePercent: undefined as never })
    await expect(page.getByText('+1.00%')).toHaveCount(16)
    const expected = [...symbols.filter((symbol) => symbol !== 'AAPL'), 'AAPL']
    for (const sort of ['descending', 'ascending']) {
      const header = page.getByRole('columnheader', { name: 'Chg %' })
      await header.click()
      await expect(header).toHaveAttribute('aria-sort', sort)
      await expect(page.getByRole('rowheader')).toHaveText(expected)
    }
  })

  test('keeps its order while the pointer is over it, and sorts again afterward', async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer()
    await page.getByRole('columnheader', { name: 'Chg %' }).click()
    await expect(page.getByText('sort paused')).toBeVisible()
    await tell('row', 'IWM', { changePercent: '99.00' as never })
    await expect(row(page, 'IWM')).toContainText('+99.00%')
    await expect(page.getByRole('rowheader').first()).not.toHaveText('IWM')
    await page.getByLabel('Filter symbols').hover()
    await expect(page.getByText('sort paused')).toHaveCount(0)
    await expect(page.getByRole('rowheader').first()).toHaveText('IWM')
  })

  test('is filtered with the slash key, and says what to do when nothing is left', async ({
    openRenderer,
  }) => {
    const { page } = await openRenderer()
    await page.keyboard.press('/')
    await page.keyboard.type('am')
    await expect(page.getByRole('rowheader')).toHaveText(['AMZN', 'AMD'])
    await page.keyboard.type('xx')
    await expect(page.getByText('“amxx” isn’t on this watchlist.')).toBeVisible()
    await page.getByRole('button', { name: 'Clear filter' }).click()
    await expect(page.getByRole('rowheader')).toHaveCount(17)
  })

  test('remembers hidden and moved columns after a restart, and resets them on request', async ({
    openRenderer,
  }) => {
    const { page } = await openRenderer()
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('checkbox', { name: 'Last hour' }).uncheck()
    await page.getByRole('button', { name: 'Move Bid up' }).click()
    await page.reload()
    const headers = page.getByRole('columnheader')
    await expect(headers).toHaveText([
      'Symbol',
      'Last',
      'Net',
      'Bid',
      'Chg %',
      'Ask',
      'Volume',
      'Position',
      'P&L',
      'Bid size',
      'Ask size',
      'High',
      'Low',
      'Age',
    ])
    await page.keyboard.press('Alt+0')
    await expect(headers).toHaveCount(15)
  })
})

test.describe('where space is tight', () => {
  test('compact rows show more of a long list, even after a restart', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    const heightOf = async (symbol: string) => (await row(page, symbol).boundingBox())?.height
    expect(await heightOf('AAPL')).toBe(32)
    await page.keyboard.press('Alt+d')
    await expect.poll(() => heightOf('AAPL')).toBe(24)
    await page.reload()
    await row(page, 'AAPL').waitFor()
    expect(await heightOf('AAPL')).toBe(24)
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('checkbox', { name: 'Compact rows' }).uncheck()
    await expect.poll(() => heightOf('AAPL')).toBe(32)
  })

  test('no two lines of the key list overlap', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await page.keyboard.press('?')
    const lines = page.getByRole('dialog').getByRole('listitem')
    await expect(lines.first()).toBeVisible()
    const spills = await lines.evaluateAll((items: { scrollHeight: number; clientHeight: number }[]) =>
      items.filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight),
    )
    expect(spills).toHaveLength(0)
  })
})

test.describe('the frame', () => {
  test('shows connection and health in words', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    const connection = page.getByRole('status', { name: 'Connection' })
    await expect(connection).toHaveText('Connected')
    await tell('connection', {
      status: 'reconnecting',
      problem: 'The line was closed.',
      retryAt: NOW + 9_000,
    })
    await expect(connection).toHaveText('Reconnecting')
    await expect(page.getByText('The line was closed.')).toBeVisible()
    await tell('stats', { health: { level: 'degraded', reasons: ['Reconnecting for 12 s.'] } })
    await expect(page.getByRole('status', { name: 'Health' })).toHaveText('Degraded')
    await expect(page.getByText('Reconnecting for 12 s.')).toBeVisible()
  })

  test('opens the feed stats by the health word and by key, and gives the focus back', async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer()
    const stats = page.getByRole('dialog', { name: 'Feed stats' })
    await page.getByRole('status', { name: 'Health' }).getByRole('button').click()
    for (const figure of [
      'Quotes/s137',
      'Trades/s24',
      'Bars/min17',
      'Latency2.4 ms',
      'Errors0',
      'App lag3.8 ms',
    ])
      await expect(stats).toContainText(figure)
    await expect(stats.getByRole('region', { name: 'Issues' })).toContainText('None since start.')
    await tell('anomaly', { kind: 'mute', severity: 'error', at: NOW, message: 'Feed stalled.' })
    await expect(stats.getByRole('listitem')).toHaveText('10:00:00Error Feed stalled.')
    await page.keyboard.press('Escape')
    await expect(stats).toHaveCount(0)
    await page.getByRole('rowheader', { name: 'TSLA' }).click()
    await page.keyboard.press('Alt+f')
    await expect(stats).toBeVisible()
    await page.keyboard.press('Alt+f')
    await expect(stats).toHaveCount(0)
    await expect(page.getByRole('rowheader', { name: 'TSLA' })).toBeFocused()
  })

  test('says what to do while there are no keys', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await tell('connection', { status: 'not-configured' })
    await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Not configured')
    await tell('row', 'AAPL', { price: undefined, freshness: 'waiting' } as never)
    await expect(price(page, 'AAPL')).toContainText('no API keys')
    await page.getByRole('button', { name: 'Open Settings' }).click()
    await expect(page).toHaveTitle('DEMO · Settings · Signal')
  })

  test('reports a problem of a connected feed', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await tell('connection', { problem: 'The plan does not allow this many symbols.' })
    await expect(page.getByText('The plan does not allow this many symbols.')).toBeVisible()
  })

  test('warns when the main process falls silent', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await page.clock.setFixedTime(NOW + 6_000)
    await expect(page.getByRole('alert')).toContainText('Signal stopped responding 6 s ago.')
  })

  test('finds commands by name and runs them', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('settings')
    await expect(page.getByRole('option', { selected: true })).toContainText('Settings')
    await page.keyboard.press('Enter')
    await expect(page).toHaveTitle('DEMO · Settings · Signal')
    await page.keyboard.press('Control+1')
    await expect(page).toHaveTitle('DEMO · Market · Signal')
  })

  test('marks the live account by word, title and frame', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    const settings = await page.evaluate(() =>
      (
        globalThis as never as { signal: { settings: { read(): Promise<{ value: object }> } } }
      ).signal.settings.read(),
    )
    const view = settings.value as { settings: object }
    await tell('settings', { settings: { ...view.settings, mode: 'live' } as never })
    await expect(page.getByText('LIVE', { exact: true })).toBeVisible()
    await expect(page).toHaveTitle('LIVE · Market · Signal')
  })
})

test.describe('the account line', () => {
  async function accountIn(page: Page): Promise<AccountSummary> {
    const answer = await (await signalIn(page)).evaluate((signal) => signal.trading.snapshot())
    if (!answer.ok || !answer.value.account) throw new Error('no account')
    return answer.value.account
  }
  const line = (page: Page) => page.getByRole('region', { name: 'Account', exact: true })

  test('shows equity, day P&L, buying power and open risk at the same place on every screen', async ({
    openRenderer,
  }) => {
    const { page } = await openRenderer()
    const place = await line(page).boundingBox()
    expect(place?.height).toBeGreaterThan(20)
    for (const keys of ['Control+1', 'Control+3', 'Control+4', 'Control+5', 'Control+,']) {
      await page.keyboard.press(keys)
      await expect(line(page)).toContainText(/Equity\$[\d,]+\.\d\d/)
      await expect(line(page)).toContainText(/Day P&L[+−]\$[\d,]+\.\d\d \([+−][\d.]+%\)/)
      await expect(line(page)).toContainText(/Buying power\$[\d,]+\.\d\d/)
      expect(await line(page).boundingBox()).toEqual(place)
    }
  })

  test('never shows a risk of nothing where positions have no stop', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    const account = await accountIn(page)
    const withRisk = (atStops: string, ...withoutStop: string[]) =>
      tell('tradingChange', { account: { ...account, openRisk: { atStops, withoutStop } } } as never)
    await withRisk('320')
    await expect(line(page)).toContainText('Open risk$320.00')
    await withRisk('320', 'NVDA', 'AMD')
    await expect(line(page)).toContainText('Open risk$320.00 +2 without stop')
    await withRisk('0', 'NVDA')
    await expect(line(page)).toContainText('Open risk1 without stop')
    await withRisk('0')
    await expect(line(page)).toContainText('Open risk$0.00')
    const { openRisk: _unknown, ...unpriced } = account
    await tell('tradingChange', { account: unpriced })
    await expect(line(page)).toContainText('Open risk–not loaded')
  })

  test('says what is not loaded, and which figures may be old', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await expect(line(page)).not.toContainText('stale')
    await tell('connection', { status: 'reconnecting' })
    await expect(line(page)).toContainText('stale: Price feed down.')
    await tell('forgetAccount')
    const view = await (await signalIn(page)).evaluate((signal) => signal.settings.read())
    if (!view.ok) throw new Error('no settings')
    await tell('settings', { settings: { ...view.value.settings, mode: 'paper' } })
    for (const name of ['Equity', 'Day P&L', 'Buying power', 'Open risk'])
      await expect(line(page)).toContainText(`${name}–not loaded`)
    await expect(line(page)).not.toContainText('stale')
  })

  for (const [width, height] of [
    [380, 740],
    [640, 400],
  ] as const) {
    test(`fits at ${width} by ${height} with its figures in whole dollars`, async ({ openRenderer }) => {
      const { page, tell } = await openRenderer({ width, height })
      const account = await accountIn(page)
      await tell('tradingChange', {
        account: { ...account, equity: '1234567.89', buyingPower: '4938271.56', dayPnl: '-12345.67' },
      } as never)
      await expect(line(page)).toContainText('$1,234,568')
      const figures = line(page).getByRole('definition')
      for (const figure of await figures.all()) await expect(figure).toBeInViewport({ ratio: 1 })
    })
  }
})

test.describe('settings', () => {
  test('take a pasted list, name what is not a symbol, and can be undone', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await page.keyboard.press('Control+,')
    await page.getByLabel('Symbols', { exact: true }).fill('shop, 12x')
    await page.keyboard.press('Enter')
    const list = page.getByRole('list', { name: 'Watchlist', exact: true })
    await expect(list).toContainText('SHOP')
    await expect(page.getByText('Invalid symbol: 12x')).toBeVisible()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(list).not.toContainText('SHOP')
  })

  test('test and save keys without ever showing the secret again', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await page.keyboard.press('Control+,')
    await page.getByRole('button', { name: 'Add keys' }).first().click()
    const form = page.getByRole('form', { name: 'Paper account API keys' })
    await form.getByLabel('Key ID').fill('PKTEST1234')
    await form.getByLabel('Secret key').fill('very-secret')
    await form.getByRole('button', { name: 'Test keys' }).click()
    await expect(form.getByRole('alert')).toContainText('account ending in 4821, active, equity $100,000.00')
    await form.getByRole('button', { name: 'Save keys' }).click()
    await expect(page.getByText('Key ending in 1234, saved on this computer')).toBeVisible()
    expect(await page.content()).not.toContain('very-secret')
    await page.getByRole('button', { name: 'Delete keys' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete keys' }).click()
    await expect(page.getByText('No API keys')).toHaveCount(2)
  })

  test('say why a mode without keys is refused', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await page.keyboard.press('Control+,')
    await page.getByLabel('Mode').selectOption('paper')
    await expect(page.getByText('There are no keys for the paper account yet.')).toBeVisible()
    await expect(page.getByLabel('Mode')).toHaveValue('demo')
  })

  test('show what the environment fixes, and by which variable', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await tell('settings', { fixed: { theme: 'SIGNAL_THEME' } })
    await page.keyboard.press('Control+,')
    await expect(page.getByLabel('Theme')).toBeDisabled()
    await expect(page.getByText('Set by SIGNAL_THEME (environment)')).toBeVisible()
  })
})

test.describe('a newer version', () => {
  const status = {
    release: {
      version: '0.2.0',
      releasedAt: Date.UTC(2025, 10, 21, 21),
      notes: ['Charts of five years.', '<b>Alerts</b> that last a restart.'],
    },
    lastCheck: { at: NOW - 60_000 },
  }
  const line = (page: Page) => page.getByRole('region', { name: 'New version' })

  test('is told in one line of the frame that moves nothing, and with its notes in Settings', async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer()
    const before = await row(page, 'TSLA').boundingBox()
    await tell('updates', status)
    await expect(line(page)).toContainText('Signal 0.2.0 is available')
    expect(await row(page, 'TSLA').boundingBox()).toEqual(before)
    await line(page).getByRole('button', { name: 'What’s new' }).click()
    await expect(
      page.getByRole('heading', { name: 'Signal 0.2.0 is available (Nov 21, 2025)' }),
    ).toBeInViewport()
    await expect(page.getByRole('list', { name: 'New in Signal 0.2.0' }).getByRole('listitem')).toHaveText([
      'Charts of five years.',
      '<b>Alerts</b> that last a restart.',
    ])
    await page.getByRole('button', { name: 'Open download page' }).click()
    await expect.poll(() => page.evaluate('fake.asked()')).toEqual(['updates.openPage'])
    await expect(line(page)).toHaveCount(0)
  })

  test('can be read and dismissed in the narrowest window too', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer({ width: 380, height: 740 })
    await tell('stats', { health: { level: 'degraded', reasons: ['Quotes delayed 2.1 s.'] } })
    await tell('updates', status)
    for (const button of await line(page).getByRole('button').all())
      await expect(button).toBeInViewport({ ratio: 0.9 })
    await expect(page.getByRole('status', { name: 'Health' })).toBeInViewport({ ratio: 0.9 })
  })

  test('is told once: a dismissed line stays away after a restart, until there is another version', async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer()
    await tell('updates', status)
    await line(page).getByRole('button', { name: 'Dismiss' }).click()
    await expect(line(page)).toHaveCount(0)
    await page.reload()
    await row(page, 'AAPL').waitFor()
    await tell('updates', status)
    await tell('updates', { lastCheck: { at: NOW } })
    await page.keyboard.press('Control+,')
    await expect(page.getByRole('heading', { name: /^Signal 0\.2\.0 is available/ })).toHaveCount(1)
    await expect(line(page)).toHaveCount(0)
    await tell('updates', { release: { ...status.release, version: '0.3.0' } })
    await expect(line(page)).toContainText('Signal 0.3.0 is available')
  })

  test('is not told in the frame with the setting off', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await tell('updates', status)
    await expect(line(page)).toBeVisible()
    await page.keyboard.press('Control+,')
    await page.getByLabel('New-version notices').uncheck()
    await expect(page.getByText('New-version notices: off')).toBeVisible()
    await expect(line(page)).toHaveCount(0)
  })

  test('is looked for when asked, and Settings say what came', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await page.keyboard.press('Control+,')
    const lastCheck = page.getByRole('status', { name: 'Last check' })
    await expect(lastCheck).toHaveText('Not checked since Signal started.')
    await page.getByRole('button', { name: 'Check now' }).click()
    await expect(lastCheck).toHaveText('Last check 10:00:00 ET. No newer version announced.')
    await tell('updates', { isChecking: true })
    await expect(page.getByRole('button', { name: 'Check now' })).toBeDisabled()
    await tell('updates', { isChecking: false, lastCheck: { at: NOW, problem: 'unreachable' } })
    await expect(lastCheck).toHaveText(
      'Last check 10:00:00 ET. The server couldn’t be reached. Check your network, then try again.',
    )
  })

  for (const [source, sentence] of [
    ['checkout', 'Started from its source code, Signal doesn’t check for new versions.'],
    ['unnamed', 'This build has no address to check for new versions.'],
  ] as const) {
    test(`is not looked for by a build that is ${source}, and Settings say so`, async ({ openRenderer }) => {
      const { page, tell } = await openRenderer()
      await tell('updates', { source })
      await page.keyboard.press('Control+,')
      await expect(page.getByText(sentence)).toBeVisible()
      await expect(page.getByRole('button', { name: 'Check now' })).toHaveCount(0)
    })
  }
})

test('the first run shows a moving market below a welcome that can be dismissed', async ({
  openRenderer,
}) => {
  const { page } = await openRenderer({ welcomed: false, moving: true })
  const welcome = page.getByRole('region', { name: 'Welcome' })
  await expect(welcome).toBeVisible()
  const before = await price(page, 'AAPL').textContent()
  await expect(price(page, 'AAPL')).not.toHaveText(before ?? '')
  await welcome.getByRole('button', { name: 'Explore demo' }).click()
  await expect(welcome).toHaveCount(0)
})

for (const [width, height] of [
  [380, 740],
  [640, 400],
  [1280, 800],
] as const) {
  test(`the welcome leaves the order ticket free at ${width} by ${height}`, async ({ openRenderer }) => {
    const { page } = await openRenderer({ width, height, welcomed: false })
    await page.getByRole('rowheader', { name: 'AAPL' }).click()
    await page.keyboard.press('Alt+o')
    await page.getByLabel('Quantity', { exact: true }).fill('1')
    await page.getByRole('button', { name: /^Review/ }).click()
    await expect(page.locator('[data-review]')).toBeVisible()
  })
}

for (const [width, height] of [
  [380, 740],
  [640, 400],
  [1280, 800],
  [1920, 1080],
] as const) {
  test(`nothing is cut off at ${width} by ${height}, and nothing breaks the content policy`, async ({
    openRenderer,
  }) => {
    const { page, complaints } = await openRenderer({ width, height, moving: true })
    for (const keys of ['Control+1', 'Control+,']) {
      await page.keyboard.press(keys)
      await expect
        .poll(() => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth'))
        .toBeLessThanOrEqual(0)
    }
    expect(complaints).toEqual([])
  })
}

test('axe finds nothing on any market screen, in any theme and palette, including doubtful prices', async ({
  openRenderer,
}) => {
  test.slow() // four screens, each in six looks
  const { page, tell } = await openRenderer({ welcomed: false })
  await tell('row', 'MSFT', { freshness: 'stale' })
  await tell('row', 'META', { freshness: 'ageing' })
  await tell('row', 'AMD', { freshness: 'disconnected' })
  await tell('halt', 'TSLA', { code: 'T1', reason: 'Halt News Pending', at: NOW })
  await tell('updates', { release: { version: '0.2.0', releasedAt: NOW, notes: ['Charts.'] } })
  await expect(page.getByRole('region', { name: 'Welcome' })).toBeVisible()
  await expectAccessibleInEveryLook(page)
  await page.getByRole('button', { name: 'Explore demo' }).click()
  await page.getByRole('rowheader', { name: 'AAPL' }).dblclick()
  await expect(page.getByRole('complementary', { name: 'Details of AAPL' })).toBeVisible()
  await expectAccessibleInEveryLook(page)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox')).toBeFocused()
  await expectAccessibleInEveryLook(page)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+,')
  await expect(page.getByRole('form', { name: 'Settings' })).toBeVisible()
  await expectAccessibleInEveryLook(page)
})
