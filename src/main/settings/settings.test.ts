import { chmodSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock } from '#process/clock'
import { silentLog } from '#process/log'
import { keyring } from '../../../tests/support/keyring.ts'
import { KEYS, settingsFolder } from '../../../tests/support/settings-folder.ts'
import { openSettings, readEnvironment } from './index.ts'

const folder = settingsFolder()

test('a first start shows the demo market with the default watchlist', () => {
  const { settings, warnings } = folder.open().view()
  expect(settings.mode).toBe('demo')
  expect(settings.symbols).toHaveLength(17)
  expect(warnings).toEqual([])
})

test('saved settings are there after a restart', () => {
  folder.open().save({ theme: 'dark', throttleMs: 250 })
  expect(folder.open().current()).toMatchObject({ theme: 'dark', throttleMs: 250, palette: 'classic' })
})

test('listeners get every change along with the previous settings', () => {
  const store = folder.open()
  const seen: string[] = []
  const stop = store.onChange((view, before) =>
    seen.push(`${before.settings.theme} > ${view.settings.theme}`),
  )
  store.save({ theme: 'dark' })
  stop()
  store.save({ theme: 'light' })
  expect(seen).toEqual(['system > dark'])
})

test.skipIf(process.platform === 'win32')(
  'a data folder for everybody stays as it is, and the view says that others may read it',
  () => {
    chmodSync(folder.dataDir, 0o1777)
    expect(folder.open().view().warnings.join()).toContain('may be able to read older files')
    chmodSync(folder.dataDir, 0o700)
    expect(folder.open().view().warnings).toEqual([])
  },
)

test.each(['{ "theme": ', '[]', 'null', '"dark"', '\u0000\u0001'])(
  'a damaged settings file (%j) is backed up, the defaults are used, and a warning is shown',
  (text) => {
    folder.write('settings.json', text)
    const view = folder.open().view()
    expect(view.settings.theme).toBe('system')
    expect(view.warnings[0]).toMatch(/couldn’t be read/)
    const aside = readdirSync(folder.dataDir).find((name) => name.startsWith('settings.json.broken-'))
    expect(folder.read(aside ?? '')).toBe(text)
  },
)

test('an invalid value does not affect the others', () => {
  folder.write('settings.json', JSON.stringify({ theme: 'dark', throttleMs: 1, symbols: ['AAPL', 'AAPL'] }))
  const { settings, warnings } = folder.open().view()
  expect(settings).toMatchObject({ theme: 'dark', throttleMs: 100 })
  expect(settings.symbols).toHaveLength(17)
  expect(warnings.join()).toMatch(/"symbols" names a symbol twice.*"throttleMs" is at least 50 ms/)
})

test('a watchlist entry that is not a symbol is left out and named, and BRK-B is BRK.B', () => {
  folder.write('settings.json', JSON.stringify({ symbols: ['AAPL', '12', 'BRK-B'] }))
  const { settings, warnings } = folder.open().view()
  expect(settings.symbols).toEqual(['AAPL', 'BRK.B'])
  expect(warnings.join()).toContain('The setting "symbols": Invalid symbol: 12.')
})

test('values fixed by the environment override the file and cannot be changed here', () => {
  folder.write('settings.json', JSON.stringify({ symbols: ['TSLA'] }))
  const store = folder.open({ SIGNAL_SYMBOLS: 'AAPL' })
  expect(store.current().symbols).toEqual(['AAPL'])
  expect(store.save({ symbols: ['MSFT' as never] })).toEqual({
    ok: false,
    error: { kind: 'fixed', field: 'symbols', variable: 'SIGNAL_SYMBOLS' },
  })
})

test('a mode is refused until its account has keys', () => {
  const store = folder.open()
  expect(store.save({ mode: 'live' })).toMatchObject({ ok: false, error: { kind: 'no-credentials' } })
  store.saveCredentials('live', KEYS, false)
  expect(store.save({ mode: 'live' }).ok).toBe(true)
})

test('a data folder that cannot be written is reported, and the settings in use stay', () => {
  const file = join(folder.dataDir, 'settings')
  writeFileSync(file, '') // a file in place of the folder: even root cannot write into it
  chmodSync(file, 0o400)
  const store = openSettings({
    dataDir: file,
    environment: {},
    signal: readEnvironment({}),
    encryption: keyring,
    clock: systemClock,
    log: silentLog,
  })
  expect(store.view().warnings).toEqual([expect.stringContaining(`Can’t write to ${file}`)])
  expect(store.save({ theme: 'dark' })).toMatchObject({ ok: false, error: { kind: 'not-written' } })
  expect(store.current().theme).toBe('system')
})
