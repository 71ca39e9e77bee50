import { signalIn, connection, row } from '../support/market-page.ts'
import { expect, test } from '../support/signal-app.ts'
import { watchPlaces } from '../support/standing-still.ts'
import { press, pressTwice, ticket } from '../support/trading-page.ts'

const SIZES = [
  [1280, 800],
  [900, 600],
] as const

test('nothing moves when the ticket opens and closes, or when the welcome is dismissed', async ({
  shared: { electron, page },
}) => {
  const api = await signalIn(page)
  for (const [width, height] of SIZES) {
    await electron.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
      [width, height] as const,
    )
    await expect.poll(() => page.evaluate('innerWidth')).toBe(width)
    await api.evaluate((signal) => signal.settings.save({ welcomed: false }))
    const welcome = page.getByRole('region', { name: 'Welcome' })
    await expect(welcome).toBeVisible()
    const expectStill = await watchPlaces(page)
    await welcome.getByRole('button', { name: 'Explore demo' }).click()
    await expect(welcome).toHaveCount(0)
    await expectStill('welcome dismissed')
    await press(page, 'Alt+o')
    await expect(ticket(page)).toBeVisible()
    await expectStill('ticket opened')
    await press(page, 'Alt+o')
    await expect(ticket(page)).toHaveCount(0)
    await expectStill('ticket closed')
  }
})

test('nothing moves when the kill switch blocks orders, when the feed is lost, and when both are over', async ({
  connected: { electron, page, market },
}) => {
  const notices = page.getByRole('region', { name: 'Notices' })
  const trading = page.getByRole('status', { name: 'Trading' })
  await expect(trading).toHaveText('Trading on')
  await expect(row(page, 'AAPL').locator('[data-freshness=live]')).toBeVisible()
  const expectStill = await watchPlaces(page)
  // The kill switch can be turned off after a minute: this one is already a minute old.
  await electron.evaluate(() => {
    const { now } = Date
    Object.assign(globalThis, { rightTime: now })
    Date.now = () => now() - 61_000
  })
  await pressTwice(page, 'F8')
  await expect(trading).toHaveText('Blocked')
  await electron.evaluate(() => void (Date.now = Reflect.get(globalThis, 'rightTime') as () => number)) // put there above
  await expect(notices.getByRole('button', { name: 'Turn off…' })).toBeVisible()
  await expectStill('kill switch on')

  market.injectFault({ kind: 'unreachable' })
  await expect(connection(page)).toHaveText('Reconnecting')
  await notices.getByRole('button', { name: /^\+\d more$/ }).click()
  const list = page.getByRole('dialog', { name: 'Notices' })
  await expect(list.getByRole('button', { name: 'Reconnect now' })).toBeVisible()
  await expectStill('feed lost too')
  await press(page, 'Escape')
  market.clearFaults()
  await expect(connection(page)).toHaveText('Connected')
  await expectStill('feed back')

  await press(page, 'F8')
  await expect(page.getByLabel('Type UNLOCK')).toBeFocused()
  await page.keyboard.type('UNLOCK')
  await press(page, 'Enter')
  await expect(trading).toHaveText('Trading on')
  await expectStill('kill switch off')
})
