import * as z from 'zod'
import { credentials, type AccountKind, type Credentials } from '#shared/settings'
import type { Log } from '#process/log'
import { messageOf, putAside, readJsonFile, removeAside, writeJsonFile } from './json-file.ts'

/** The system's keyring. Electron's safeStorage in the app. */
export interface Encryption {
  /** False if the system has no real keyring. */
  readonly available: boolean
  encrypt(text: string): Buffer
  decrypt(data: Buffer): string
}

/** One account's keys as stored in the file: encrypted, or in plain text with the user's consent. */
const entry = z.union([z.object({ encrypted: z.string() }), z.object({ plain: credentials })])
const fileSchema = z.partialRecord(z.enum(['paper', 'live']), entry)

/** The keys that Signal stores, one pair per account. They leave this object only for the Alpaca library. */
export interface CredentialStore {
  get(account: AccountKind): Credentials | undefined
  /** Throws the file system's error. */
  set(account: AccountKind, keys: Credentials): void
  /** Deletes them here and in every backup of an unreadable file. Throws the file system's error. */
  remove(account: AccountKind): void
  readonly warnings: readonly string[]
}

/** Opens the file of keys. An unreadable file is backed up and reported; it is never overwritten. */
export function openCredentialStore(
  file: string,
  encryption: Encryption,
  log: Log,
  now: () => Date,
): CredentialStore {
  const warnings: string[] = []
  const keys = new Map<AccountKind, Credentials>()
  const stored = readJsonFile(file)
  const parsed = stored.kind === 'json' ? fileSchema.safeParse(stored.value) : undefined
  if (stored.kind === 'unreadable' || parsed?.success === false) {
    const aside = putAside(file, now())
    warnings.push(
      `The saved API keys couldn’t be read${aside ? ` and were backed up as ${aside}` : ''}. Enter them again.`,
    )
    log.warn({ file, aside }, 'Credentials file unreadable')
  }
  const entries: z.output<typeof fileSchema> = parsed?.success ? { ...parsed.data } : {}
  for (const account of ['paper', 'live'] as const) {
    const saved = entries[account]
    if (!saved) continue
    try {
      keys.set(account, 'plain' in saved ? saved.plain : decrypted(saved.encrypted, encryption))
    } catch (cause) {
      warnings.push(`The system keychain couldn’t decrypt the saved ${account} keys. Enter them again.`)
      log.warn({ account, reason: messageOf(cause) }, 'Credentials could not be decrypted')
    }
  }
  return {
    warnings,
    get: (account) => keys.get(account),
    set(account, pair) {
      const next = { ...entries, [account]: sealed(pair, encryption) }
      writeJsonFile(file, next)
      Object.assign(entries, next)
      keys.set(account, pair)
    },
    remove(account) {
      const { [account]: _gone, ...rest } = entries
      writeJsonFile(file, rest)
      removeAside(file)
      delete entries[account]
      keys.delete(account)
    },
  }
}

function decrypted(text: string, encryption: Encryption): Credentials {
  return credentials.parse(JSON.parse(encryption.decrypt(Buffer.from(text, 'base64'))))
}

const sealed = (pair: Credentials, encryption: Encryption): z.output<typeof entry> =>
  encryption.available
    ? { encrypted: encryption.encrypt(JSON.stringify(pair)).toString('base64') }
    : { plain: pair }
