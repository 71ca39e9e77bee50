import { utilityProcess } from 'electron'
import type { Fork } from '#process/supervisor'

/**
 * Runs a built entry as an Electron utility process, which ends when main does. Flags of V8 reach it as the
 * switch `--js-flags` alone: Electron 25 does nothing with them as plain arguments, although the process sees
 * them in its `execArgv`.
 */
export const forkUtility =
  (entry: string, serviceName: string, v8Flags: readonly string[] = []): Fork =>
  () => {
    const execArgv = v8Flags.length === 0 ? [] : [`--js-flags=${v8Flags.join(' ')}`]
    const child = utilityProcess.fork(entry, [], { serviceName, stdio: 'inherit', execArgv })
    return {
      send: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.once('exit', listener),
      kill: () => void child.kill(),
    }
  }
