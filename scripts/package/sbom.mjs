import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { shippedWorks } from './licenses.mjs'

/** @typedef {import('./licenses.mjs').Work} Work */
/**
 * Versions of the Electron that is packed and of what is in it, named as in its `process.versions`.
 * @typedef {{ readonly electron: string, readonly chrome: string, readonly node: string, readonly v8: string }} ElectronVersions
 */
/** @typedef {ReturnType<typeof component>} Component */
/**
 * @typedef {Parameters<typeof shippedWorks>[0] & { versions: ElectronVersions, sourceDateEpoch?: string | undefined }} SbomOptions
 */

/**
 * What is in the package, as CycloneDX 1.6 JSON (`sbom.cdx.json`): the npm packages that are bundled or lie beside the
 * bundles, each with its hash from the lockfile; SQLite; Electron with its Chromium, Node.js and V8. The same input gives
 * the same text: a time is in it only if SOURCE_DATE_EPOCH (seconds) gives one.
 * Source: https://cyclonedx.org/docs/1.6/json/
 * @param {SbomOptions} options
 */
export function sbom({ versions, sourceDateEpoch, ...shipped }) {
  const { name, version, description, license } = readJson(shipped.root, 'package.json')
  const { packages: locked } = readJson(shipped.root, 'package-lock.json')
  const self = component({ name, version, license }, `pkg:npm/${name}@${version}`)
  const [electron, ...inElectron] = electronParts(versions)
  const works = shippedWorks(shipped).map((work) => describeWork(work, locked))
  const bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      ...(sourceDateEpoch && { timestamp: new Date(Number(sourceDateEpoch) * 1_000).toISOString() }),
      component: { ...self, type: 'application', description },
    },
    components: [electron, ...inElectron, ...works],
    dependencies: [
      { ref: self['bom-ref'], dependsOn: refsOf([electron, ...works]) },
      { ref: electron['bom-ref'], dependsOn: refsOf(inElectron) },
    ],
  }
  return `${JSON.stringify(bom, undefined, 2)}\n`
}

/** @param {readonly { 'bom-ref': string }[]} components */
const refsOf = (components) => components.map((one) => one['bom-ref'])

/**
 * Electron, and what it is made of.
 * @param {ElectronVersions} versions @returns {[Component, ...Component[]]}
 */
function electronParts({ electron, chrome, node, v8 }) {
  const v8Version = v8.replace(/-.*$/, '') // 15.2.1-electron.0: V8's own version, and a mark of Electron's
  return [
    component(
      { name: 'Electron', version: electron, license: 'MIT' },
      `pkg:npm/electron@${electron}`,
      cpe('electronjs:electron', electron),
    ),
    component(
      { name: 'Chromium', version: chrome, license: 'BSD-3-Clause' },
      `pkg:github/chromium/chromium@${chrome}`,
      cpe('google:chrome', chrome),
    ),
    nodeRuntime({ name: 'Node.js', version: node, license: 'MIT' }),
    component(
      { name: 'V8', version: v8Version, license: 'BSD-3-Clause' },
      `pkg:github/v8/v8@${v8Version}`,
      cpe('google:v8', v8Version),
    ),
  ]
}

/** @param {Work} work @param {Record<string, { version: string, integrity?: string }>} locked */
function describeWork(work, locked) {
  const { name, version } = work
  if (name === 'Node.js') return { ...nodeRuntime(work), 'bom-ref': 'node-beside-electron' }
  if (name === 'SQLite')
    return component(work, `pkg:github/sqlite/sqlite@version-${version}`, cpe('sqlite:sqlite', version))
  const [, { integrity = '' } = {}] =
    Object.entries(locked).find(
      ([path, entry]) => path.endsWith(`node_modules/${name}`) && entry.version === version,
    ) ?? []
  if (!integrity.startsWith('sha512-')) throw new Error(`${name} ${version} has no hash in the lockfile`)
  const content = Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex')
  return {
    ...component(work, `pkg:npm/${name.replace('@', '%40')}@${version}`),
    hashes: [{ alg: 'SHA-512', content }],
  }
}

/** @param {Omit<Work, 'text'>} work */
const nodeRuntime = (work) =>
  component(work, `pkg:github/nodejs/node@v${work.version}`, cpe('nodejs:node.js', work.version))

/**
 * One entry of the list.
 * @param {Omit<Work, 'text'>} work @param {string} purl where it comes from, as a package URL
 * @param {string} [cpe] its name in the database of vulnerabilities
 */
const component = ({ name, version, license }, purl, cpe) => ({
  type: 'library',
  'bom-ref': purl,
  name,
  version,
  ...(cpe && { cpe }),
  purl,
  licenses: [{ license: { id: license } }],
})

/** @param {string} product vendor and product, as NVD names them @param {string} version */
const cpe = (product, version) => `cpe:2.3:a:${product}:${version}:*:*:*:*:*:*:*`

/** @param {string} root @param {string} file */
const readJson = (root, file) => JSON.parse(readFileSync(join(root, file), 'utf8'))
