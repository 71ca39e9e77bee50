import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as z from 'zod'
import { NEEDED_NODE_API } from '../../src/process/node-api.ts'
import { ROOT } from '../lib/build.mjs'

const versions = z.object({
  electron: z.string(),
  chrome: z.string(),
  node: z.string(),
  v8: z.string(),
  napi: z.coerce.number(),
})
const manifest = z.object({
  name: z.string(),
  productName: z.string(),
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'is not x.y.z'),
  description: z.string(),
  license: z.string(),
  author: z.string(),
  main: z.string(),
  dependencies: z.record(z.string(), z.string()),
})

/**
 * What is packaged: this checkout, for the system and processor that it is packaged on.
 * @typedef {{
 *   readonly manifest: z.output<typeof manifest>, readonly versions: z.output<typeof versions>,
 *   readonly platform: NodeJS.Platform, readonly arch: NodeJS.Architecture, readonly isRelease: boolean,
 *   readonly productName: string, readonly fileName: string, readonly electron: string,
 * }} Target
 * `electron`: the binary. `isRelease`: false for an Electron that is too old for the database's native addon: the package
 * then brings a Node of its own for the storage process, is marked as a CI build, and is for tests alone.
 * `productName`: the name on the desktop. `fileName`: how all its files begin, with version, system and architecture.
 */

/** What is packaged with this Electron. Throws if it does not run. @param {string} electron @returns {Target} */
export function targetFor(electron) {
  const { platform, arch } = process
  const found = manifest.parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')))
  const ran = versionsOf(electron)
  const isRelease = ran.napi >= NEEDED_NODE_API
  const system =
    { linux: 'linux', darwin: 'mac', win32: 'windows' }[/** @type {string} */ (platform)] ?? platform
  return {
    manifest: found,
    versions: ran,
    platform,
    arch,
    isRelease,
    productName: isRelease ? found.productName : `${found.productName} (CI build)`,
    fileName: `${found.name}-${found.version}-${system}-${arch}${isRelease ? '' : '-ci'}`,
    electron,
  }
}

/**
 * The folder that Electron was unpacked into, with its licenses: on macOS its binary is deep inside Electron.app.
 * @param {string} electron the binary @param {NodeJS.Platform} platform
 */
export const electronHome = (electron, platform) =>
  platform === 'darwin' ? join(dirname(electron), '..', '..', '..') : dirname(electron)

/** @param {string} electron */
function versionsOf(electron) {
  const { status, stdout, stderr } = spawnSync(electron, ['-p', 'JSON.stringify(process.versions)'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    encoding: 'utf8',
    timeout: 30_000,
  })
  const told = versions.safeParse(status === 0 && stdout !== '' ? JSON.parse(stdout) : undefined)
  if (!told.success)
    throw new Error(
      `${electron} does not report its version as an Electron with its stock fuses does: ${stderr}`,
    )
  return told.data
}
