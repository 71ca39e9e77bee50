import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { makeAppFolder } from '../support/app-folder.ts'
import { startNoticeServer, type NoticeServer } from '../support/notice-server.ts'
import { releaseKey } from '../support/release-key.ts'
import { environmentOf, expect, test, type SignalApp } from '../support/signal-app.ts'

const key = releaseKey()

let server: NoticeServer
let appFolder: string
test.beforeEach(async () => {
  server = await startNoticeServer()
  appFolder = mkdtempSync(join(tmpdir(), 'signal-package-'))
  makeAppFolder(appFolder, {
    version: '0.1.0',
    release: { noticeUrl: server.url, publicKey: key.publicText },
  })
})
test.afterEach(async () => {
  await server.stop()
  rmSync(appFolder, { recursive: true, force: true })
})

const line = (page: Page) => page.getByRole('region', { name: 'New version' })
const lastCheck = (page: Page) => page.getByRole('status', { name: 'Last check' })
const checkNow = (page: Page) => page.getByRole('button', { name: 'Check now' }).click()

/** Keeps addresses in the test that would open in a browser. */
const catchPages = ({ electron }: SignalApp) =>
  electron.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = async (address) => void opened.push(address)
  })
const openedPages = ({ electron }: SignalApp) =>
  electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)

test('a newer version is told after the start, its page opens from its notice, and it is told without a network too', async ({
  launch,
  market,
}) => {
  server.answer(key.notice('0.2.0', { notes: ['Charts of five years.'] }))
  const app = await launch({ env: environmentOf(market), appFolder })
  const { page } = app
  await catchPages(app)
  await expect(line(page)).toContainText('Signal 0.2.0 is available')
  await line(page).getByRole('button', { name: 'What’s new' }).click()
  await expect(page.getByRole('list', { name: 'New in Signal 0.2.0' })).toHaveText('Charts of five years.')
  await page.getByRole('button', { name: 'Open download page' }).click()
  await expect.poll(() => openedPages(app)).toEqual(['https://signal.example/0.2.0'])
  expect(server.arrivals.items.map(({ request }) => request.headers['user-agent'])).toEqual(['Signal/0.1.0'])
  await app.close()

  await server.stop()
  const later = await launch({ env: environmentOf(market), appFolder })
  await later.page.keyboard.press('Control+,')
  await expect(later.page.getByRole('heading', { name: /^Signal 0\.2\.0 is available/ })).toBeVisible()
  await expect(lastCheck(later.page)).toContainText('couldn’t be reached')
  await expect(line(later.page)).toHaveCount(0)
})

test('a notice that another key signed is told to nobody, except that it was refused', async ({
  launch,
  market,
}) => {
  server.answer(releaseKey().notice('9.0.0'))
  const { page } = await launch({ env: environmentOf(market), appFolder })
  await page.keyboard.press('Control+,')
  await expect(lastCheck(page)).toContainText('wasn’t signed by Signal’s publisher')
  await expect(page.getByText('9.0.0')).toHaveCount(0)
})

test('with the setting off no start asks, and the user still can', async ({ launch, market }) => {
  server.answer(key.notice('0.1.0'))
  const first = await launch({ env: environmentOf(market), appFolder })
  await first.page.keyboard.press('Control+,')
  await expect(lastCheck(first.page)).toContainText('No newer version announced.')
  await first.page.getByLabel('New-version notices').uncheck()
  await expect(first.page.getByText('New-version notices: off')).toBeVisible()
  await first.close()
  const before = server.arrivals.items.length

  const { electron, page } = await launch({ env: environmentOf(market), appFolder })
  const isShown = () =>
    electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())
  await expect.poll(isShown).toBe(true)
  await page.keyboard.press('Control+,')
  await expect(lastCheck(page)).toHaveText('Not checked since Signal started.')
  expect(server.arrivals.items).toHaveLength(before)
  await checkNow(page)
  await expect(lastCheck(page)).toContainText('No newer version announced.')
  expect(server.arrivals.items).toHaveLength(before + 1)
})

test('a checkout says that it does not check for new versions', async ({ shared: { page } }) => {
  await page.keyboard.press('Control+,')
  await expect(page.getByText('Started from its source code, Signal doesn’t check')).toBeVisible()
})
