/** Electron's fuses: what its binary allows, set once when Signal is packaged. */
import { flipFuses, FuseState, FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses'

/**
 * What a packaged Signal allows. Source: Electron, "Electron Fuses". WasmTrapHandlers only makes WebAssembly faster, which
 * Signal does not use; it stays as Electron ships it.
 * @type {Readonly<Record<string, boolean>>}
 */
export const FUSES = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  WasmTrapHandlers: true,
}

/** @typedef {{ readonly index: number, readonly name: string, readonly on: boolean }} Fuse `index`: its place on the wire */

/**
 * The fuses of an Electron, as they are. Those that came with a later Electron are not among them.
 * @param {string} binary @returns {Promise<readonly Fuse[]>}
 */
export async function readFuses(binary) {
  const { version: _version, ...wire } = await getCurrentFuseWire(binary)
  return Object.entries(wire).flatMap(([place, state]) => {
    const index = Number(place)
    if (state === FuseState.INHERIT || state === FuseState.REMOVED) return []
    return [{ index, name: FuseV1Options[index] ?? `number ${index}`, on: state === FuseState.ENABLE }]
  })
}

/**
 * Sets all fuses that this Electron has, and reads them back. Throws if one is not as it should be, or is one that this
 * table does not know.
 * @param {string} binary
 */
export async function setFuses(binary) {
  const wanted = (await readFuses(binary)).flatMap(({ index, name }) => {
    const on = FUSES[name]
    return on === undefined ? [] : [[index, on]]
  })
  await flipFuses(binary, {
    version: FuseVersion.V1,
    // A changed program has to be signed anew, or an Apple processor does not run it.
    resetAdHocDarwinSignature: process.platform === 'darwin',
    ...Object.fromEntries(wanted),
  })
  const problems = describeFuses(await readFuses(binary))
  if (problems.length > 0)
    throw new Error(`Electron's fuses are not as they should be: ${problems.join('; ')}`)
}

/** What is wrong with the fuses of a packaged Electron. @param {readonly Fuse[]} fuses @returns {readonly string[]} */
export const describeFuses = (fuses) => [
  ...(fuses.length === 0 ? ['none were found'] : []),
  ...fuses.flatMap(({ name, on }) => {
    const wanted = FUSES[name]
    if (wanted === undefined)
      return [`${name} is not known to Signal: decide about it in scripts/package/fuses.mjs`]
    return on === wanted ? [] : [`${name} is ${on ? 'on' : 'off'}`]
  }),
]
