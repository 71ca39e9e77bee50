import type { Locator, Page } from '@playwright/test'
import type { Settings } from '../../src/shared/settings.ts'
import { expectAccessibleInEveryLook } from '../support/accessibility.ts'
import { chromiumPath, expect, NO_CHROMIUM, NOW, test } from '../support/renderer-page.ts'

test.skip(chromiumPath === undefined, NO_CHROMIUM)

const openAudit = (page: Page) => page.keyboard.press('Control+5')
const events = (page: Page) => page.getByRole('table', { name: 'Events' })
const rows = (page: Page) => events(page).locator('[role=row][data-key]')
const eventNo = (page: Page, id: number): Locator => events(page).locator(`[data-key="${id}"]`)
/** Scrolls, and resolves once the page has been notified, which is before the next frame but one. */
const scrollTo = (page: Page, top: number) =>
  events(page).evaluate((table, to) => {
    const { parentElement } = table as unknown as { parentElement: { scrollTop: number } }
    parentElement.scrollTop = to
    const inFrame = globalThis as unknown as { requestAnimationFrame(run: () => void): void }
    return new Promise<void>((resolve) => {
      inFrame.requestAnimationFrame(() => inFrame.requestAnimationFrame(() => resolve()))
    })
  }, top)
const status = (page: Page, name: string) => page.getByRole('status', { name })
const panel = (page: Page, name: string) => page.getByRole('complementary', { name })
const steps = (page: Page) => page.getByRole('list', { name: 'Timeline' }).getByRole('listitem')

test.describe('the event log', () => {
  test('is read newest first, in words, for as far as you scroll', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await openAudit(page)
    await expect(page).toHaveTitle('DEMO · Audit · Signal')
    await expect(rows(page).first()).toContainText(/450.*Accepted · Alpaca ID ex-earlier-nvda/)
    await expect(rows(page).nth(1)).toContainText('Submitted · Buy 50 NVDA, limit 139.50, GTC, by trader')
    await expect(page.getByText('450 events', { exact: true })).toBeVisible()
    await expect(events(page)).toHaveAttribute('aria-rowcount', '201')
    expect(await rows(page).count()).toBeLessThan(80)
    for (const rowCount of ['401', '451']) {
      await scrollTo(page, 1e6)
      await expect(events(page)).toHaveAttribute('aria-rowcount', rowCount)
    }
    await scrollTo(page, 1e6)
    await expect(eventNo(page, 1)).toBeVisible()
  })

  test('does not say how many events there are while the log cannot be read', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await tell('auditAway', true)
    await openAudit(page)
    await expect(events(page)).toContainText('The database is not open yet.')
    await expect(page.getByText('Event count unknown')).toBeVisible()
    await expect(page.getByText(/\d events/)).toHaveCount(0)
  })

  test('shows new events on top immediately', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openAudit(page)
    await expect(rows(page).first()).toContainText('450')
    await tell('appendEvents', [{ stream: 'demo:account', type: 'KillSwitchEngaged' }])
    await expect(rows(page).first()).toContainText(/451.*Kill switch on/)
    await expect(page.getByText('451 events', { exact: true })).toBeVisible()
  })

  test('does not move while you are scrolled down; new events wait above', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openAudit(page)
    await scrollTo(page, 640)
    const read = eventNo(page, 425)
    const before = await read.boundingBox()
    await tell('appendEvents', [
      { stream: 'demo:account', type: 'KillSwitchEngaged' },
      { stream: 'demo:account', type: 'KillSwitchReleased' },
    ])
    const fresh = page.getByRole('button', { name: '2 new events' })
    await expect(fresh).toBeVisible()
    expect(await read.boundingBox()).toEqual(before)
    await fresh.click()
    await expect(eventNo(page, 452)).toBeInViewport()
    await expect(fresh).toHaveCount(0)
  })

  test('shows an event of an unknown type as it is', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await openAudit(page)
    await expect(eventNo(page, 448)).toContainText('MarginCallForeseen · {"version":7,"share":"0.4"}')
    await eventNo(page, 448).click()
    await expect(panel(page, 'Event').getByRole('heading', { level: 2 })).toHaveText('MarginCallForeseen')
    await expect(panel(page, 'Event').getByLabel('Payload')).toContainText('"share": "0.4"')
    await expect(page.getByRole('button', { name: 'Order timeline' })).toHaveCount(0)
  })

  test('is filtered by symbol, kind and time, and says how many match', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openAudit(page)
    await page.keyboard.press('/')
    await page.keyboard.type('aapl')
    await page.keyboard.press('Enter')
    await expect(rows(page)).toHaveCount(4)
    await expect(page.getByText('4 of 450 events')).toBeVisible()
    await page.getByLabel('Kind of event').selectOption('Filled')
    await expect(rows(page)).toHaveCount(1)
    await expect(rows(page)).toContainText('60 @ 228.40 (total 100, avg 228.38)')
    await tell('appendEvents', [
      { stream: 'demo:order:earlier-amd', type: 'OrderFilled' },
      { stream: 'demo:order:earlier-aapl', type: 'OrderFilled' },
    ])
    await expect(rows(page)).toHaveCount(2)
    await expect(page.getByText('2 of 452 events')).toBeVisible()
    await page.getByRole('button', { name: 'Remove filter AAPL' }).click()
    await expect(rows(page)).toHaveCount(3)
    await page.getByLabel('Kind of event').selectOption('All order events')
    await expect(page.getByText('10 of 452 events')).toBeVisible()
    await page.getByRole('button', { name: 'Clear', exact: true }).click()
    await page.getByLabel('Time', { exact: true }).selectOption('hour')
    await expect(rows(page)).not.toHaveCount(2)
    await expect(eventNo(page, 440)).toHaveCount(0)
    await page.getByLabel('Time', { exact: true }).selectOption('days')
    await page.getByLabel('First day').fill('2001-01-01')
    await page.getByLabel('Last day').fill('2001-01-02')
    await expect(events(page)).toContainText('No matches.')
  })

  test('is narrowed to one order, or widened to its symbol, from any of its events', async ({
    openRenderer,
  }) => {
    const { page } = await openRenderer()
    await openAudit(page)
    await eventNo(page, 449).click()
    await panel(page, 'Event').getByRole('button', { name: 'Only this order' }).click()
    await expect(rows(page)).toHaveCount(2)
    await expect(page.getByText('2 of 450 events')).toBeVisible()
    await panel(page, 'Event').getByRole('button', { name: 'All NVDA events' }).click()
    await expect(page.getByRole('button', { name: 'Remove filter NVDA' })).toBeVisible()
    await expect(rows(page)).toHaveCount(2)
  })

  test('is opened for one symbol from its row in Market', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await page.getByRole('rowheader', { name: 'AMD' }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Show AMD in Audit' }).click()
    await expect(page.getByRole('button', { name: 'Remove filter AMD' })).toBeVisible()
    await expect(rows(page)).toHaveCount(2)
    await expect(page.getByText('2 of 450 events')).toBeVisible()
  })

  test('is no longer narrowed to an order of another mode, which is told; a symbol stays', async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer()
    await openAudit(page)
    await eventNo(page, 449).click()
    await panel(page, 'Event').getByRole('button', { name: 'Order timeline' }).click()
    await expect(steps(page)).toHaveCount(2)
    await page.keyboard.press('/')
    await page.keyboard.type('nvda')
    await page.keyboard.press('Enter')
    await page.keyboard.type('earlier-n')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Remove filter Order earlier-nvda' })).toBeVisible()
    const { settings } = await page.evaluate<{ readonly settings: Settings }>(
      'signal.settings.read().then(({ value }) => value)',
    )
    await tell('settings', { settings: { ...settings, mode: 'paper' } })
    await expect(page.getByRole('button', { name: /^Remove filter/ })).toHaveCount(1)
    await expect(page.getByRole('button', { name: 'Remove filter NVDA' })).toBeVisible()
    await expect(page.getByLabel('Messages')).toContainText(
      'Filter removed: order earlier-nvda isn’t in the paper account.',
    )
    await expect(steps(page)).toHaveCount(0)
  })

  test('names events in words; the class name and each value are in the details', async ({
    openRenderer,
  }) => {
    const { page } = await openRenderer()
    await openAudit(page)
    await expect(eventNo(page, 444)).toContainText('AAPL')
    await expect(eventNo(page, 444)).not.toContainText('OrderFilled')
    await eventNo(page, 444).click()
    await expect(panel(page, 'Event')).toContainText('OrderFilled')
    await expect(panel(page, 'Event').getByLabel('Details')).toContainText('Average price228.38')
  })

  test('says why when it is unavailable', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await tell('auditAway', true)
    await openAudit(page)
    await expect(events(page)).toContainText('The database is not open yet. Try again.')
    await page.keyboard.press('Alt+v')
    await expect(status(page, 'Hash chain')).toContainText('Not verified. The database is not open yet.')
    await tell('auditAway', false)
    await tell('database', { state: 'opening' })
    await tell('database', { state: 'open' })
    await expect(rows(page).first()).toContainText('450')
  })

  test('is reloaded for another database, without the verdict of the first', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openAudit(page)
    await page.keyboard.press('Alt+v')
    await expect(status(page, 'Hash chain')).toContainText('450 events intact')
    await tell('database', { state: 'open', address: 'another.sqlite' })
    await expect(status(page, 'Hash chain')).toHaveText('Not verified yet')
    await expect(rows(page).first()).toContainText('450')
  })
})

test.describe('the timeline of an order', () => {
  test('runs from the intent to the last fill, with the time between', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await openAudit(page)
    await page.keyboard.press('Alt+g')
    for (let at = 0; at < 6; at += 1) await page.keyboard.press('ArrowDown')
    await expect(eventNo(page, 444)).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(panel(page, 'Event').getByLabel('Payload')).toContainText('"executionId": "fill-1"')
    await page.keyboard.press('Alt+i')
    await expect(panel(page, 'Order timeline').getByRole('heading')).toHaveText('Buy 100 AAPL limit 228.40')
    await expect(steps(page)).toHaveText([
      /^Submitted.*Buy 100 AAPL, limit 228\.40, Day, by trader/,
      /^\+42 msAccepted.*Alpaca ID ex-earlier-aapl/,
      /^\+1\.2 sPartial fill.*40 @ 228\.35 \(total 40, avg 228\.35\)/,
      /^\+8\.8 sFilled.*60 @ 228\.40 \(total 100, avg 228\.38\)/,
    ])
    await expect(panel(page, 'Order timeline')).toContainText('4 steps in 10 s')
    await page.keyboard.press('Escape')
    await expect(panel(page, 'Event')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(panel(page, 'Event')).toHaveCount(0)
  })

  test('grows while you watch it', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openAudit(page)
    await eventNo(page, 449).focus()
    await page.keyboard.press('Alt+i')
    await expect(steps(page)).toHaveCount(2)
    await tell('appendEvents', [
      { stream: 'demo:order:earlier-nvda', type: 'OrderCancelRequested' },
      { stream: 'demo:order:other', type: 'OrderFilled' },
    ])
    await expect(steps(page)).toHaveCount(3)
    await expect(steps(page).last()).toContainText('Cancel requested')
  })

  test('says so if the log does not contain the order', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await page.keyboard.press('Control+3')
    await page.keyboard.press('Alt+3')
    const msft = page.getByRole('table', { name: 'Order history' }).locator('[data-key=earlier-msft]')
    await msft.focus()
    await page.keyboard.press('Enter')
    await expect(panel(page, 'Order timeline')).toContainText(
      'Not in Signal’s log (sent elsewhere or earlier).',
    )
  })
})

test.describe('the proof', () => {
  test('of the hashes is intact, or says where it breaks', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openAudit(page)
    const verdict = status(page, 'Hash chain')
    await expect(verdict).toHaveText('Not verified yet')
    await page.getByRole('button', { name: 'Verify' }).click()
    await expect(verdict).toContainText(
      'Log verified, all 450 events intact. Up to event 450 they match what Signal has recorded outside the database since',
    )
    await tell('auditVerdict', { kind: 'intact', from: 1, events: 450, lastHash: '' })
    await page.keyboard.press('Alt+v')
    await expect(verdict).toContainText('No record outside the database to compare with')
    await tell('auditVerdict', {
      kind: 'broken',
      id: 213,
      reason: 'the event or the one before it was changed',
    })
    await page.keyboard.press('Alt+v')
    await expect(verdict).toContainText(
      'altered or damaged at event 213: the event or the one before it was changed.',
    )
  })

  test('that failed when Signal started is said on every screen until it is read', async ({
    openRenderer,
  }) => {
    const { page, tell } = await openRenderer()
    const logDoubt = 'Log altered or damaged at event 7: the log was rebuilt.'
    await tell('database', { state: 'open', logDoubt })
    const alert = page.getByRole('alert').filter({ hasText: logDoubt })
    await expect(alert).toContainText('Check your positions and orders at Alpaca before you trade.')
    await alert.getByRole('button', { name: 'Open Audit' }).click()
    await expect(page).toHaveTitle('DEMO · Audit · Signal')
    await alert.getByRole('button', { name: 'Dismiss' }).click()
    await expect(alert).toHaveCount(0)
  })

  test('of the account is intact, or says what differs', async ({ openRenderer }) => {
    const { page, tell } = await openRenderer()
    await openAudit(page)
    const rebuilt = status(page, 'Rebuilt account')
    await expect(rebuilt).toHaveText('Positions and P&L rebuilt from events match the account.')
    await tell('tradingChange', {
      reconciliation: {
        state: 'differs',
        hasBegun: true,
        at: NOW,
        differences: [{ what: 'position', of: 'TSLA', ours: '-30', theirs: '-20' }],
      },
    })
    await expect(rebuilt).toContainText('TSLA position: Signal −30, Alpaca −20')
  })

  test('is exported as JSON lines of what matches the filters', async ({ openRenderer }) => {
    const { page } = await openRenderer()
    await openAudit(page)
    await page.getByLabel('Kind of event').selectOption('Filled')
    await expect(rows(page)).toHaveCount(1)
    await page.getByRole('button', { name: 'Export' }).click()
    await expect(page.getByLabel('Messages')).toContainText('Saved as /home/trader/signal-events.jsonl.')
    expect(await page.evaluate('fake.asked()')).toEqual(['export {"types":["OrderFilled"]}'])
  })
})

test('axe finds nothing on Audit in any theme and palette', async ({ openRenderer }) => {
  test.slow() // two panels, each in six looks
  const { page } = await openRenderer()
  await openAudit(page)
  await eventNo(page, 444).click()
  await expect(panel(page, 'Event')).toBeVisible()
  await expectAccessibleInEveryLook(page)
  await page.getByRole('button', { name: 'Order timeline' }).click()
  await expect(steps(page)).toHaveCount(4)
  await expectAccessibleInEveryLook(page)
})

for (const [width, height] of [
  [380, 740],
  [800, 600],
  [1280, 800],
  [1920, 1080],
] as const) {
  test(`everything in Audit fits in a window of ${width} by ${height}`, async ({ openRenderer }) => {
    const { page } = await openRenderer({ width, height })
    await openAudit(page)
    await expect(rows(page).first().getByRole('rowheader')).toBeInViewport({ ratio: 1 })
    await expect(rows(page).first()).toContainText('Accepted')
    await expect(page.getByRole('button', { name: 'Export' })).toBeInViewport({ ratio: 1 })
    await rows(page).first().click()
    await expect(panel(page, 'Event').getByRole('button', { name: 'Close (Escape)' })).toBeInViewport({
      ratio: 1,
    })
    await expect.poll(() => page.evaluate<boolean>('document.body.scrollWidth > innerWidth')).toBe(false)
  })
}
