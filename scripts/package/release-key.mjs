import { createPrivateKey, createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'

/**
 * The Ed25519 key of releases. The public half is in the app; the private one signs the checksums of a release and
 * the notice of a newer version, and is absent if the file has the public half alone.
 * @typedef {{ readonly publicKey: import('node:crypto').KeyObject, readonly privateKey?: import('node:crypto').KeyObject }} ReleaseKey
 */

/**
 * Reads the key from a PEM file as `openssl genpkey -algorithm ed25519` or `openssl pkey -pubout` writes it. Throws if it
 * is of another kind.
 * @param {string} file @returns {ReleaseKey}
 */
export function readReleaseKey(file) {
  const pem = readFileSync(file, 'utf8')
  const publicKey = publicHalf(pem, file)
  if (publicKey.asymmetricKeyType !== 'ed25519') throw new Error(`The key in ${file} is not an Ed25519 key`)
  return { publicKey, ...(pem.includes('PRIVATE KEY') && { privateKey: createPrivateKey(pem) }) }
}

/** @param {string} pem @param {string} file */
function publicHalf(pem, file) {
  try {
    return createPublicKey(pem)
  } catch {
    throw new Error(`${file} is not a key in PEM without a passphrase`)
  }
}

/** The public half as PEM, for the app and for openssl. @param {ReleaseKey} key */
export const publicPem = ({ publicKey }) => String(publicKey.export({ type: 'spki', format: 'pem' }))
