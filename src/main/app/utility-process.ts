import { utilityProcess } from 'electron'
import type { Fork } from '#process/supervisor'

/** Runs a built entry as an Electron utility process, which ends when main does. */
export const forkUtility =
  (entry: string, serviceName: string, execArgv: readonly string[] = []): Fork =>
  () => {
    const child = utilityProcess.fork(entry, [], { serviceName, stdio: 'inherit', execArgv: [...execArgv] })
    return {
      send: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.once('exit', listener),
      kill: () => void child.kill(),
    }
  }
