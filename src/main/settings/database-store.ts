import * as z from 'zod'
import type { DatabaseChoice, DatabaseSetting } from '#shared/database'
import type { Log } from '#process/log'
import type { Encryption } from './credential-store.ts'
import { readAddress, toUrl, type ServerAddress } from './database-address.ts'
import { messageOf, putAside, readJsonFile, removeAside, writeJsonFile } from './json-file.ts'

/**
 * The chosen server; empty for the file in the data folder. The password is encrypted, or in plain text with
 * consent.
 */
export const databaseFile = z.object({
  url: z.string().optional(),
  password: z.union([z.object({ encrypted: z.string() }), z.object({ plain: z.string() })]).optional(),
})
type DatabaseFile = z.output<typeof databaseFile>

/** The variable that overrides the file. */
export const DATABASE_VARIABLE = 'SIGNAL_DATABASE_URL'

/** The user's choice of database. The password leaves this object only for the storage process. */
export interface DatabaseStore {
  /** The full address in use; undefined for the file in the data folder. */
  url(): string | undefined
  /** The full address of a choice, with the password saved for it if none was typed. */
  resolve(choice: DatabaseChoice): ServerAddress | 'file' | 'unreadable'
  setting(): DatabaseSetting
  /** Throws the file system's error. */
  set(choice: ServerAddress | 'file'): void
  readonly warnings: readonly string[]
}

interface DatabaseStoreDeps {
  readonly file: string
  /** The value of SIGNAL_DATABASE_URL. */
  readonly fixedUrl: string | undefined
  readonly encryption: Encryption
  readonly log: Log
  readonly now: () => Date
}

/** Opens the file with the choice. An unreadable file is backed up and reported. */
export function openDatabaseStore({
  file,
  fixedUrl,
  encryption,
  log,
  now,
}: DatabaseStoreDeps): DatabaseStore {
  const warnings: string[] = []
  let saved = read()

  function read(): ServerAddress | 'file' {
    const stored = readJsonFile(file)
    if (stored.kind === 'absent') return 'file'
    const parsed = stored.kind === 'json' ? databaseFile.safeParse(stored.value) : undefined
    if (!parsed?.success) {
      const aside = putAside(file, now())
      const where = aside ? ` and was backed up as ${aside}` : ''
      warnings.push(`The choice of database couldn’t be read${where}. Using the file in the data folder.`)
      return 'file'
    }
    const { url, password } = parsed.data
    if (url === undefined) return 'file'
    if (readAddress(url) === undefined)
      warnings.push(
        'The saved database address can’t be read, so nothing is stored and no order is sent. Correct it in Settings.',
      )
    const text = password && opened(password)
    return { url, ...(text !== undefined && { password: text }) }
  }

  function opened(password: NonNullable<DatabaseFile['password']>): string | undefined {
    if ('plain' in password) return password.plain
    try {
      return encryption.decrypt(Buffer.from(password.encrypted, 'base64'))
    } catch (cause) {
      warnings.push('The system keychain couldn’t decrypt the database password. Enter it again.')
      log.warn({ reason: messageOf(cause) }, 'The database password could not be decrypted')
      return undefined
    }
  }

  const sealed = (password: string): DatabaseFile['password'] =>
    encryption.available
      ? { encrypted: encryption.encrypt(password).toString('base64') }
      : { plain: password }

  return {
    warnings,
    url: () => fixedUrl ?? (saved === 'file' ? undefined : toUrl(saved)),
    resolve(choice) {
      if (choice.kind === 'file') return 'file'
      const address = readAddress(choice.url)
      if (address === undefined) return 'unreadable'
      const password = choice.password || address.password
      if (password) return { url: address.url, password }
      return saved !== 'file' && saved.url === address.url ? saved : address
    },
    setting() {
      if (fixedUrl !== undefined) return { ...settingOf(serverOrFile(fixedUrl)), fixedBy: DATABASE_VARIABLE }
      return settingOf(saved)
    },
    set(choice) {
      const { url, password }: Partial<ServerAddress> = choice === 'file' ? {} : choice
      removeAside(file) // it may hold the password of the database that was in use
      writeJsonFile(file, { url, ...(password !== undefined && { password: sealed(password) }) })
      saved = choice
    },
  }
}

const settingOf = (address: ServerAddress | 'file'): DatabaseSetting =>
  address === 'file'
    ? { kind: 'file', hasPassword: false }
    : { kind: 'server', url: shown(address.url), hasPassword: address.password !== undefined }

/** What SIGNAL_DATABASE_URL leads to; an address that cannot be read is not a file. */
const serverOrFile = (url: string): ServerAddress | 'file' =>
  readAddress(url) ?? (/^postgres/i.test(url) ? { url } : 'file')

/** The address for a window. In one that cannot be read, whatever may be a password is left out. */
const shown = (url: string): string =>
  readAddress(url) === undefined ? url.replace(/\/\/.*@/, '//').replace(/\?.*/, '') : url
