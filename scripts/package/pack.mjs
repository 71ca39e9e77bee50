import { chmodSync, cpSync, lstatSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { build, Platform } from 'electron-builder'
import { ROOT } from '../lib/build.mjs'
import { azureSigning } from './azure-signing.mjs'
import { setFuses } from './fuses.mjs'
import { ownNode } from './stage.mjs'
import { electronHome } from './target.mjs'

/**
 * Packs the staging folder with Electron into an app folder, and into the installers of this system that electron-builder
 * makes: the AppImage, NSIS installer and dmg, whose tools it fetches itself.
 * @param {import('./target.mjs').Target} target
 * @param {{ staging: string, work: string, installers: readonly string[], papers: readonly string[] }} options `papers`: files that lie
 * beside the program
 * @returns {Promise<{ app: string, files: readonly string[] }>} the app folder, and the installers
 */
export async function pack(target, { staging, work, installers, papers }) {
  const { manifest, versions, fileName, isRelease, productName } = target
  const dist = electronFolder(target, join(work, 'electron'))
  const output = join(work, 'packed')
  const made = await build({
    targets: Platform.current().createTarget(['dir', ...installers]),
    publish: 'never',
    config: {
      appId: manifest.name,
      productName,
      artifactName: `${fileName}.\${ext}`,
      copyright: `Copyright (c) 2026 ${manifest.author}`,
      directories: { app: staging, output, buildResources: join(ROOT, 'resources') },
      electronDist: dist,
      electronVersion: versions.electron,
      electronLanguages: ['en-US'],
      npmRebuild: false,
      asar: true,
      // A native addon is a file of the system; the CI flavor's own Node reads no archive at all.
      asarUnpack: ['**/*.node', ...(isRelease ? [] : ['out/main', 'node_modules'])],
      extraResources: isRelease ? [] : [{ from: ownNode(), to: 'node' }],
      extraFiles: papers.map((from) => ({ from, to: basename(from) })),
      afterPack: async ({ appOutDir }) => setFuses(binaryIn(appOutDir, target)),
      linux: { executableName: manifest.name, category: 'Office', icon: join(ROOT, 'resources', 'icons') },
      mac: {
        category: 'public.app-category.finance',
        icon: join(ROOT, 'resources', 'icons', '1024x1024.png'),
        hardenedRuntime: true,
      },
      win: { icon: join(ROOT, 'resources', 'icons', '256x256.png'), ...azureSigning(process.env) },
      nsis: { oneClick: false, perMachine: false, deleteAppDataOnUninstall: false },
    },
  })
  const [app] = readdirSync(output).filter((name) => name.endsWith('unpacked') || name.startsWith('mac'))
  if (app === undefined) throw new Error(`electron-builder left no app folder in ${output}`)
  readableByAll(join(output, app))
  return { app: join(output, app), files: made.filter((file) => !file.endsWith('.blockmap')) }
}

/** The program in an app folder. @param {string} app @param {import('./target.mjs').Target} target */
function binaryIn(app, { productName, manifest }) {
  if (process.platform === 'darwin') return join(app, `${productName}.app`, 'Contents', 'MacOS', productName)
  return join(app, process.platform === 'win32' ? `${productName}.exe` : manifest.name)
}

/**
 * Electron as electron-builder takes it: its folder, without an app in it, and with its version.
 * @param {import('./target.mjs').Target} target @param {string} copy where it may be laid
 */
function electronFolder({ electron, versions }, copy) {
  const folder = electronHome(electron, process.platform)
  const resources = join(folder, 'resources')
  cpSync(folder, copy, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => dirname(path) !== resources,
  })
  if (process.platform === 'linux') mkdirSync(join(copy, 'resources'), { recursive: true })
  writeFileSync(join(copy, 'version'), versions.electron)
  return copy
}

/** Gives every user of a computer what the packer alone may have been able to read. @param {string} path */
function readableByAll(path) {
  const stat = lstatSync(path)
  if (stat.isSymbolicLink()) return
  if (!stat.isDirectory()) return chmodSync(path, (stat.mode & 0o100) !== 0 ? 0o755 : 0o644)
  chmodSync(path, 0o755)
  for (const name of readdirSync(path)) readableByAll(join(path, name))
}
