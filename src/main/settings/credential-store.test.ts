import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock } from '#process/clock'
import { silentLog } from '#process/log'
import { keyring, otherKeyring } from '../../../tests/support/keyring.ts'
import { KEYS, settingsFolder } from '../../../tests/support/settings-folder.ts'
import { takeOverData } from './data-version.ts'

const folder = settingsFolder()

test('keys are encrypted on disk, survive a restart and never show in the view', () => {
  folder.open().saveCredentials('paper', KEYS, false)
  expect(folder.read('credentials.json')).not.toContain(KEYS.apiSecret)
  const store = folder.open()
  expect(store.alpacaEnvironment('paper')).toMatchObject({
    ALPACA_API_SECRET: KEYS.apiSecret,
    ALPACA_BASE_URL: 'https://paper-api.alpaca.markets',
  })
  expect(store.alpacaEnvironment('live')).toBeUndefined()
  expect(JSON.stringify(store.view())).not.toContain(KEYS.apiSecret)
  expect(store.view().credentials[0]).toEqual({
    account: 'paper',
    present: true,
    keyEndsWith: 'ABCD',
    from: 'saved',
  })
})

test('without a keyring keys are saved only after consent, readable only by their owner', () => {
  const store = folder.open({}, { ...keyring, available: false })
  expect(store.saveCredentials('paper', KEYS, false)).toMatchObject({
    ok: false,
    error: { kind: 'no-encryption' },
  })
  expect(existsSync(join(folder.dataDir, 'credentials.json'))).toBe(false)
  expect(store.saveCredentials('paper', KEYS, true).ok).toBe(true)
  if (process.platform !== 'win32')
    expect(statSync(join(folder.dataDir, 'credentials.json')).mode & 0o777).toBe(0o600)
  expect(folder.open().alpacaEnvironment('paper')).toMatchObject({ ALPACA_API_KEY: KEYS.apiKey })
})

test('forgotten keys are gone, from the disk too', () => {
  const store = folder.open()
  store.saveCredentials('live', KEYS, false)
  store.forgetCredentials('live')
  expect(folder.read('credentials.json')).toBe('{}\n')
  expect(folder.open().alpacaEnvironment('live')).toBeUndefined()
})

test('deleted keys are gone from the backups of unreadable files too', () => {
  folder.write('credentials.json', `{ "paper": { "plain": ${JSON.stringify(KEYS)} }, oops`)
  const store = folder.open()
  const holding = () =>
    readdirSync(folder.dataDir).filter((name) => folder.read(name).includes(KEYS.apiSecret))
  expect(holding()).toEqual([expect.stringMatching(/^credentials\.json\.broken-/)])
  store.saveCredentials('paper', KEYS, false)
  expect(store.forgetCredentials('paper')).toMatchObject({ ok: true })
  expect(holding()).toEqual([])
})

test('deleted keys are gone from the copies that upgrades keep too', () => {
  const store = folder.open()
  store.saveCredentials('paper', KEYS, false)
  takeOverData({ dataDir: folder.dataDir, version: '9.0.0', clock: systemClock, log: silentLog })
  const copy = join(folder.dataDir, 'before-9.0.0', 'credentials.json')
  expect(existsSync(copy)).toBe(true)
  store.forgetCredentials('paper')
  expect(existsSync(copy)).toBe(false)
})

test('keys that this keyring cannot decrypt are reported, and kept', () => {
  folder.open().saveCredentials('paper', KEYS, false)
  const store = folder.open({}, otherKeyring)
  expect(store.view().warnings[0]).toMatch(/couldn’t decrypt the saved paper keys/)
  expect(folder.open().alpacaEnvironment('paper')).toMatchObject({ ALPACA_API_KEY: KEYS.apiKey })
})

test('a damaged file of keys is backed up and reported', () => {
  folder.write('credentials.json', '{"paper":{"encrypted":7}}')
  expect(folder.open().view().warnings[0]).toMatch(/saved API keys couldn’t be read.*backed up/)
})
