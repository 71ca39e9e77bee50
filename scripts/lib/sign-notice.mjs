import { sign } from 'node:crypto'

/**
 * A notice as it is published, with its signature. What it says is not checked here.
 * @param {object} notice @param {import('node:crypto').KeyObject} privateKey
 * @returns {import('../../src/main/updates/signed-notice.ts').NoticeEnvelope}
 */
export function signNotice(notice, privateKey) {
  const bytes = Buffer.from(JSON.stringify(notice))
  return { notice: bytes.toString('base64'), signature: sign(null, bytes, privateKey).toString('base64') }
}
