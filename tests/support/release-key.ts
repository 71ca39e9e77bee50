import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { signNotice } from '../../scripts/lib/sign-notice.mjs'

/** A release key, and what it signs. */
export interface ReleaseKey {
  readonly publicKey: KeyObject
  /** As packages carry it. */
  readonly publicText: string
  /** The signed notice of a version, with these fields in place of the ordinary ones. */
  notice(version: string, fields?: object): { readonly notice: string; readonly signature: string }
}

export function releaseKey(): ReleaseKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return {
    publicKey,
    publicText: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    notice: (version, fields = {}) =>
      signNotice(
        {
          version,
          releasedAt: '2026-11-20T21:00:00Z',
          notes: [`What is new in ${version}.`],
          page: `https://signal.example/${version}`,
          ...fields,
        },
        privateKey,
      ),
  }
}
