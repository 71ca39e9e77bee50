import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connection, inMain } from '../support/market-page.ts'
import { makeAppFolder, manifest } from '../support/app-folder.ts'
import { expect, inheritedEnvironment, signalCommand, test } from '../support/signal-app.ts'

test('the data of an earlier Signal are taken over at the first start, which says so once', async ({
  launch,
  dataDir: appData,
}) => {
  test.skip(process.platform !== 'linux', 'the system’s place for data is moved by XDG_CONFIG_HOME')
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

test('a Signal that is older than its data says so and what to do, touches nothing, and ends with 1 when told to end', async ({
  dataDir,
}) => {
  const content = {
    'version.json': '{ "version": "99.0.0" }',
    'settings.json': '{',
    'signal.demo.sqlite': '?',
  }
  for (const [name, text] of Object.entries(content)) writeFileSync(join(dataDir, name), text)
  const { exit, said, child } = start(signalCommand(), dataDir)
  const why = `The data in ${dataDir} were last used by Signal 99.0.0, and this is Signal ${manifest.version}, which could misread them. Install Signal 99.0.0 or newer, or set SIGNAL_DATA_DIR to another folder.`
  await expect.poll(said).toContain(why)
  child.kill('SIGTERM') // nobody is there to press its button
  expect(await exit).toBe(1)
  expect(readFileSync(join(dataDir, 'logs', 'signal.log'), 'utf8')).toContain(why)
  for (const [name, text] of Object.entries(content))
    expect(readFileSync(join(dataDir, name), 'utf8'), name).toBe(text)
  const ours = readdirSync(dataDir).filter((name) => !/^(Crashpad|Singleton.*)$/.test(name))
  expect(ours.toSorted()).toEqual([...Object.keys(content), 'logs'].toSorted())
})

test('another version started beside a running Signal ends with 1 and says why; the window says what to do', async ({
  connected: { electron, page, dataDir },
}) => {
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
  const { exit, said } = start(
    signalCommand(makeAppFolder(join(dataDir, 'app'), { version: '99.1.0' })),
    dataDir,
  )
  expect(await exit).toBe(1)
  expect(said()).toContain(
    `Signal ${manifest.version} is running. Quit it before you start Signal 99.1.0: both use the same data.\n`,
  )
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText(
    `Signal 99.1.0 was started while this one (${manifest.version}) is running. Quit this one first: both use the same data.`,
  )
  expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(
    true,
  )
  await expect(connection(page)).toHaveText('Connected')
  expect(readFileSync(join(dataDir, 'version.json'), 'utf8')).toContain(manifest.version)
})

test('after the newer version has run, this one is refused, and the newer one finds everything', async ({
  launch,
  dataDir,
}) => {
  const first = await launch()
  await first.page.keyboard.press('Alt+T')
  await first.close()
  const settings = readFileSync(join(dataDir, 'settings.json'), 'utf8')
  const newer = makeAppFolder(join(dataDir, 'app'), { version: '99.1.0' })
  const second = await launch({ appFolder: newer })
  await expect(connection(second.page)).toHaveText('Connected')
  expect(readFileSync(join(dataDir, 'before-99.1.0', 'settings.json'), 'utf8')).toBe(settings)
  await second.close()
  const { exit, said, child } = start(signalCommand(), dataDir)
  await expect.poll(said).toContain('were last used by Signal 99.1.0')
  const third = await launch({ appFolder: newer }) // while the other still shows why it did not start
  await expect(connection(third.page)).toHaveText('Connected')
  child.kill('SIGTERM')
  expect(await exit).toBe(1)
})

interface Started {
  readonly child: ChildProcess
  /** What it has written to stderr. */
  readonly said: () => string
  /** Its exit code. */
  readonly exit: Promise<number | null>
}

/** Starts Signal without driving it. */
function start([program, ...args]: ReturnType<typeof signalCommand>, dataDir: string): Started {
  const env = { ...inheritedEnvironment(), SIGNAL_DATA_DIR: dataDir }
  const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (text) => (said += text))
  return { child, said: () => said, exit: once(child, 'close').then(([code]) => code as number | null) }
}
