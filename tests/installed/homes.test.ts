import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isChromiumNoise } from '../../scripts/lib/chromium-noise.mjs'
import type { InstalledApp } from '../support/installed/app.ts'
import { asRoot, folderOf } from '../support/installed/debian.ts'
import { expect, test } from '../support/installed/test.ts'

const quit = async (app: InstalledApp) => {
  await app.press('ctrl+q')
  expect(await app.ended).toEqual({ code: 0, signal: null })
}

test('in a home folder that cannot be written Signal opens anyway, and says that nothing is kept', async ({
  installed: { debian },
  start,
}) => {
  const home = '/home/eve/read-only'
  asRoot(debian, 'mkdir', '-m', '755', '-p', home)
  const app = await start({ user: 'eve', home })
  await app.gridMoves()
  app.photograph('read-only-home')
  await expect.poll(app.stderr).toContain('The log file cannot be written')
  await quit(app)
  expect(readdirSync(join(debian.folder, home))).toEqual([])
})

test('a home folder may have spaces and the letters of any alphabet in its name', async ({
  installed: { debian },
  start,
}) => {
  const home = folderOf(debian, 'eve', '/home/eve/Zoë Łukasiewicz 日本 ’n Söhne')
  const app = await start({ user: 'eve', home })
  await app.gridMoves()
  await expect.poll(() => app.events().map(({ type }) => type)).toContain('Reconciled')
  expect(app.logged('Signal starts')).toHaveLength(1)
  await quit(app)
})

test('two users of one computer have Signal open at the same time, each with data that the other cannot read', async ({
  installed: { debian },
  start,
}) => {
  const homes = {
    ann: folderOf(debian, 'ann', '/home/ann/shared'),
    ben: folderOf(debian, 'ben', '/home/ben/shared'),
  }
  const [ann, ben] = await Promise.all([
    start({ user: 'ann', home: homes.ann }),
    start({ user: 'ben', home: homes.ben }),
  ])
  await Promise.all([ann.gridMoves(), ben.gridMoves()])
  for (const app of [ann, ben]) {
    await expect.poll(() => app.events().map(({ type }) => type)).toContain('Reconciled')
    expect(lstatSync(app.dataDir).mode & 0o077).toBe(0)
  }
  expect(lstatSync(ann.dataDir).uid).not.toBe(lstatSync(ben.dataDir).uid)
  await quit(ann)
  await ben.gridMoves()
  await quit(ben)
})

test('without a keyring, a session bus and a system bus Signal works, and knows that keys would not be encrypted', async ({
  installed: { debian },
  start,
}) => {
  const app = await start({ user: 'eve', home: folderOf(debian, 'eve', '/home/eve/no-bus') })
  await app.gridMoves()
  await app.pressAndSee('ctrl+comma')
  app.photograph('settings-without-keyring')
  expect(app.logged('Signal starts')).toMatchObject([{ keyring: false }])
  const said = app
    .stderr()
    .split('\n')
    .filter((line) => line !== '' && !isChromiumNoise(line) && !line.includes('CI build'))
  expect(said).toEqual([])
  expect(existsSync(join(app.dataDir, 'credentials.json'))).toBe(false)
  await quit(app)
})
