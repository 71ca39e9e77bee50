import type { Encryption } from '../../src/main/settings/index.ts'

/** Stands in for the system's keyring: reversed text is enough to see that the disk does not hold what was typed. */
export const keyring: Encryption = {
  available: true,
  encrypt: (text) => Buffer.from(text).reverse(),
  decrypt: (data) => Buffer.from(data).reverse().toString(),
}

/** The keyring of another login, which cannot read what this one wrote. */
export const otherKeyring: Encryption = {
  ...keyring,
  decrypt() {
    throw new Error('wrong keyring')
  },
}
