import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import type { DemoMarket } from '../../src/demo-market/index.ts'
import { filesIn } from '../support/files-in.ts'
import { connection, health, inMain, price, row, signalIn } from '../support/market-page.ts'
import { expect, test } from '../support/signal-app.ts'

/** A unique secret, so that it is found wherever it should not be. */
const WRONG_SECRET = 'wr0ng-secret-0f-the-test'

// Chromium's own password store instead of the desktop's keyring: the same on every machine, and no encryption.
const WITHOUT_KEYRING = ['--password-store=basic']

/** Points Alpaca's addresses at the demo market; the keys are for the trader to enter. */
function addressesOf({ environment }: DemoMarket): Record<string, string> {
  const { ALPACA_API_KEY: _key, ALPACA_API_SECRET: _secret, ...addresses } = environment
  return addresses
}

function keysOf({ environment }: DemoMarket): { readonly key: string; readonly secret: string } {
  return { key: environment['ALPACA_API_KEY'] ?? '', secret: environment['ALPACA_API_SECRET'] ?? '' }
}

/** Opens the form for the paper account's keys in Settings. */
async function openKeyForm(page: Page): Promise<Locator> {
  await page.keyboard.press('Control+,')
  const enter = page.getByRole('button', { name: /^(Add|Replace) keys$/ }).first()
  await enter.click()
  const consent = page.getByRole('button', { name: /^Send my keys to/ })
  if ((await consent.count()) > 0) await consent.click()
  return page.getByRole('form', { name: 'Paper account API keys' })
}

async function fillIn(form: Locator, key: string, secret: string): Promise<void> {
  await form.getByLabel('Key ID').fill(key)
  await form.getByLabel('Secret key').fill(secret)
}

test('keys are tested before they are saved: accepted, refused, or Alpaca not reached', async ({
  launch,
  market,
  dataDir,
}) => {
  const { page } = await launch({ env: addressesOf(market), switches: WITHOUT_KEYRING })
  const { key, secret } = keysOf(market)
  const form = await openKeyForm(page)
  const test = form.getByRole('button', { name: 'Test keys' })
  const answer = form.getByRole('alert')

  await test.click()
  await expect(answer).toContainText('The key ID is missing. The secret key is missing.')
  await fillIn(form, key, WRONG_SECRET)
  await test.click()
  await expect(answer).toContainText('Keys rejected for paper.')
  await fillIn(form, key, secret)
  await test.click()
  await expect(answer).toContainText(/Keys accepted: account ending in \w{4}, active, equity \$[\d,.]+\./)
  market.injectFault({ kind: 'unreachable' })
  await test.click()
  await expect(answer).toContainText('Alpaca is unreachable. Check your network and try again.')
  expect(readdirSync(dataDir)).not.toContain('credentials.json')
})

test('saved keys are not sent to a host from the environment before the trader confirms that host', async ({
  launch,
  market,
}) => {
  const { page } = await launch({ env: addressesOf(market), switches: WITHOUT_KEYRING })
  const { key, secret } = keysOf(market)
  const host = new URL(market.urls.baseUrl).host
  await page.keyboard.press('Control+,')
  await page.getByRole('button', { name: 'Add keys' }).first().click()
  const form = page.getByRole('form', { name: 'Paper account API keys' })
  await fillIn(form, key, secret)
  await form.getByRole('button', { name: 'Test keys' }).click()
  await expect(form.getByRole('alert')).toContainText(`The environment leads the paper account to ${host}`)
  await form.getByRole('checkbox', { name: /Store my keys unencrypted/ }).check()
  await form.getByRole('button', { name: 'Save keys' }).click()
  await page.getByLabel('Mode').selectOption('paper')
  await expect(connection(page)).toHaveText('Not configured')
  await expect(inMain(page, /aren't sent there until you confirm it in Settings/)).toBeVisible()
  expect(market.sent()).toMatchObject({ connections: 0, rest: { requests: 0 } })
  await page.getByRole('button', { name: `Send my keys to ${host}` }).click()
  await expect(connection(page)).toHaveText('Connected')
  await expect(page.getByRole('region', { name: 'Host in use' })).toContainText(host)
})

test('live with saved keys and the demo market’s variables: the window says why it stays closed, and nothing is sent', async ({
  launch,
  market,
}) => {
  const first = await launch({ switches: WITHOUT_KEYRING })
  const api = await signalIn(first.page)
  const credentials = { apiKey: 'AKLIVE0000000000TEST', apiSecret: 'a-live-secret' }
  await api.evaluate(
    (signal, pair) =>
      signal.settings.saveCredentials({ account: 'live', credentials: pair, plainText: true }),
    credentials,
  )
  await first.close()
  const { page } = await launch({
    env: { ...market.environment, SIGNAL_MODE: 'live', NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    switches: WITHOUT_KEYRING,
  })
  await expect(page.getByText(/NODE_TLS_REJECT_UNAUTHORIZED was removed/)).toBeVisible()
  await expect(page.getByText('LIVE', { exact: true })).toBeVisible()
  await expect(connection(page)).toHaveText('Not configured')
  await expect(health(page)).toHaveText('Error')
  const { host } = new URL(market.urls.baseUrl)
  const why = `Live trading uses Alpaca's own hosts only, but the environment leads to ${host}. Unset ALPACA_BASE_URL, ALPACA_DATA_URL, ALPACA_WS_URL and restart.`
  await expect(inMain(page, why).first()).toBeVisible()
  await page.keyboard.press('Control+,')
  await expect(page.getByText(`sends this account to ${host}`).first()).toBeVisible()
  expect(market.sent()).toMatchObject({ connections: 0, rest: { requests: 0 } })
})

test('without a keyring nothing is saved before the trader consents, and then readable by the owner only', async ({
  launch,
  market,
  dataDir,
}) => {
  const { page } = await launch({ env: addressesOf(market), switches: WITHOUT_KEYRING })
  const { key, secret } = keysOf(market)
  const form = await openKeyForm(page)
  await expect(page.getByText(/No system keychain: keys would be stored unencrypted/)).toBeVisible()
  await fillIn(form, key, secret)
  await expect(form.getByRole('button', { name: 'Save keys' })).toBeDisabled()
  const api = await signalIn(page)
  const refused = await api.evaluate(
    (signal, credentials) =>
      signal.settings.saveCredentials({ account: 'paper', credentials, plainText: false }),
    { apiKey: key, apiSecret: secret },
  )
  expect(refused).toMatchObject({ ok: false, error: { kind: 'no-encryption' } })
  expect(readdirSync(dataDir)).not.toContain('credentials.json')

  await form.getByRole('checkbox', { name: /Store my keys unencrypted/ }).check()
  await form.getByRole('button', { name: 'Save keys' }).click()
  await expect(page.getByText(`Key ending in ${key.slice(-4)}, saved on this computer`)).toBeVisible()
  expect(statSync(join(dataDir, 'credentials.json')).mode & 0o077).toBe(0)
})

test('saved keys are visible nowhere: not in the window, its answers, the settings, the log or any other file', async ({
  launch,
  market,
  dataDir,
}) => {
  const { page, close } = await launch({
    env: { ...addressesOf(market), SIGNAL_LOG_LEVEL: 'debug' },
    switches: WITHOUT_KEYRING,
  })
  const { key, secret } = keysOf(market)
  const form = await openKeyForm(page)
  await fillIn(form, key, WRONG_SECRET)
  await form.getByRole('button', { name: 'Test keys' }).click()
  await expect(form.getByRole('alert')).toContainText('Keys rejected for paper.')
  await fillIn(form, key, secret)
  await form.getByRole('checkbox', { name: /Store my keys unencrypted/ }).check()
  await form.getByRole('button', { name: 'Save keys' }).click()
  await expect(page.getByText(`Key ending in ${key.slice(-4)}, saved on this computer`)).toBeVisible()
  await page.getByLabel('Mode').selectOption('paper')
  await expect(page.getByText('PAPER', { exact: true })).toBeVisible()
  await expect(connection(page)).toHaveText('Connected')

  const api = await signalIn(page)
  const reported = await api.evaluate(async (signal) => JSON.stringify(await signal.settings.read()))
  expect(reported).toContain(`"keyEndsWith":"${key.slice(-4)}"`)
  for (const text of [await page.content(), reported]) expectNone(text, [key, secret, WRONG_SECRET])
  await close()
  for (const [name, text] of filesIn(dataDir)) {
    expectNone(text, name === 'credentials.json' ? [WRONG_SECRET] : [key, secret, WRONG_SECRET], name)
  }
})

test('a wrong secret is reported by the feed, and the right one in its place connects immediately', async ({
  launch,
  market,
}) => {
  const { page } = await launch({ env: addressesOf(market), switches: WITHOUT_KEYRING })
  const { key, secret } = keysOf(market)
  const save = async (withSecret: string) => {
    const form = await openKeyForm(page)
    await fillIn(form, key, withSecret)
    await form.getByRole('checkbox', { name: /Store my keys unencrypted/ }).check()
    await form.getByRole('button', { name: 'Save keys' }).click()
    await expect(form).toHaveCount(0)
  }
  await save(WRONG_SECRET)
  await page.getByLabel('Mode').selectOption('paper')
  await expect(connection(page)).toHaveText('Disconnected')
  await expect(inMain(page, /Check the API keys in Settings/)).toBeVisible()
  await save(secret)
  await expect(connection(page)).toHaveText('Connected')
})

test('deleted keys are gone, even after a restart', async ({ launch, market, dataDir }) => {
  const env = addressesOf(market)
  const { page, close } = await launch({ env, switches: WITHOUT_KEYRING })
  const { key, secret } = keysOf(market)
  const form = await openKeyForm(page)
  await fillIn(form, key, secret)
  await form.getByRole('checkbox', { name: /Store my keys unencrypted/ }).check()
  await form.getByRole('button', { name: 'Save keys' }).click()
  await page.getByRole('button', { name: 'Delete keys' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete keys' }).click()
  await expect(page.getByText('No API keys')).toHaveCount(2)
  await close()
  for (const [name, text] of filesIn(dataDir)) expectNone(text, [key, secret], name)
  const again = await launch({ env, switches: WITHOUT_KEYRING })
  await again.page.keyboard.press('Control+,')
  await expect(again.page.getByText('No API keys')).toHaveCount(2)
})

test('the first run welcomes above a moving demo market, and the welcome is dismissed for good', async ({
  launch,
}) => {
  const first = await launch()
  const welcome = first.page.getByRole('region', { name: 'Welcome' })
  await expect(welcome).toContainText('You’re in the demo market: simulated prices')
  await expect(first.page.getByText('DEMO', { exact: true })).toBeVisible()
  await expect(connection(first.page)).toHaveText('Connected')
  await expect(health(first.page)).toHaveText('Healthy')
  const before = await price(first.page, 'AAPL').textContent()
  await expect(price(first.page, 'AAPL')).not.toHaveText(before ?? '')
  await welcome.getByRole('button', { name: 'Explore demo' }).click()
  await expect(welcome).toHaveCount(0)
  await first.close()
  const { page } = await launch()
  await expect(connection(page)).toHaveText('Connected')
  await expect(page.getByRole('region', { name: 'Welcome' })).toHaveCount(0)
})

test('the first run leads to the paper account', async ({ launch, market }) => {
  const { page } = await launch({ env: addressesOf(market), switches: WITHOUT_KEYRING })
  const { key, secret } = keysOf(market)
  await page.getByRole('button', { name: 'Connect to Alpaca' }).click()
  const form = page.getByRole('form', { name: 'Connect to Alpaca' })
  await page.getByRole('button', { name: /^Send my keys to 127\.0\.0\.1/ }).click()
  await fillIn(form, key, secret)
  await form.getByRole('checkbox', { name: /Store my keys unencrypted/ }).check()
  await form.getByRole('button', { name: 'Connect' }).click()
  await expect(page.getByText('PAPER', { exact: true })).toBeVisible()
  await expect(connection(page)).toHaveText('Connected')
  await expect(page.getByRole('region', { name: 'Welcome' })).toHaveCount(0)
  const host = new URL(market.urls.baseUrl).host
  await expect(row(page, 'AAPL').getByRole('img', { name: `Source: ${host} (not Alpaca)` })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Host in use' })).toContainText(
    `Not Alpaca: this account’s prices and orders go through ${host}.`,
  )
})

function expectNone(text: string, secrets: readonly string[], where = 'the window'): void {
  for (const secret of secrets) expect(text.includes(secret), `${secret} in ${where}`).toBe(false)
}
