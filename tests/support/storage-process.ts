import { fork as forkNode, type ChildProcess } from 'node:child_process'
import { STORAGE_NODE_FLAGS } from '../../src/main/storage-client/index.ts'
import type { Fork } from '#process/supervisor'

const ENTRY = new URL('../../src/storage/process.ts', import.meta.url).pathname

/** Forks the real storage process as a Node child, and exposes the processes so that tests can kill one. */
export function storageForks(): { readonly fork: Fork; readonly processes: ChildProcess[] } {
  const processes: ChildProcess[] = []
  const fork: Fork = () => {
    const child = forkNode(ENTRY, [], {
      execArgv: [...STORAGE_NODE_FLAGS],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
    })
    processes.push(child)
    return {
      send: (message) => void (child.connected && child.send(message as never)),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.once('exit', listener),
      kill: () => void child.kill('SIGKILL'),
    }
  }
  return { fork, processes }
}
