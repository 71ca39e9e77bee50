import type { Environment } from './environment.ts'

/**
 * What a child process needs: where temporary files and certificates are, the time zone, the system's folder on
 * Windows, the place of shared libraries. Keys, addresses and NODE_OPTIONS are not among it: a child gets its
 * settings by message.
 */
const NEEDED = [
  'HOME',
  'TMPDIR',
  'TMP',
  'TEMP',
  'TZ',
  'SystemRoot',
  'LD_LIBRARY_PATH',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
] as const

/** The variables that child processes get. */
export const childEnvironment = (environment: Environment): Record<string, string> =>
  Object.fromEntries(
    NEEDED.flatMap((name) => {
      const value = environment[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
