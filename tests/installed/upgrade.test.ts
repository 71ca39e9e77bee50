import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { InstalledApp } from '../support/installed/app.ts'
import { APP_FOLDER, asRoot, copyOf, install } from '../support/installed/debian.ts'
import { packageOfVersion } from '../support/installed/newer-package.ts'
import { expect, test } from '../support/installed/test.ts'
import { buyAtMarket } from '../support/installed/trading.ts'

const settingsOf = ({ dataDir }: InstalledApp): unknown =>
  JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8'))

async function quit(app: InstalledApp): Promise<void> {
  await app.press('ctrl+q')
  expect(await app.ended).toEqual({ code: 0, signal: null })
  await expect.poll(app.processes).toEqual([])
}

test('an upgrade keeps orders and settings, a downgrade is refused, and a removed Signal leaves its data for the next', async ({
  installed: { debian: fresh, packageFile },
  start,
}) => {
  const debian = copyOf(fresh, 'upgraded')
  const newer = packageOfVersion(packageFile, '0.9.0')
  const first = await start({ debian })
  await buyAtMarket(first)
  await first.press('alt+t') // another theme
  await expect.poll(() => existsSync(join(first.dataDir, 'settings.json'))).toBe(true)
  const settings = settingsOf(first)
  const traded = first.events().filter(({ stream }) => stream.includes('order'))
  expect(traded.map(({ type }) => type)).toContain('OrderFilled')
  await quit(first)

  install(debian, newer)
  const upgraded = await start({ debian })
  await upgraded.gridMoves()
  expect(upgraded.logged('Signal starts').at(-1)).toMatchObject({ version: '0.9.0' })
  expect(settingsOf(upgraded)).toEqual(settings)
  await expect
    .poll(() => upgraded.events().at(-1))
    .toMatchObject({ type: 'Reconciled', payload: { differences: [] } })
  expect(upgraded.events()).toEqual(expect.arrayContaining([...traded]))
  upgraded.photograph('upgraded')
  await quit(upgraded)

  install(debian, packageFile)
  const downgraded = await start({ debian })
  await downgraded.window()
  await expect.poll(downgraded.stderr).toMatch(/Signal did not start: .*0\.9\.0/)
  downgraded.photograph('downgraded')
  await downgraded.press('Return')
  expect(await downgraded.ended).toEqual({ code: 1, signal: null })
  expect(downgraded.events()).toEqual(upgraded.events())

  asRoot(debian, 'apt-get', 'purge', '-y', 'signal-trading')
  expect(existsSync(join(debian.folder, APP_FOLDER))).toBe(false)
  expect(existsSync(join(debian.folder, 'usr/bin/signal-trading'))).toBe(false)
  expect(existsSync(join(upgraded.dataDir, 'signal.demo.sqlite'))).toBe(true)

  install(debian, newer)
  const again = await start({ debian })
  await again.gridMoves()
  expect(settingsOf(again)).toEqual(settings)
  expect(again.events()).toEqual(expect.arrayContaining([...traded]))
  await quit(again)
})
