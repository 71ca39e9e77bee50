/**
 * `npm run package`: makes what a trader downloads, for the system that it runs on: the app as .tar.gz and .deb on Linux
 * with an AppImage beside them where its tools can be fetched, as NSIS installer on Windows, as dmg on macOS.
 */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { readOptions } from '../src/cli/arguments.ts'
import { EXIT, UsageError } from '../src/cli/usage-error.ts'
import { findElectron } from './electron.mjs'
import { ensureBuilt } from './lib/build.mjs'
import { output, say } from './lib/run.mjs'
import { makeDebianPackage } from './package/debian.mjs'
import { pack } from './package/pack.mjs'
import { layStaging } from './package/stage.mjs'
import { targetFor } from './package/target.mjs'

const USAGE = `npm run package -- [--out DIR] [--electron PATH] [--appimage]

  --out DIR         the folder for the packages (default: release)
  --electron PATH   the Electron to pack, instead of the one that package.json names
  --appimage        on Linux an AppImage too, whose tools are downloaded
`

/** Packages this checkout. @param {readonly string[]} args @returns {Promise<number>} the exit code */
async function run(args) {
  const text = /** @type {const} */ ({ type: 'string' })
  const flag = /** @type {const} */ ({ type: 'boolean' })
  const options = readOptions(args, { out: text, electron: text, appimage: flag, help: flag })
  if (options.help) {
    console.log(USAGE)
    return EXIT.done
  }
  const electron = options.electron ?? (await findElectron()).path
  const target = targetFor(resolve(electron))
  const out = resolve(options.out ?? 'release')
  const files = await packageSignal(target, out, options.appimage ?? false)
  for (const file of files) say(`${file}  ${(statSync(join(out, file)).size / 1e6).toFixed(1)} MB`)
  if (!target.isRelease)
    say(
      `This is a CI build, for tests alone: Electron ${target.versions.electron} is too old for the database, so it brings a Node of its own.`,
    )
  return EXIT.done
}

/** What electron-builder makes beside the app folder. @param {NodeJS.Platform} platform @param {boolean} appImage */
function installersFor(platform, appImage) {
  if (platform === 'darwin') return ['dmg']
  if (platform === 'win32') return ['nsis']
  return appImage ? ['AppImage'] : []
}

/**
 * Makes all packages in a folder of their own first, so that `out` never holds half of one.
 * @param {import('./package/target.mjs').Target} target @param {string} out @param {boolean} appImage
 */
async function packageSignal(target, out, appImage) {
  mkdirSync(out, { recursive: true })
  const work = mkdtempSync(join(out, '.work-'))
  const release = join(work, 'release')
  mkdirSync(release)
  try {
    ensureBuilt()
    const staging = join(work, 'staging')
    layStaging(target, staging, undefined)
    say(`Packing Signal ${target.manifest.version} with Electron ${target.versions.electron} ...`)
    const installers = installersFor(target.platform, appImage)
    const { app, files } = await pack(target, { staging, work, installers })
    for (const file of files) renameSync(file, join(release, basename(file)))
    if (target.platform === 'linux') {
      makeArchive(app, target.fileName, release)
      await makeDebianPackage(target, app, release)
    }
    const made = readdirSync(release).sort()
    for (const name of made) renameSync(join(release, name), join(out, name))
    return made
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
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
  say(cause instanceof UsageError ? `${cause.message}\n\n${USAGE}` : String(cause))
  process.exitCode = cause instanceof UsageError ? EXIT.usage : EXIT.failed
}
