import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connection, inMain } from '../support/market-page.ts'
import { expect, test } from '../support/signal-app.ts'

test.skip(process.platform !== 'linux', 'the system’s place for data is moved by XDG_CONFIG_HOME')

test('the data of an earlier Signal are taken over at the first start, which says so once', async ({
  launch,
  dataDir: appData,
}) => {
  const former = join(appData, 'Signal')
  const own = join(appData, 'signal-trading')
  mkdirSync(join(former, 'logs'), { recursive: true })
  writeFileSync(join(former, 'logs', 'signal.log'), 'an earlier line\n')
  writeFileSync(join(former, 'settings.json'), JSON.stringify({ symbols: ['KO'] }))
  const env = { SIGNAL_DATA_DIR: '', XDG_CONFIG_HOME: appData }

  const first = await launch({ env })
  const notice = `Signal's data folder was renamed: ${former} is now ${own}.`
  await expect(inMain(first.page, notice)).toBeVisible()
  await expect(first.page.getByRole('rowheader')).toHaveText([/KO/])
  await expect(connection(first.page)).toHaveText('Connected')
  const log = readFileSync(join(own, 'logs', 'signal.log'), 'utf8')
  expect(log).toMatch(/^an earlier line\n/)
  expect(log).toContain(notice)
  expect(existsSync(former)).toBe(false)
  await first.close()

  const second = await launch({ env })
  await expect(connection(second.page)).toHaveText('Connected')
  await expect(inMain(second.page, notice)).toHaveCount(0)
})
