import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { appDataFolder, defaultDataFolder } from './default-data-folder.ts'

let appData: string
beforeEach(() => {
  appData = mkdtempSync(join(tmpdir(), 'signal-appdata-'))
})
afterEach(() => rmSync(appData, { recursive: true, force: true }))

const inAppData = (...names: string[]) => join(appData, ...names)
const dataDir = () => inAppData('signal-trading')

function write(...names: string[]): void {
  mkdirSync(dirname(inAppData(...names)), { recursive: true })
  writeFileSync(inAppData(...names), names.join('/'))
}

/** A process id that no process has: the largest that systems give out is far below. */
const NO_PROCESS = 2 ** 31 - 1

test('the app and the commands look into one folder on each system', () => {
  expect(appDataFolder({}, 'linux', '/home/me')).toBe('/home/me/.config')
  expect(appDataFolder({ XDG_CONFIG_HOME: '/conf' }, 'linux', '/home/me')).toBe('/conf')
  expect(appDataFolder({}, 'darwin', '/Users/me')).toBe('/Users/me/Library/Application Support')
  expect(defaultDataFolder('/conf')).toMatchObject({ dataDir: join('/conf', 'signal-trading') })
})

test('the folder of an earlier Signal is taken over as a whole, and that is said', () => {
  write('Signal', 'logs', 'signal.log')
  write('Signal', 'settings.json')
  expect(defaultDataFolder(appData)).toEqual({
    dataDir: dataDir(),
    notices: [`Signal's data folder was renamed: ${inAppData('Signal')} is now ${dataDir()}.`],
  })
  expect(readFileSync(join(dataDir(), 'settings.json'), 'utf8')).toBe('Signal/settings.json')
  expect(existsSync(inAppData('Signal'))).toBe(false)
})

test('it is taken over once: afterward, and beside data of this Signal, an old folder stays where it is', () => {
  write('signal-trading', 'settings.json')
  write('Signal', 'logs', 'signal.log')
  expect(defaultDataFolder(appData)).toEqual({ dataDir: dataDir(), notices: [] })
  expect(existsSync(inAppData('Signal', 'logs', 'signal.log'))).toBe(true)
})

test('an empty folder of the new name is no data', () => {
  mkdirSync(dataDir())
  write('Signal', 'signal.sqlite')
  expect(defaultDataFolder(appData).notices[0]).toContain('was renamed')
  expect(existsSync(join(dataDir(), 'signal.sqlite'))).toBe(true)
})

test('the folder of Signal Messenger alone is not touched, and there is nothing to say', () => {
  write('Signal', 'sql', 'db.sqlite')
  write('Signal', 'config.json')
  write('Signal', 'logs', 'app.log')
  expect(defaultDataFolder(appData)).toEqual({ dataDir: dataDir(), notices: [] })
  expect(existsSync(inAppData('Signal', 'sql', 'db.sqlite'))).toBe(true)
})

test.each([['sql'], ['config.json'], ['ephemeral.json'], ['attachments.noindex']])(
  'a folder that Signal Messenger uses too, by its %s, stays, and the trader learns how to use it',
  (name) => {
    write('Signal', name, 'content')
    write('Signal', 'logs', 'signal.log')
    const [notice] = defaultDataFolder(appData).notices
    expect(notice).toContain(
      `An earlier Signal's data are in ${inAppData('Signal')}, which Signal Messenger uses too`,
    )
    expect(notice).toContain(`SIGNAL_DATA_DIR=${inAppData('Signal')}`)
    expect(existsSync(inAppData('Signal', name, 'content'))).toBe(true)
  },
)

test('a folder in which an earlier Signal still runs stays, and the trader learns how to take it over', () => {
  write('Signal', 'logs', 'signal.log')
  symlinkSync(`${hostname()}-${process.pid}`, inAppData('Signal', 'SingletonLock'))
  expect(defaultDataFolder(appData).notices[0]).toBe(
    `An earlier Signal's data are in ${inAppData('Signal')}, but it is still running. ` +
      `To take them over, quit both, move ${dataDir()} away, and restart.`,
  )
  expect(existsSync(inAppData('Signal'))).toBe(true)
})

test('a lock from another computer on the same home folder counts as running', () => {
  write('Signal', 'logs', 'signal.log')
  symlinkSync(`another-${hostname()}-${NO_PROCESS}`, inAppData('Signal', 'SingletonLock'))
  expect(defaultDataFolder(appData).notices[0]).toContain('still running')
})

test('the lock of an earlier Signal that crashed keeps nothing from being taken over', () => {
  write('Signal', 'logs', 'signal.log')
  symlinkSync(`${hostname()}-${NO_PROCESS}`, inAppData('Signal', 'SingletonLock'))
  expect(defaultDataFolder(appData).notices[0]).toContain('was renamed')
})

test('a folder that cannot be renamed stays, with the reason, and Signal starts', () => {
  write('Signal', 'logs', 'signal.log')
  symlinkSync('leads-nowhere', dataDir())
  expect(defaultDataFolder(appData).notices[0]).toMatch(
    /but it could not be renamed \(ENOTDIR.*\)\. To take them over/,
  )
  expect(existsSync(inAppData('Signal', 'logs', 'signal.log'))).toBe(true)
})
