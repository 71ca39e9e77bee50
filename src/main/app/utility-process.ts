import { utilityProcess } from 'electron'
import type { Fork } from '#process/supervisor'

interface UtilityOptions {
  readonly entry: string
  readonly serviceName: string
  readonly env: Readonly<Record<string, string>>
  readonly v8Flags?: readonly string[]
}

/**
 * Runs a built entry as an Electron utility process, which ends when main does. Flags of V8 reach it as the
 * switch `--js-flags` alone: Electron 25 does nothing with them as plain arguments, although the process sees
 * them in its `execArgv`.
 */
export const forkUtility =
  ({ entry, serviceName, env, v8Flags = [] }: UtilityOptions): Fork =>
  () => {
    const child = utilityProcess.fork(entry, [], {
      serviceName,
      stdio: 'inherit',
      env: { ...env },
      execArgv: v8Flags.length === 0 ? [] : [`--js-flags=${v8Flags.join(' ')}`],
    })
    return {
      send: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.once('exit', listener),
      kill: () => void child.kill(),
    }
  }
