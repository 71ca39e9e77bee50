import { createPrivateKey, createPublicKey, sign } from 'node:crypto'

/** @typedef {import('node:crypto').KeyObject} KeyObject */

/**
 * The release key from its file's text; undefined if that is not an Ed25519 private key in PEM without a passphrase.
 * @param {string} pem @returns {KeyObject | undefined}
 */
export function readReleaseKey(pem) {
  try {
    const key = createPrivateKey(pem)
    return key.asymmetricKeyType === 'ed25519' ? key : undefined
  } catch {
    return undefined
  }
}

/**
 * The public half of the release key as packages carry it: base64 of its DER (SPKI).
 * @param {KeyObject} releaseKey
 */
export const publicKeyOf = (releaseKey) =>
  createPublicKey(releaseKey).export({ format: 'der', type: 'spki' }).toString('base64')

/**
 * A notice as it is published, with its signature. What it says is not checked here.
 * @param {object} notice @param {KeyObject} releaseKey @returns {import('../../src/main/updates/signed-notice.ts').NoticeEnvelope}
 */
export function signNotice(notice, releaseKey) {
  const bytes = Buffer.from(JSON.stringify(notice))
  return { notice: bytes.toString('base64'), signature: sign(null, bytes, releaseKey).toString('base64') }
}
