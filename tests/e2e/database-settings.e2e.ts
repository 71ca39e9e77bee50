import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/accessibility.ts'
import { chromiumPath, expect, NO_CHROMIUM, test } from '../support/renderer-page.ts'

test.skip(chromiumPath === undefined, NO_CHROMIUM)

const SERVER = 'postgres://signal@localhost:5433/signal'

const form = (page: Page) => page.getByRole('form', { name: 'Database' })
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Switch to this database?' })

async function openForm(page: Page): Promise<void> {
  await page.keyboard.press('Control+,')
  await page.getByRole('button', { name: 'Change database' }).click()
}

async function enterServer(page: Page, password = 'hunter2'): Promise<void> {
  await form(page).getByRole('radio', { name: 'PostgreSQL or TimescaleDB server' }).check()
  await form(page).getByLabel('Address').fill(SERVER)
  await form(page).getByLabel('Password').fill(password)
}

const asked = (page: Page) => page.evaluate<readonly string[]>('fake.asked()')

test('Settings says where bars are kept and what that database lacks', async ({ openRenderer }) => {
  const { page, tell } = await openRenderer()
  await page.keyboard.press('Control+,')
  const status = page.getByRole('status', { name: 'Database in use' })
  await expect(status).toHaveText('SQLite 3.50')
  await tell('database', {
    state: 'open',
    address: 'PostgreSQL database "bars" on localhost:5433',
    description: 'PostgreSQL 17 without TimescaleDB: everything works, but bars are one plain table.',
  })
  await expect(status).toHaveText(/without TimescaleDB: everything works/)
  await tell('database', {
    state: 'waiting',
    address: 'PostgreSQL database "bars" on localhost:5433',
    problem: 'Nothing listens there.',
  })
  await expect(status).toHaveText('Nothing listens there. Retrying…')
})

test('a database that is copied before an upgrade says how far that is, on every screen', async ({
  openRenderer,
}) => {
  const { page, tell } = await openRenderer()
  const inStatusBar = page.getByRole('contentinfo').getByRole('status', { name: 'Database' })
  const address = 'SQLite file /home/trader/.config/signal-trading/signal.sqlite'
  await tell('database', { state: 'opening', address, copiedPercent: 42 })
  await expect(inStatusBar).toHaveText('Copying database 42%')
  await tell('database', { state: 'opening', address, copiedPercent: 100 })
  await expect(inStatusBar).toHaveText('Upgrading database')
  await page.keyboard.press('Control+,')
  await expect(page.getByRole('status', { name: 'Database in use' })).toHaveText('Upgrading…')
})

test('About says where data, log and database are, that they outlast Signal, and opens the folder', async ({
  openRenderer,
}) => {
  const { page } = await openRenderer()
  await page.keyboard.press('Control+,')
  const about = page.locator('section', { has: page.getByRole('heading', { name: 'About' }) })
  for (const [fact, value] of [
    ['Data folder', '/home/trader/.config/signal-trading'],
    ['Log file', '/home/trader/.config/signal-trading/logs/signal.log'],
    ['Database', 'sqlite:/home/trader/.config/signal/demo.sqlite'],
  ] as const)
    await expect(about.locator('dt', { hasText: fact }).locator('xpath=following-sibling::dd[1]')).toHaveText(
      value,
    )
  await expect(about).toContainText('Uninstalling Signal keeps all of these.')
  await about.getByRole('button', { name: 'Open data folder' }).click()
  expect(await asked(page)).toContain('showDataFolder')
})

test('what is wrong with a database is said in words before anything is switched', async ({
  openRenderer,
}) => {
  const { page, tell } = await openRenderer()
  await openForm(page)
  await form(page).getByRole('radio', { name: 'PostgreSQL or TimescaleDB server' }).check()
  await form(page).getByLabel('Address').fill('mysql://root@localhost')
  await form(page).getByRole('button', { name: 'Test connection' }).click()
  await expect(form(page).getByRole('alert')).toHaveText('The address must start with postgres://.')
  await enterServer(page)
  for (const message of [
    'Login failed: PostgreSQL database "signal" on localhost:5433. Check user name and password.',
    'No such database on the server: PostgreSQL database "signal" on localhost:5433. Create it or correct the name.',
  ]) {
    await tell('databaseIs', { kind: 'unusable', message })
    await form(page).getByRole('button', { name: 'Use this database' }).click()
    await expect(form(page).getByRole('alert')).toHaveText(message)
  }
  await tell('databaseIs', { kind: 'usable', message: 'PostgreSQL 17 without TimescaleDB.' })
  await form(page).getByRole('button', { name: 'Test connection' }).click()
  await expect(form(page).getByRole('alert')).toHaveText('Connection OK. PostgreSQL 17 without TimescaleDB.')
  await expectAccessible(page)
  expect((await asked(page)).at(-1)).toBe(`test ${SERVER} hunter2`)
})

test('a server on another computer is reached encrypted, unless you consent to go without', async ({
  openRenderer,
}) => {
  const { page } = await openRenderer()
  await openForm(page)
  await enterServer(page)
  const plain = form(page).getByRole('checkbox', { name: 'Connect without encryption' })
  await expect(plain).toHaveCount(0)
  await form(page).getByLabel('Address').fill('postgres://signal@db.example.com/signal')
  await expect(plain).not.toBeChecked()
  await plain.check()
  await expect(form(page).getByLabel('Address')).toHaveValue(
    'postgres://signal@db.example.com/signal?sslmode=disable',
  )
  await expectAccessible(page)
  await plain.uncheck()
  await expect(form(page).getByLabel('Address')).toHaveValue('postgres://signal@db.example.com/signal')
})

test('existing data is copied first, with progress, and then the other database is used', async ({
  openRenderer,
}) => {
  const { page, tell } = await openRenderer()
  await openForm(page)
  await enterServer(page)
  await form(page).getByRole('button', { name: 'Use this database' }).click()
  await expect(dialog(page)).toContainText('Copy your data to the new database first?')
  await expectAccessible(page)
  await dialog(page).getByRole('button', { name: 'Copy, then switch' }).click()
  await tell('copying', { bars: 1_000_000, totalBars: 4_000_000, events: 0 })
  const bar = dialog(page).getByRole('progressbar', { name: 'Copy' })
  await expect(bar).toHaveAttribute('aria-valuenow', '25')
  await expect(bar).toHaveAttribute('aria-valuetext', '1,000,000 of 4,000,000 bars')
  await tell('copied', { bars: 4_000_000, events: 'copied', complete: true })
  await expect(dialog(page)).toHaveCount(0)
  await expect(form(page)).toHaveCount(0)
  await page.getByRole('button', { name: 'Change database' }).click()
  await expect(form(page).getByLabel('Address')).toHaveValue(SERVER)
  await expect(form(page).getByLabel('Password')).toHaveValue('')
  await expect(form(page).getByLabel('Password')).toHaveAttribute('placeholder', 'Saved')
})

test('nothing is switched while a load is running, which can be paused right there', async ({
  openRenderer,
}) => {
  const { page, tell } = await openRenderer()
  await tell('earlierLoad', 'running', ['AAPL'])
  await openForm(page)
  await enterServer(page)
  await form(page).getByRole('button', { name: 'Use this database' }).click()
  await expect(dialog(page).getByRole('alert')).toContainText(
    'A download is running into the current database.',
  )
  await expect(dialog(page).getByRole('button', { name: 'Copy, then switch' })).toBeDisabled()
  await expect(dialog(page).getByRole('button', { name: 'Switch without copying' })).toBeDisabled()
  await expectAccessible(page)
  await dialog(page).getByRole('button', { name: 'Pause download' }).click()
  await expect(dialog(page).getByRole('alert')).toHaveCount(0)
  await dialog(page).getByRole('button', { name: 'Switch without copying' }).click()
  await expect(dialog(page)).toHaveCount(0)
})

test('a copy that is stopped or fails switches nothing and can be repeated', async ({ openRenderer }) => {
  const { page, tell } = await openRenderer()
  await openForm(page)
  await enterServer(page)
  await form(page).getByRole('button', { name: 'Use this database' }).click()
  await dialog(page).getByRole('button', { name: 'Copy, then switch' }).click()
  await tell('copying', { bars: 1_200, totalBars: 4_000, events: 0 })
  await dialog(page).getByRole('button', { name: 'Stop copying' }).click()
  await expect(dialog(page).getByRole('alert')).toContainText('Stopped after 1,200 bars')
  await dialog(page).getByRole('button', { name: 'Resume copy, then switch' }).click()
  await tell('copied', 'Disk full: PostgreSQL database "signal".')
  await expect(dialog(page).getByRole('alert')).toContainText('Disk full')
  await dialog(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog(page)).toHaveCount(0)
  expect(await page.evaluate('signal.settings.read().then(({ value }) => value.database.kind)')).toBe('file')
})

test('without copying, the other database is used immediately; a new password alone asks nothing', async ({
  openRenderer,
}) => {
  const { page } = await openRenderer()
  await openForm(page)
  await enterServer(page, '')
  await form(page).getByRole('button', { name: 'Use this database' }).click()
  await dialog(page).getByRole('button', { name: 'Switch without copying' }).click()
  await expect(form(page)).toHaveCount(0)
  await page.getByRole('button', { name: 'Change database' }).click()
  await form(page).getByLabel('Password').fill('changed')
  await form(page).getByRole('button', { name: 'Use this database' }).click()
  await expect(form(page)).toHaveCount(0)
  expect((await asked(page)).filter((call) => call.startsWith('copyTo'))).toEqual([])
})

test('a database fixed by the environment shows its origin and cannot be changed here', async ({
  openRenderer,
}) => {
  const { page, tell } = await openRenderer()
  await tell('settings', {
    database: { kind: 'server', url: SERVER, hasPassword: true, fixedBy: 'SIGNAL_DATABASE_URL' },
  })
  await page.keyboard.press('Control+,')
  await expect(page.getByText('Set by SIGNAL_DATABASE_URL (environment)')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Change database' })).toHaveCount(0)
})

test('without a keyring a password is kept only after consent', async ({ openRenderer }) => {
  const { page, tell } = await openRenderer()
  await tell('settings', { encryptionAvailable: false })
  await openForm(page)
  await enterServer(page)
  await expect(form(page).getByRole('button', { name: 'Use this database' })).toBeDisabled()
  await form(page)
    .getByRole('checkbox', { name: /No keychain/ })
    .check()
  await expect(form(page).getByRole('button', { name: 'Use this database' })).toBeEnabled()
})
