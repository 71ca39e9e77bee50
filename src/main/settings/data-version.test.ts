import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock as clock } from '#process/clock'
import { silentLog as log } from '#process/log'
import { KEYS, settingsFolder } from '../../../tests/support/settings-folder.ts'
import { lastVersion, takeOverData, whyDataTooNew } from './data-version.ts'

const folder = settingsFolder()

const startWith = (version: string) => takeOverData({ dataDir: folder.dataDir, version, clock, log })
const refusal = (version: string) => whyDataTooNew(folder.dataDir, version)
const names = () => readdirSync(folder.dataDir).toSorted()

test('a folder keeps the version that last used it, for its user alone', () => {
  expect(lastVersion(folder.dataDir)).toBeUndefined()
  expect(startWith('0.2.0')).toEqual([])
  expect(lastVersion(folder.dataDir)).toBe('0.2.0')
  expect(statSync(join(folder.dataDir, 'version.json')).mode & 0o077).toBe(0)
  startWith('0.10.0')
  expect(lastVersion(folder.dataDir)).toBe('0.10.0')
})

test('data of a newer version are refused with what to do, and are not touched', () => {
  startWith('0.10.0')
  const before = folder.read('version.json')
  expect(refusal('0.9.9')).toBe(
    `The data in ${folder.dataDir} were last used by Signal 0.10.0, and this is Signal 0.9.9, which could misread them. ` +
      'Install Signal 0.10.0 or newer, or set SIGNAL_DATA_DIR to another folder.',
  )
  expect(names()).toEqual(['version.json'])
  expect(folder.read('version.json')).toBe(before)
})

test('data of this version, of an older one and of none known are used', () => {
  expect(refusal('0.2.0')).toBeUndefined()
  startWith('0.2.0')
  expect(refusal('0.2.0')).toBeUndefined()
  expect(refusal('0.2.1')).toBeUndefined()
})

test('a damaged note of the version is backed up and said, and Signal starts', () => {
  folder.write('version.json', '{ "version": "0.9')
  expect(refusal('0.2.0')).toBeUndefined()
  const [warning, ...more] = startWith('0.2.0')
  expect(warning).toMatch(
    /^The version that last used the data couldn't be read \(it is not JSON\)\. Backed up as .*version\.json\.broken-/,
  )
  expect(more).toEqual([])
  expect(lastVersion(folder.dataDir)).toBe('0.2.0')
})

test('a version that is none is damaged, never older or newer', () => {
  folder.write('version.json', '{ "version": "newest" }')
  expect(refusal('0.2.0')).toBeUndefined()
  expect(startWith('0.2.0')[0]).toContain('version is not a version such as 1.2.3')
})

test('before a newer version first writes, the small files are copied as they are', () => {
  folder.open().saveCredentials('paper', KEYS, false)
  folder.write('settings.json', '{ "symbols": ["KO"] }')
  folder.write('safety.live.json', '{}')
  folder.write('signal.sqlite', 'bars')
  folder.write('somebody-elses.json', ' '.repeat(2_000_000))
  chmodSync(join(folder.dataDir, 'settings.json'), 0o644)
  const credentials = folder.read('credentials.json')
  startWith('0.2.0')
  const copy = join(folder.dataDir, 'before-0.2.0')
  expect(readdirSync(copy).toSorted()).toEqual(['credentials.json', 'safety.live.json', 'settings.json'])
  expect(readFileSync(join(copy, 'settings.json'), 'utf8')).toBe('{ "symbols": ["KO"] }')
  expect(readFileSync(join(copy, 'credentials.json'), 'utf8')).toBe(credentials)
  expect(credentials).not.toContain(KEYS.apiSecret)
  for (const name of ['', ...readdirSync(copy)]) expect(statSync(join(copy, name)).mode & 0o077).toBe(0)
})

test('the copy is made once: a later start of the same version leaves it', () => {
  folder.write('settings.json', 'of the older version')
  startWith('0.2.0')
  folder.write('settings.json', 'of this version')
  startWith('0.2.0')
  expect(folder.read('before-0.2.0/settings.json')).toBe('of the older version')
})

test('a copy that a crash cut short is made anew', () => {
  folder.write('settings.json', 'whole')
  mkdirSync(join(folder.dataDir, 'before-0.2.0.new'))
  writeFileSync(join(folder.dataDir, 'before-0.2.0.new', 'settings.json'), 'wh')
  startWith('0.2.0')
  expect(folder.read('before-0.2.0/settings.json')).toBe('whole')
  expect(existsSync(join(folder.dataDir, 'before-0.2.0.new'))).toBe(false)
})

test('the copies of the last two versions are kept', () => {
  folder.write('settings.json', '{}')
  for (const version of ['0.9.0', '0.10.0', '0.11.0']) startWith(version)
  expect(names()).toEqual(['before-0.10.0', 'before-0.11.0', 'settings.json', 'version.json'])
})

test('a new folder has nothing to copy', () => {
  startWith('0.2.0')
  expect(names()).toEqual(['version.json'])
})

test('a copy that cannot be made is said, leaves no half of one, and the version is noted anyway', () => {
  startWith('0.2.0')
  folder.write(`${'a'.repeat(250)}.json`, 'its draft would have a name longer than file systems take')
  expect(startWith('0.3.0')).toEqual([
    expect.stringMatching(
      /^The settings of Signal 0\.2\.0 couldn't be copied to .*before-0\.3\.0 \(ENAMETOOLONG/,
    ),
  ])
  expect(lastVersion(folder.dataDir)).toBe('0.3.0')
  expect(names().filter((name) => name.startsWith('before-0.3'))).toEqual([])
})
