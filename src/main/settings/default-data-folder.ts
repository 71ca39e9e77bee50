import { existsSync, readdirSync, readlinkSync, renameSync, rmdirSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { APP_ID } from '#shared/app-id'
import type { Environment } from './environment.ts'
import { messageOf } from './json-file.ts'

/** The folder's name until Signal had a name of its own for the system. Signal Messenger's has the same. */
const FORMER_NAME = 'Signal'

/** What only a Signal of ours writes; it has always begun with its log. */
const OURS = [join('logs', 'signal.log'), 'signal.sqlite', 'signal.demo.sqlite']

/** What Signal Messenger keeps in its folder. Source: Signal-Desktop, app/config.ts, app/attachments.ts, ts/sql. */
const MESSENGERS = ['sql', 'config.json', 'ephemeral.json', 'attachments.noindex']

/** A folder for the data of this Signal. */
export interface DataFolder {
  readonly dataDir: string
  /** For the trader, at this start alone: what became of an earlier Signal's data. */
  readonly notices: readonly string[]
}

/** Where apps of this system keep their data, as Electron says it. Source: Electron API, app.getPath, `appData`. */
export function appDataFolder(environment: Environment, platform: NodeJS.Platform, home: string): string {
  if (platform === 'win32') return environment['APPDATA'] ?? join(home, 'AppData', 'Roaming')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support')
  return environment['XDG_CONFIG_HOME'] || join(home, '.config')
}

/**
 * The data folder if SIGNAL_DATA_DIR names none. At the first start it takes over the folder of an earlier Signal,
 * in one step, if that was its alone and nobody uses it. Never fails: what stays where it is, is said.
 */
export function defaultDataFolder(appData: string): DataFolder {
  const dataDir = join(appData, APP_ID)
  const former = join(appData, FORMER_NAME)
  if (!isEmpty(dataDir) || !holds(former, OURS)) return { dataDir, notices: [] }
  const data = `An earlier Signal's data are in ${former}`
  if (holds(former, MESSENGERS)) {
    const notice = `${data}, which Signal Messenger uses too, so Signal started with a folder of its own, ${dataDir}. To use them, start it with SIGNAL_DATA_DIR=${former} while Signal Messenger is closed.`
    return { dataDir, notices: [notice] }
  }
  const reason = isInUse(former) ? 'it is still running' : whyNotRenamed(former, dataDir)
  if (reason === undefined)
    return { dataDir, notices: [`Signal's data folder was renamed: ${former} is now ${dataDir}.`] }
  const notice = `${data}, but ${reason}. To take them over, quit both, move ${dataDir} away, and restart.`
  return { dataDir, notices: [notice] }
}

const holds = (folder: string, names: readonly string[]) =>
  names.some((name) => existsSync(join(folder, name)))

/** Whether nothing is in it, or it does not exist. */
function isEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0
  } catch {
    return !existsSync(folder)
  }
}

/**
 * Whether a running program has locked the folder. Its lock is a link to `host-pid`, which a crash leaves behind. On
 * Windows the folder of a running program cannot be renamed. Source: Chromium, process_singleton_posix.cc.
 */
function isInUse(folder: string): boolean {
  const [, host, pid] = /^(.*)-(\d+)$/.exec(linkIn(folder, 'SingletonLock') ?? '') ?? []
  return host !== undefined && (host !== hostname() || isRunning(Number(pid)))
}

function linkIn(folder: string, name: string): string | undefined {
  try {
    return readlinkSync(join(folder, name))
  } catch {
    return undefined
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM' // another user's
  }
}

function whyNotRenamed(from: string, to: string): string | undefined {
  try {
    if (existsSync(to)) rmdirSync(to) // which is empty, and in the way on Windows
    renameSync(from, to)
    return undefined
  } catch (cause) {
    return `it could not be renamed (${messageOf(cause)})`
  }
}
