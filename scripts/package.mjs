/**
 * `npm run package`: makes a release for the system that it runs on. The app as .tar.gz and .deb on Linux, with an AppImage
 * beside them if asked for, as NSIS installer on Windows, as dmg on macOS; with them the papers of a release and its checksums.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { readOptions } from '../src/cli/arguments.ts'
import { EXIT, UsageError } from '../src/cli/usage-error.ts'
import { isNoticeAddress } from '../src/main/updates/address.ts'
import { findElectron } from './electron.mjs'
import { ensureBuilt, ROOT } from './lib/build.mjs'
import { output, say } from './lib/run.mjs'
import { signChecksums, writeChecksums } from './package/checksums.mjs'
import { makeDebianPackage } from './package/debian.mjs'
import { pack } from './package/pack.mjs'
import { writePapers } from './package/papers.mjs'
import { readReleaseKey } from './package/release-key.mjs'
import { layStaging, ownNode } from './package/stage.mjs'
import { electronHome, targetFor } from './package/target.mjs'

const USAGE = `npm run package -- [--out DIR] [--electron PATH] [--appimage] [--release-key FILE [--notice-url URL]]

  --out DIR            the folder for the release (default: release)
  --electron PATH      the Electron to pack, its program or its folder, instead of the one that package.json names
  --appimage           on Linux an AppImage too, whose tools are downloaded
  --release-key FILE   the Ed25519 key of releases in PEM: its private half signs the checksums, its public one goes into the app
  --notice-url URL     where the app asks for notices of newer versions, signed with that key
`

/** Packages this checkout. @param {readonly string[]} args @returns {Promise<number>} the exit code */
async function run(args) {
  const text = /** @type {const} */ ({ type: 'string' })
  const flag = /** @type {const} */ ({ type: 'boolean' })
  const options = readOptions(args, {
    out: text,
    electron: text,
    appimage: flag,
    'release-key': text,
    'notice-url': text,
    help: flag,
  })
  if (options.help) {
    console.log(USAGE)
    return EXIT.done
  }
  const electron = options.electron === undefined ? (await findElectron()).path : programIn(options.electron)
  const target = targetFor(resolve(electron))
  const out = resolve(options.out ?? 'release')
  const { appimage = false, 'release-key': keyFile, 'notice-url': noticeUrl } = options
  if (noticeUrl !== undefined && keyFile === undefined)
    throw new UsageError('--notice-url needs --release-key: a notice counts if that key signed it')
  if (noticeUrl !== undefined && !isNoticeAddress(noticeUrl))
    throw new UsageError(`--notice-url ${noticeUrl}: is not an https address`)
  if (keyFile !== undefined && !target.isRelease)
    throw new UsageError(
      `--release-key is for releases, and one with Electron ${target.versions.electron} is none`,
    )
  const files = await packageSignal(target, out, { appimage, keyFile, noticeUrl })
  for (const file of files) say(`${file}  ${(statSync(join(out, file)).size / 1e6).toFixed(1)} MB`)
  if (!target.isRelease)
    say(
      `This is a CI build, for tests alone: Electron ${target.versions.electron} is too old for the database, so it brings a Node of its own.`,
    )
  return EXIT.done
}

/** The Electron that --electron names, by its program or its folder. @param {string} path */
function programIn(path) {
  const name = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[
    String(process.platform)
  ]
  const program = statSync(path, { throwIfNoEntry: false })?.isDirectory()
    ? join(path, name ?? 'electron')
    : path
  if (!existsSync(program)) throw new UsageError(`--electron ${path}: there is no Electron`)
  return program
}

/** What electron-builder makes beside the app folder. @param {NodeJS.Platform} platform @param {boolean} appImage */
function installersFor(platform, appImage) {
  if (platform === 'darwin') return ['dmg']
  if (platform === 'win32') return ['nsis']
  return appImage ? ['AppImage'] : []
}

/**
 * Makes all of a release in a folder of its own first, so that `out` never holds half of one.
 * @param {import('./package/target.mjs').Target} target @param {string} out
 * @param {{ appimage: boolean, keyFile: string | undefined, noticeUrl: string | undefined }} options
 */
async function packageSignal(target, out, { appimage, keyFile, noticeUrl }) {
  mkdirSync(out, { recursive: true })
  const work = mkdtempSync(join(out, '.work-'))
  const release = join(work, 'release')
  mkdirSync(release)
  try {
    ensureBuilt()
    const staging = join(work, 'staging')
    layStaging(target, staging, releaseSource(keyFile, noticeUrl))
    const own = target.isRelease ? {} : { node: dirname(dirname(ownNode())) }
    writePapers(target, {
      built: join(ROOT, 'out'),
      electron: electronHome(target.electron, target.platform),
      release,
      ...own,
    })
    say(`Packing Signal ${target.manifest.version} with Electron ${target.versions.electron} ...`)
    const installers = installersFor(target.platform, appimage)
    const papers = ['LICENSE', 'THIRD-PARTY-LICENSES'].map((name) => join(release, name))
    const { app, files } = await pack(target, { staging, work, installers, papers })
    for (const file of files) renameSync(file, join(release, basename(file)))
    if (target.platform === 'linux') {
      makeArchive(app, target.fileName, release)
      await makeDebianPackage(target, app, release)
    }
    writeChecksums(release)
    if (keyFile !== undefined && readReleaseKey(keyFile).privateKey) signChecksums(release, keyFile)
    const made = readdirSync(release).sort()
    for (const name of made) renameSync(join(release, name), join(out, name))
    return made
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/**
 * What the app has to know to be told of newer versions. @param {string | undefined} keyFile
 * @param {string | undefined} noticeUrl @returns {import('./package/stage.mjs').ReleaseSource | undefined}
 */
function releaseSource(keyFile, noticeUrl) {
  if (keyFile === undefined || noticeUrl === undefined) return undefined
  const publicKey = readReleaseKey(keyFile).publicKey.export({ type: 'spki', format: 'der' })
  return { noticeUrl, publicKey: publicKey.toString('base64') }
}

/** @param {string} app @param {string} name @param {string} out */
function makeArchive(app, name, out) {
  const inside = `--transform=s,^\\.,${name},`
  const nobody = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner']
  output('tar', ['-czf', join(out, `${name}.tar.gz`), ...nobody, inside, '-C', app, '.'])
}

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (cause) {
  const reason = cause instanceof Error ? cause.message : String(cause)
  say(cause instanceof UsageError ? `${reason}\n\n${USAGE}` : reason)
  process.exitCode = cause instanceof UsageError ? EXIT.usage : EXIT.failed
}
