import { describeAddress, type DatabaseAddress } from './address.ts'

/**
 * What can be wrong with a database. `refused`: no server listens there; `unreachable`: no such host, or no
 * answer; `lost`: the connection broke; `not-admitted`: the server takes no such connection; `unknown-ca`: its
 * certificate is signed by nobody known; `no-tls`, `tls-required`: it offers none, or nothing else;
 * `newer-schema`: written by a later version of Signal; `damaged`: the file is corrupt or not SQLite.
 */
export type DatabaseProblemKind =
  | 'refused'
  | 'unreachable'
  | 'lost'
  | 'starting'
  | 'password'
  | 'not-admitted'
  | 'unknown-ca'
  | 'certificate-name'
  | 'certificate-date'
  | 'certificate-file'
  | 'client-certificate'
  | 'no-tls'
  | 'tls-required'
  | 'tls-failed'
  | 'no-database'
  | 'no-permission'
  | 'too-many-connections'
  | 'too-old'
  | 'newer-schema'
  | 'locked'
  | 'read-only'
  | 'full'
  | 'damaged'
  | 'other'

/** A database problem in a form that can cross processes. */
export interface DatabaseProblem {
  readonly kind: DatabaseProblemKind
  /** What is wrong and what to do, for the user. */
  readonly message: string
}

/** Thrown by everything that reads or writes the database when the database, not the program, is the cause. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  readonly kind: DatabaseProblemKind

  constructor(kind: DatabaseProblemKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }

  get problem(): DatabaseProblem {
    return { kind: this.kind, message: this.message }
  }
}

/**
 * Codes of drivers and servers. Sources: errno, PostgreSQL "Error Codes" (appendix A), SQLite "Result Codes".
 */
const KIND_BY_CODE: Readonly<Record<string, DatabaseProblemKind>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  ETIMEDOUT: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ECONNRESET: 'lost',
  EPIPE: 'lost',
  '28P01': 'password',
  // Node.js "X509 certificate error codes".
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown-ca',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'unknown-ca',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown-ca',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown-ca',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown-ca',
  CERT_HAS_EXPIRED: 'certificate-date',
  CERT_NOT_YET_VALID: 'certificate-date',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-name',
  EPROTO: 'tls-failed',
  '3D000': 'no-database',
  '42501': 'no-permission',
  '25006': 'read-only',
  '53100': 'full',
  '53300': 'too-many-connections',
  '57P01': 'lost',
  '57P02': 'lost',
  '57P03': 'starting',
  SQLITE_BUSY: 'locked',
  SQLITE_LOCKED: 'locked',
  SQLITE_READONLY: 'read-only',
  SQLITE_CANTOPEN: 'no-permission',
  SQLITE_PERM: 'no-permission',
  SQLITE_FULL: 'full',
  SQLITE_CORRUPT: 'damaged',
  SQLITE_NOTADB: 'damaged',
  EACCES: 'no-permission',
  ENOENT: 'no-permission',
  ENOTDIR: 'no-permission',
  EEXIST: 'no-permission',
  EPERM: 'no-permission',
  EROFS: 'read-only',
  ENOSPC: 'full',
}

/** Errors whose code is missing or says too little, by the text of the driver or the server. */
const KIND_BY_TEXT: readonly (readonly [RegExp, DatabaseProblemKind])[] = [
  [/server does not support SSL/i, 'no-tls'],
  [/unsupported startup parameter/i, 'other'],
  [/valid client certificate/i, 'client-certificate'],
  [/pg_hba\.conf.*(no encryption|SSL off)/i, 'tls-required'],
  [/pg_hba\.conf/i, 'not-admitted'],
  [/establishing an SSL connection/i, 'tls-failed'],
  [/timeout expired|timeout exceeded when trying to connect|due to connection timeout/i, 'unreachable'],
  [/connection (terminated|ended|error)|not queryable|client was closed/i, 'lost'],
  [/password must be a string|no password supplied/i, 'password'],
]

/** The kind of problem behind a driver's error; undefined if it is a bug of ours, such as wrong SQL. */
export function kindOf(cause: unknown): DatabaseProblemKind | undefined {
  if (cause instanceof DatabaseError) return cause.kind
  if (!(cause instanceof Error)) return undefined
  if (cause instanceof AggregateError) return kindOf(cause.errors[0])
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
  const exact = KIND_BY_CODE[code] ?? KIND_BY_CODE[code.split('_').slice(0, 2).join('_')]
  if (exact !== undefined) return exact
  const byText = KIND_BY_TEXT.find(([pattern]) => pattern.test(cause.message))?.[1]
  if (byText !== undefined) return byText
  // Any other invalid authorization: no such user.
  if (code === '28000') return 'password'
  if (/^(ERR_SSL_|ERR_TLS_|ERR_OSSL_|CERT_)/.test(code)) return 'tls-failed'
  // Class 08 is "connection exception"; SQLITE_IOERR means a failing disk.
  if (code.startsWith('08')) return 'lost'
  return code.startsWith('SQLITE_IOERR') ? 'other' : undefined
}

/** Whether no connection could be made, so that no statement can succeed. */
export const isUnconnected = (kind: DatabaseProblemKind | undefined): boolean =>
  kind !== undefined && CONNECTING.has(kind)

const CONNECTING: ReadonlySet<DatabaseProblemKind> = new Set([
  'refused',
  'unreachable',
  'password',
  'not-admitted',
  'unknown-ca',
  'certificate-name',
  'certificate-date',
  'client-certificate',
  'no-tls',
  'tls-required',
  'tls-failed',
  'no-database',
])

/** Whether waiting may help: the server is down or busy, or another program has locked the file. */
export const mayPass = (kind: DatabaseProblemKind): boolean =>
  ['refused', 'unreachable', 'lost', 'starting', 'locked', 'too-many-connections'].includes(kind)

/** The driver's error as a {@link DatabaseError} with a message; anything else is returned unchanged. */
export function asDatabaseError(cause: unknown, address: DatabaseAddress): unknown {
  if (cause instanceof DatabaseError) return cause
  const kind = kindOf(cause)
  if (kind === undefined) return cause
  return new DatabaseError(kind, describeProblem(kind, address, cause), { cause })
}

/** Any error as a problem that can be returned to the caller. */
export function problemOf(cause: unknown): DatabaseProblem {
  if (cause instanceof DatabaseError) return cause.problem
  return { kind: 'other', message: cause instanceof Error ? cause.message : String(cause) }
}

function describeProblem(kind: DatabaseProblemKind, address: DatabaseAddress, cause: unknown): string {
  const where = describeAddress(address)
  switch (kind) {
    case 'refused':
      return `Connection refused: ${where}. Is the server running?`
    case 'unreachable':
      return `No answer from ${where}. Check host name, network and firewall.`
    case 'lost':
      return `Connection to the ${where} lost.`
    case 'starting':
      return `The server of the ${where} is starting or stopping. Try again in a moment.`
    case 'password':
      return `Login failed: ${where}. Check user name and password.`
    case 'not-admitted':
      return `The server rejects this user from this computer (pg_hba.conf): ${where}.`
    case 'unknown-ca':
      return `The certificate of the ${where} isn't trusted by this computer. If it is your own, add ?sslrootcert=/path/to/ca.pem to the address.`
    case 'certificate-name':
      return `The certificate of the ${where} is for another host: ${reasonOf(cause)}. Use the name that the certificate has.`
    case 'certificate-date':
      return `The certificate of the ${where} has expired or isn't valid yet. Renew it, and check this computer's clock.`
    case 'client-certificate':
      return `The server of the ${where} requires a client certificate. Add ?sslcert=/path/to/cert.pem&sslkey=/path/to/key.pem to the address.`
    case 'no-tls':
      return `The server of the ${where} doesn't offer encryption. Set up TLS there, or allow an unencrypted connection in Settings.`
    case 'tls-required':
      return `The server of the ${where} requires encryption. Add ?sslmode=verify-full to the address, or drop sslmode=disable.`
    case 'tls-failed':
    case 'certificate-file':
      return `The encrypted connection to the ${where} failed: ${reasonOf(cause)}.`
    case 'no-database':
      return `No such database on the server: ${where}. Create it or correct the name.`
    case 'no-permission':
      if (address.dialect === 'sqlite')
        return `The ${where} can't be opened. Check that the folder exists and is writable.`
      return /for database/.test(reasonOf(cause))
        ? `The user lacks rights in the ${where} (${reasonOf(cause)}). Grant CONNECT and CREATE.`
        : `The user lacks rights in the ${where} (${reasonOf(cause)}). It must be allowed to create tables.`
    case 'too-many-connections':
      return `Too many connections: ${where}. Close other programs that use it.`
    case 'locked':
      return `The ${where} is in use by another program. Close it, or wait until it is done.`
    case 'read-only':
      return `The ${where} can be read but not written.`
    case 'full':
      return `Disk full: ${where}. Free up space; stored data is safe.`
    case 'damaged':
      return `The ${where} is damaged.`
    case 'too-old':
    case 'newer-schema':
    case 'other':
      return `The ${where} failed: ${reasonOf(cause)}`
  }
}

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
