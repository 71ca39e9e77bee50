import { chmodSync, copyFileSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../lib/build.mjs'
import { output } from '../lib/run.mjs'
import { bundledPackages, thirdPartyLicenses } from './licenses.mjs'
import { sbom } from './sbom.mjs'
import { filesBelow } from './stage.mjs'

/** Electron's license has one of two names: as it is downloaded, and as electron-builder packs it. */
const ELECTRON_LICENSES = ['LICENSE.electron.txt', 'LICENSE']

/**
 * Lays into a release what comes with its packages: our license and changelog, the licenses of others, those of Electron
 * and Chromium, the list of what is inside, and the source maps as one archive.
 * @param {Pick<import('./target.mjs').Target, 'versions' | 'fileName'>} target
 * @param {{ built: string, electron: string, node?: string, release: string }} folders the built app (`out`), Electron as
 * it was unpacked, the package of the Node that is packed beside it, and where the papers are laid
 */
export function writePapers({ versions, fileName }, { built, electron, node, release }) {
  const shipped = { root: ROOT, bundled: bundledPackages(built), ...(node !== undefined && { node }) }
  const sourceDateEpoch = process.env['SOURCE_DATE_EPOCH']
  writeFileSync(join(release, 'THIRD-PARTY-LICENSES'), thirdPartyLicenses(shipped))
  writeFileSync(join(release, 'sbom.cdx.json'), sbom({ ...shipped, versions, sourceDateEpoch }))
  for (const name of ['LICENSE', 'CHANGELOG.md']) lay(join(ROOT, name), join(release, name))
  const license = ELECTRON_LICENSES.map((name) => join(electron, name)).find((file) => existsSync(file))
  if (license === undefined) throw new Error(`There is no license of Electron in ${electron}`)
  lay(license, join(release, 'LICENSE.electron.txt'))
  lay(join(electron, 'LICENSES.chromium.html'), join(release, 'LICENSES.chromium.html'))
  const maps = filesBelow(built).filter((name) => name.endsWith('.map'))
  const nobody = process.platform === 'linux' ? ['--owner=0', '--group=0', '--numeric-owner'] : []
  output('tar', ['-czf', join(release, `${fileName}-source-maps.tar.gz`), ...nobody, '-C', built, ...maps])
}

/** Copies a file, to be read by everybody. @param {string} from @param {string} to */
function lay(from, to) {
  copyFileSync(from, to)
  chmodSync(to, 0o644)
}
