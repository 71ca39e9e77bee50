import { join } from 'node:path'
import type { DatabaseChoice } from '#shared/database'
import { defined } from '#shared/defined'
import { err, ok, type Result } from '#shared/result'
import {
  DEFAULT_SETTINGS,
  settings as schema,
  type AccountKind,
  type Credentials,
  type CredentialStatus,
  type Settings,
  type SettingsPatch,
  type SettingsView,
} from '#shared/settings'
import { withWatchlistChange, type WatchlistSettings } from '#shared/watchlists'
import type { SettingsRefusal } from '#shared/ipc/contract'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import { makePrivate } from '#process/private-files'
import { accountAccess, type AccountAccess } from './account-access.ts'
import { readAlpacaVariables } from './alpaca-variables.ts'
import { openConfirmedHosts } from './confirmed-hosts.ts'
import { openCredentialStore, type Encryption } from './credential-store.ts'
import { toUrl } from './database-address.ts'
import { DATABASE_VARIABLE, openDatabaseStore } from './database-store.ts'
import { whyUnwritable } from './data-folder.ts'
import type { Environment, SignalEnvironment } from './environment.ts'
import { messageOf, writeJsonFile } from './json-file.ts'
import { readSettingsFile } from './settings-file.ts'
import { isWatchlistKey } from './stored-watchlists.ts'

type Outcome = Result<SettingsView, SettingsRefusal>

/** The settings in use and the keys, with the only way to change them. */
export interface SettingsStore {
  view(): SettingsView
  current(): Settings
  /** The variables that make up an Alpaca config for an account; undefined while it has no keys or stays closed. */
  alpacaEnvironment(account: AccountKind): Environment | undefined
  /** Why an account stays closed although it has keys, and what to do. */
  whyClosed(account: AccountKind): string | undefined
  /** How keys that were typed would be used, before they are saved. */
  accessWith(account: AccountKind, keys: Credentials): AccountAccess
  save(patch: SettingsPatch): Outcome
  saveCredentials(account: AccountKind, keys: Credentials, plainText: boolean): Outcome
  forgetCredentials(account: AccountKind): Outcome
  /** Records the user's consent to send saved paper keys to these hosts, which must be those the account would use now. */
  confirmHosts(hosts: readonly string[]): Outcome
  /**
   * The full address of the database in use, including the password; undefined for the file in the data
   * folder.
   */
  databaseUrl(): string | undefined
  /** The same for a choice that is not in use yet. */
  databaseUrlOf(choice: DatabaseChoice): Result<string | undefined, SettingsRefusal>
  saveDatabase(choice: DatabaseChoice, plainText: boolean): Outcome
  /** Calls `listener` for every change; returns a function that stops it. */
  onChange(listener: (view: SettingsView, before: SettingsView) => void): () => void
}

interface SettingsStoreDeps {
  readonly dataDir: string
  readonly environment: Environment
  readonly signal: SignalEnvironment
  readonly encryption: Encryption
  /** Shown before all warnings; about how Signal was started. */
  readonly notices?: readonly string[]
  readonly log: Log
  readonly clock: Clock
}

/** Opens the settings of a data folder. Never fails: whatever could not be read is in the view's warnings. */
export function openSettings(deps: SettingsStoreDeps): SettingsStore {
  const { dataDir, environment, signal, encryption, notices = [], clock, log } = deps
  const now = () => new Date(clock.now())
  const file = join(dataDir, 'settings.json')
  const stored = readSettingsFile(file, now)
  const keys = openCredentialStore(join(dataDir, 'credentials.json'), encryption, log, now)
  const database = openDatabaseStore({
    file: join(dataDir, 'database.json'),
    fixedUrl: signal.databaseUrl,
    encryption,
    log,
    now,
  })
  const confirmed = openConfirmedHosts(join(dataDir, 'confirmed-hosts.json'), log, now)
  const alpaca = readAlpacaVariables(environment)
  const unwritable = whyUnwritable(dataDir)
  const shared = unwritable === undefined ? makePrivate(dataDir) : undefined
  const warnings = [
    ...notices,
    ...(unwritable === undefined
      ? []
      : [`Can’t write to ${dataDir}; settings and keys won’t be saved (${unwritable}).`]),
    ...(shared === undefined
      ? []
      : [`Other users of this computer may be able to read older files in ${dataDir} (${shared}).`]),
    ...signal.warnings,
    ...stored.warnings,
    ...keys.warnings,
    ...database.warnings,
    ...confirmed.warnings,
    ...alpaca.warnings,
  ]
  for (const warning of warnings) log.warn(warning)

  const wsUrl = environment['ALPACA_WS_URL'] // a custom address determines the feed
  const fixed = { ...signal.fixed, ...(wsUrl && alpaca.account && { feed: 'ALPACA_WS_URL' }) }
  let values = stored.values
  const listeners = new Set<(view: SettingsView, before: SettingsView) => void>()

  const accessOf = (account: AccountKind, typed?: Credentials): AccountAccess =>
    accountAccess({
      account,
      environment,
      stream: wsUrl ? {} : { ALPACA_WS_URL: `wss://stream.data.alpaca.markets/v2/${feedInUse()}` },
      keys: typed ?? (alpaca.account === account ? 'environment' : keys.get(account)),
      isConfirmed: (host) => confirmed.has(host),
    })
  const feedInUse = () => values.feed ?? DEFAULT_SETTINGS.feed

  const credentialStatus = (account: AccountKind): CredentialStatus => {
    const { hosts, problem } = accessOf(account)
    const where = { ...(hosts && { hosts }), ...(problem !== undefined && { problem }) }
    if (alpaca.account === account) {
      return { account, present: true, keyEndsWith: alpaca.keyEndsWith ?? '', from: 'environment', ...where }
    }
    const saved = keys.get(account)
    return saved
      ? { account, present: true, keyEndsWith: saved.apiKey.slice(-4), from: 'saved', ...where }
      : { account, present: false, ...where }
  }

  const view = (): SettingsView => {
    const statuses = [credentialStatus('paper'), credentialStatus('live')]
    const defaultMode = statuses[0]?.present ? 'paper' : 'demo'
    return {
      settings: { ...DEFAULT_SETTINGS, mode: defaultMode, ...values, ...signal.settings },
      fixed,
      credentials: statuses,
      database: database.setting(),
      encryptionAvailable: encryption.available,
      warnings,
    }
  }

  /** All watchlist settings after a change that concerns them; nothing if it doesn't. */
  const listsAfter = (patch: Partial<Settings>): Result<Partial<WatchlistSettings>, string> =>
    Object.keys(patch).some(isWatchlistKey)
      ? withWatchlistChange({ ...DEFAULT_SETTINGS, ...values }, patch)
      : ok({})

  /** Makes a change whose write may fail, and reports it once it is written. */
  const change = (write: () => void): Outcome => {
    const before = view()
    try {
      write()
    } catch (cause) {
      log.error({ err: cause, dataDir }, 'Settings could not be written')
      const message = `Not saved: can’t write to ${dataDir} (${messageOf(cause)}).`
      return err({ kind: 'not-written', message })
    }
    const after = view()
    for (const listener of listeners) listener(after, before)
    return ok(after)
  }

  return {
    view,
    current: () => view().settings,
    alpacaEnvironment: (account) => accessOf(account).variables,
    whyClosed: (account) => accessOf(account).problem,
    accessWith: accessOf,
    save(asked) {
      const patch: Partial<Settings> = defined(asked)
      const refusal = refusalOf(patch, view())
      if (refusal) return err(refusal)
      const lists = listsAfter(patch)
      if (!lists.ok) return err({ kind: 'invalid', field: 'watchlist', message: lists.error })
      return change(() => {
        const next = { ...values, ...patch, ...lists.value }
        writeJsonFile(file, next)
        values = next
      })
    },
    saveCredentials(account, pair, plainText) {
      if (!encryption.available && !plainText) {
        const message = 'No system keychain: the keys would be stored unencrypted in the data folder.'
        return err({ kind: 'no-encryption', message })
      }
      return change(() => keys.set(account, pair))
    },
    forgetCredentials: (account) => change(() => keys.remove(account)),
    confirmHosts(shown) {
      const { names = [], state } = accessOf('paper').hosts ?? {}
      if (state !== 'unconfirmed' || names.join() !== shown.join()) {
        const message = 'the environment now names other hosts; check them again'
        return err({ kind: 'invalid', field: 'hosts', message })
      }
      return change(() => confirmed.add(names))
    },
    databaseUrl: () => database.url(),
    databaseUrlOf(choice) {
      const address = database.resolve(choice)
      if (address === 'unreadable') return err(UNREADABLE_ADDRESS)
      return ok(address === 'file' ? undefined : toUrl(address))
    },
    saveDatabase(choice, plainText) {
      if (signal.databaseUrl !== undefined)
        return err({ kind: 'fixed', field: 'database', variable: DATABASE_VARIABLE })
      const address = database.resolve(choice)
      if (address === 'unreadable') return err(UNREADABLE_ADDRESS)
      if (address !== 'file' && address.password !== undefined && !encryption.available && !plainText) {
        const message = 'No system keychain: the password would be stored unencrypted in the data folder.'
        return err({ kind: 'no-encryption', message })
      }
      return change(() => database.set(address))
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const UNREADABLE_ADDRESS: SettingsRefusal = {
  kind: 'invalid',
  field: 'database',
  message: 'the address isn’t postgres://user@host:port/name',
}

function refusalOf(patch: Partial<Settings>, view: SettingsView): SettingsRefusal | undefined {
  for (const field of schema.keyof().options) {
    const variable = view.fixed[field]
    if (field in patch && variable) return { kind: 'fixed', field, variable }
  }
  const { mode = 'demo' } = patch
  if (mode === 'demo' || view.credentials.some(({ account, present }) => account === mode && present))
    return undefined
  return { kind: 'no-credentials', message: `Add ${mode} API keys first.` }
}
