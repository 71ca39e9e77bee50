import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { filesIn } from '../support/files-in.ts'
import { signalIn } from '../support/market-page.ts'
import { environmentOf, expect, test } from '../support/signal-app.ts'

/** A unique password, so that it is found wherever it should not be. */
const PASSWORD = 'p4ssword-0f-the-test'
/** Port 1 of this machine, where nothing listens. */
const ADDRESS = 'postgres://signal@127.0.0.1:1/bars'

// Chromium's own password store instead of the desktop's keyring: the same on every machine, and no encryption.
const WITHOUT_KEYRING = ['--password-store=basic']

const inUse = (page: Page) => page.getByRole('status', { name: 'Database in use' })
const form = (page: Page) => page.getByRole('form', { name: 'Database' })

test('a server is tested in words, chosen, shown while it is unavailable, and replaced by the file again', async ({
  launch,
  dataDir,
  market,
}) => {
  const env = environmentOf(market)
  const first = await launch({ env, switches: WITHOUT_KEYRING })
  await first.page.keyboard.press('Control+,')
  await expect(inUse(first.page)).toHaveText('SQLite file on this computer.')
  await first.page.getByRole('button', { name: 'Change database' }).click()
  await form(first.page)
    .getByRole('radio', { name: /server/ })
    .check()
  await form(first.page).getByLabel('Address').fill(ADDRESS)
  await form(first.page).getByLabel('Password').fill(PASSWORD)
  await form(first.page).getByRole('button', { name: 'Test connection' }).click()
  await expect(form(first.page).getByRole('alert')).toHaveText(
    'Connection refused: PostgreSQL database "bars" on 127.0.0.1:1. Is the server running?',
  )
  // A usable server is chosen through the form; this one is unavailable, as any may become after it was
  // chosen.
  const api = await signalIn(first.page)
  const choice = { kind: 'server', url: ADDRESS, password: PASSWORD } as const
  expect(
    await api.evaluate(
      (signal, given) => signal.settings.saveDatabase({ choice: given, plainText: false }),
      choice,
    ),
  ).toMatchObject({ ok: false, error: { kind: 'no-encryption' } })
  const saved = await api.evaluate(
    (signal, given) => signal.settings.saveDatabase({ choice: given, plainText: true }),
    choice,
  )
  expect(saved).toMatchObject({ ok: true, value: { database: { url: ADDRESS, hasPassword: true } } })
  expect(JSON.stringify(saved)).not.toContain(PASSWORD)
  await expect(inUse(first.page)).toHaveText(/^Connection refused: .* Retrying…$/)
  await first.close()

  const { page } = await launch({ env, switches: WITHOUT_KEYRING })
  await page.keyboard.press('Control+,')
  await expect(inUse(page)).toHaveText(/^Connection refused/)
  expect(await page.content()).not.toContain(PASSWORD)
  const holding = filesIn(dataDir).filter(([, text]) => text.includes(PASSWORD))
  expect(holding.map(([name]) => name)).toEqual(['database.json'])
  await page.getByRole('button', { name: 'Change database' }).click()
  await form(page).getByRole('radio', { name: /file/ }).check()
  await form(page).getByRole('button', { name: 'Use this database' }).click()
  await page.getByRole('button', { name: 'Switch without copying' }).click()
  await expect(inUse(page)).toHaveText('SQLite file on this computer.')
  expect(readFileSync(join(dataDir, 'database.json'), 'utf8')).not.toContain(PASSWORD)
})

test('a saved address that cannot be read stops no start: Signal says so, and Settings mend it', async ({
  launch,
  dataDir,
  market,
}) => {
  const url = 'postgres://signal@db:nowhere/bars'
  writeFileSync(join(dataDir, 'database.json'), JSON.stringify({ url, password: { plain: PASSWORD } }))
  const { page } = await launch({ env: environmentOf(market), switches: WITHOUT_KEYRING })
  await expect(page.getByText('The saved database address can’t be read')).toBeVisible()
  const notices = page.getByRole('region', { name: 'Notices' })
  await expect(notices).toContainText('Database not writable') // comes before the address
  await notices.getByRole('button', { name: /^\+\d more$/ }).click()
  await page.getByRole('button', { name: 'Open Settings' }).click()
  await expect(inUse(page)).toHaveText(/^The database address is not postgres:/)
  await page.getByRole('button', { name: 'Change database' }).click()
  await form(page).getByRole('radio', { name: /file/ }).check()
  await form(page).getByRole('button', { name: 'Use this database' }).click()
  await page.getByRole('button', { name: 'Switch without copying' }).click()
  await expect(inUse(page)).toHaveText('SQLite file on this computer.')
})

test('SIGNAL_DATABASE_URL wins, is shown as the origin, and keeps its password secret', async ({
  launch,
  dataDir,
  market,
}) => {
  const file = join(dataDir, 'elsewhere.sqlite')
  const first = await launch({ env: { ...environmentOf(market), SIGNAL_DATABASE_URL: `sqlite:${file}` } })
  await first.page.keyboard.press('Control+,')
  await expect(first.page.getByRole('heading', { name: /elsewhere\.demo\.sqlite$/ })).toBeVisible()
  await expect(first.page.getByText('Set by SIGNAL_DATABASE_URL (environment)')).toBeVisible()
  await first.close()

  const url = ADDRESS.replace('@', `:${PASSWORD}@`)
  const { page } = await launch({ env: { ...environmentOf(market), SIGNAL_DATABASE_URL: url } })
  await page.keyboard.press('Control+,')
  await expect(inUse(page)).toHaveText(/^Connection refused/)
  const api = await signalIn(page)
  const view = await api.evaluate((signal) => signal.settings.read())
  expect(view).toMatchObject({ value: { database: { url: ADDRESS, hasPassword: true } } })
  expect(JSON.stringify(view)).not.toContain(PASSWORD)
})
