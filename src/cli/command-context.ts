import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import * as z from 'zod'
import { DEFAULT_SYMBOLS, type Mode } from '#shared/settings'
import { unreachable } from '#shared/result'
import type { StockSymbol } from '#shared/units'
import { versionText } from '#shared/version'
import { someSymbols } from '#shared/watchlists'
import { AlpacaConfigError, hasCredentials } from '#alpaca'
import type { Log } from '#process/log'
import {
  appDataFolder,
  defaultDataFolder,
  foreignHostsIn,
  readEnvironment,
  readJsonFile,
  removeTlsOverride,
  savedDatabase,
  whyDataTooNew,
  type Environment,
} from '../main/settings/index.ts'
import { keepFilesPrivate } from '#process/private-files'
import {
  DatabaseAddressError,
  DatabaseError,
  openDatabase,
  storageLocation,
  type Database,
} from '#storage/direct'
import { DataTooNewError, EXIT, UsageError, type ExitCode } from './usage-error.ts'

/** What every command has available when it starts. */
export interface CommandContext {
  readonly environment: Environment
  readonly mode: Mode
  /** Hosts other than Alpaca's own from which bars would come. */
  readonly foreignHosts: readonly string[]
  readonly dataDir: string
  /** SIGNAL_SYMBOLS, otherwise the app's watchlist, otherwise the plan's. */
  readonly symbols: readonly StockSymbol[]
  readonly log: Log
}

/**
 * Reads the environment as the app does, after removing what would lower TLS; rejected values are reported on stderr. What
 * the command writes is its user's alone. Throws {@link DataTooNewError} as the app refuses to start.
 */
export function commandContext(environment: NodeJS.ProcessEnv): CommandContext {
  keepFilesPrivate()
  const removed = removeTlsOverride(environment)
  const { settings, warnings, logLevel, dataDir: chosenFolder } = readEnvironment(environment)
  const { dataDir, notices } =
    chosenFolder === undefined
      ? defaultDataFolder(appDataFolder(environment, process.platform, homedir()))
      : { dataDir: chosenFolder, notices: [] }
  for (const line of [...removed, ...warnings, ...notices]) console.error(line)
  const tooNew = whyDataTooNew(dataDir, thisVersion())
  if (tooNew !== undefined) throw new DataTooNewError(tooNew)
  const mode = settings.mode ?? (hasCredentials(environment) ? 'paper' : 'demo')
  return {
    environment,
    mode,
    foreignHosts: mode === 'demo' ? [] : foreignHostsIn(environment),
    dataDir,
    symbols: settings.symbols ?? savedSymbols(dataDir),
    log: pino({ level: logLevel === 'info' ? 'error' : logLevel }, pino.destination({ fd: 2, sync: true })),
  }
}

/** The version of the checkout, as package.json has it. */
function thisVersion(): string {
  const manifest = readJsonFile(fileURLToPath(new URL('../../package.json', import.meta.url)))
  return z.object({ version: versionText }).parse(manifest.kind === 'json' ? manifest.value : undefined)
    .version
}

function savedSymbols(dataDir: string): readonly StockSymbol[] {
  const file = readJsonFile(join(dataDir, 'settings.json'))
  const saved = z.object({ symbols: someSymbols }).safeParse(file.kind === 'json' ? file.value : undefined)
  return saved.data?.symbols ?? DEFAULT_SYMBOLS
}

/** Opens the mode's database. */
export function openStorage({ environment, mode, dataDir }: CommandContext): Promise<Database> {
  const chosen = readEnvironment(environment).databaseUrl ?? databaseOfApp(dataDir)
  const { url, options } = storageLocation(mode, dataDir, chosen)
  return openDatabase(url, {
    ...options,
    onCopied: (percent) => {
      if (percent === 0) console.error('Copying the database before upgrading it ...')
    },
  })
}

/** The database chosen in the app, so that a command never fills another one unnoticed. */
function databaseOfApp(dataDir: string): string | undefined {
  const saved = savedDatabase(dataDir)
  switch (saved.kind) {
    case 'file':
      return undefined
    case 'server':
      return saved.url
    case 'sealed':
      throw new UsageError(
        `Signal keeps its bars in ${saved.url}, and the password in the system keychain, which only the app can open. ` +
          'Set SIGNAL_DATABASE_URL to the whole address.',
      )
    case 'unreadable':
      throw new UsageError(
        'The choice of database cannot be read. Set SIGNAL_DATABASE_URL, or start Signal once.',
      )
    default:
      return unreachable(saved)
  }
}

/** Runs a command and reports why it failed; an unexpected error is a bug and is shown in full. */
export async function runCommand(command: () => Promise<ExitCode>): Promise<void> {
  try {
    process.exitCode = await command()
  } catch (cause) {
    process.exitCode = codeOf(cause)
    const isExpected =
      process.exitCode === EXIT.usage || cause instanceof DatabaseError || cause instanceof DataTooNewError
    console.error(isExpected ? messageOf(cause) : cause)
  }
}

const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause))

const codeOf = (cause: unknown): ExitCode =>
  cause instanceof UsageError || cause instanceof AlpacaConfigError || cause instanceof DatabaseAddressError
    ? EXIT.usage
    : EXIT.failed
