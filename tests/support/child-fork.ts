import { fork, type ChildProcess } from 'node:child_process'
import type { Child, Fork } from '#process/supervisor'
import { withCompileCache } from './compile-cache.ts'

/** Starts a plain Node process in place of Electron's utility process; tests may kill what was started. */
export function nodeFork(entry: URL): { fork: Fork; started: ChildProcess[] } {
  const started: ChildProcess[] = []
  return {
    started,
    fork: (): Child => {
      const child = fork(entry, {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        serialization: 'advanced',
        env: withCompileCache(),
      })
      started.push(child)
      return {
        send: (message) => void (child.connected && child.send(message as object, () => {})),
        onMessage: (listener) => void child.on('message', listener),
        onExit: (listener) => void child.once('exit', listener),
        kill: () => void child.kill(),
      }
    },
  }
}
