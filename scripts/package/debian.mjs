import { join } from 'node:path'
import { Installer } from 'electron-installer-debian'
import { ROOT } from '../lib/build.mjs'
import { ICON_SIZES } from './icon-sizes.mjs'

/** Debian's names for processors. */
const ARCHITECTURES = new Map([
  ['x64', 'amd64'],
  ['arm64', 'arm64'],
])

/**
 * What Electron loads when it starts, and what it looks for later: desktop notifications, the keyring, the browser. A name
 * that Debian 13 and Ubuntu 24.04 changed without providing the old one has both.
 */
const DEPENDS = [
  'libc6 (>= 2.28)',
  'libasound2 | libasound2t64',
  'libatk-bridge2.0-0',
  'libatspi2.0-0',
  'libcups2',
  'libdrm2',
  'libgbm1',
  'libgtk-3-0',
  'libnotify4',
  'libnss3',
  'libsecret-1-0',
  'libx11-xcb1',
  'xdg-utils',
]

/** Without it windows are drawn by the processor. */
const RECOMMENDS = ['libgl1']

/** electron-installer-debian with our dependencies: its own bring a desktop's trash can, which Signal never uses. */
class SignalInstaller extends Installer {
  /** @override */
  async generateDefaults() {
    this.defaults = {
      ...(await super.generateDefaults()),
      depends: DEPENDS,
      recommends: RECOMMENDS,
      suggests: ['gnome-keyring'],
    }
    return this.defaults
  }
}

/**
 * Makes the .deb of an app folder. Compressed with zstd, which dpkg reads since Debian 12 and Ubuntu 18.04.
 * @param {import('./target.mjs').Target} target @param {string} app @param {string} out @returns {Promise<string>} its file
 */
export async function makeDebianPackage(target, app, out) {
  const { manifest, arch, isRelease, productName, fileName } = target
  const installer = new SignalInstaller({
    src: app,
    dest: out,
    name: manifest.name,
    productName,
    genericName: 'Stock Trading',
    version: isRelease ? manifest.version : `${manifest.version}+ci`,
    arch: ARCHITECTURES.get(arch) ?? arch,
    bin: manifest.name,
    description: manifest.description,
    productDescription:
      'Streams quotes into a grid that does not stutter, keeps years of one-minute bars, and sends orders that are never sent twice. Works with an Alpaca account, or without one by its demo market.',
    maintainer: manifest.author,
    section: 'misc',
    categories: ['Office', 'Finance'],
    desktopTemplate: join(ROOT, 'resources', 'desktop.ejs'),
    icon: Object.fromEntries([
      ...ICON_SIZES.map((size) => [
        `${size}x${size}`,
        join(ROOT, 'resources', 'icons', `${size}x${size}.png`),
      ]),
      ['scalable', join(ROOT, 'resources', 'icon.svg')],
    ]),
    compression: 'zstd',
    rename: (folder) => join(folder, `${fileName}.deb`),
    logger: () => undefined,
  })
  await installer.generateDefaults()
  installer.generateOptions()
  await installer.createStagingDir()
  await installer.createContents()
  await installer.createPackage()
  await installer.movePackage()
  return join(out, `${fileName}.deb`)
}
