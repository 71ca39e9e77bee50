import { execFileSync } from 'node:child_process'
import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { ROOT } from '../../scripts/lib/build.mjs'
import { describeFuses, readFuses } from '../../scripts/package/fuses.mjs'
import { ICON_SIZES } from '../../scripts/package/icon-sizes.mjs'
import { filesIn } from '../support/installed/asar.ts'
import { APP_FOLDER, asRoot, desktopEntry, type Debian } from '../support/installed/debian.ts'
import { expect, test } from '../support/installed/test.ts'

/** All files that the package brought, as paths outside. */
const installedFiles = (debian: Debian): readonly string[] =>
  asRoot(debian, 'dpkg', '-L', 'signal-trading')
    .trim()
    .split('\n')
    .map((path) => join(debian.folder, path))
    .filter((path) => lstatSync(path, { throwIfNoEntry: false })?.isFile())

/** The Node that only the CI flavor brings. */
const ownNode = (debian: Debian) => join(debian.folder, APP_FOLDER, 'resources', 'node')

/** What the archive may hold: the built app, what it is, and the database's addon for this system. */
const RUNS = [
  /^package\.json$/,
  /^out\/main\/[\w-]+\.cjs$/,
  /^out\/preload\/index\.cjs$/,
  /^out\/renderer\/(index\.html|assets\/[\w.-]+\.(js|css|woff2))$/,
  /^node_modules\/better-sqlite3\/(package\.json|LICENSE|lib\/[\w/-]+\.js|prebuilds\/linux-x64\.node)$/,
]

test('the package holds what runs and nothing else: no maps, no tests, no other system’s addon', ({
  installed: { debian },
}) => {
  const files = filesIn(readFileSync(join(debian.folder, APP_FOLDER, 'resources', 'app.asar')))
  expect(files.filter((file) => !RUNS.some((pattern) => pattern.test(file)))).toEqual([])
  for (const pattern of RUNS) expect(files.filter((file) => pattern.test(file))).not.toEqual([])
  const unpacked = readdirSync(join(debian.folder, APP_FOLDER, 'resources', 'app.asar.unpacked'), {
    recursive: true,
    withFileTypes: true,
  })
  const beside = unpacked
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).split('app.asar.unpacked/')[1])
  expect(beside.filter((file) => file === undefined || !files.includes(file))).toEqual([])
})

test('nothing in the package says where it was made', ({ installed: { debian } }) => {
  const places = [resolve(ROOT), join(homedir(), '.cache'), join(homedir(), '.npm')]
  const telling = installedFiles(debian).filter((file) => {
    const content = readFileSync(file)
    return places.some((place) => content.includes(place))
  })
  expect(telling).toEqual([])
})

const MB = 1_000_000

test('it takes at most 260 MB installed, and 110 MB to download', ({
  installed: { debian, packageFile },
}) => {
  const node = readFileSync(ownNode(debian))
  const installed = installedFiles(debian).reduce((sum, file) => sum + statSync(file).size, 0) - node.length
  expect(installed / MB).toBeLessThan(260)
  expect((statSync(packageFile).size - zstdCompressSync(node).length) / MB).toBeLessThan(110)
})

test('its fuses are set as Signal wants them', async ({ installed: { debian } }) => {
  const fuses = await readFuses(join(debian.folder, APP_FOLDER, 'signal-trading'))
  expect(fuses.length).toBeGreaterThan(6)
  expect(describeFuses(fuses)).toEqual([])
})

test('the desktop’s menu shows it: a valid entry, its category, and an icon of each size', ({
  installed: { debian },
}) => {
  const entry = join(debian.folder, 'usr/share/applications/signal-trading.desktop')
  expect(execFileSync('desktop-file-validate', [entry], { encoding: 'utf8' })).toBe('')
  const { Categories, Icon, Exec } = desktopEntry(debian)
  expect(Categories?.split(';')).toContain('Finance')
  expect(existsSync(join(debian.folder, 'usr/bin', String(Exec?.split(' ')[0])))).toBe(true)
  const icons = join(debian.folder, 'usr/share/icons/hicolor')
  const sizes = ICON_SIZES.map((size) => [size, join(icons, `${size}x${size}/apps/${Icon}.png`)] as const)
  for (const [size, file] of sizes) expect([file, widthOf(file)]).toEqual([file, size])
  expect(existsSync(join(icons, `scalable/apps/${Icon}.svg`))).toBe(true)
})

/** The width of a PNG, pixels. Source: PNG specification, IHDR. */
const widthOf = (file: string) => (existsSync(file) ? readFileSync(file).readUInt32BE(16) : undefined)
