import { createPublicKey, type KeyObject } from 'node:crypto'
import { join } from 'node:path'
import * as z from 'zod'
import type { NoticeSource } from '#shared/updates'
import type { Log } from '#process/log'
import { readJsonFile } from '../settings/index.ts'
import { isNoticeAddress } from './address.ts'
import { versionText } from '#shared/version'

/** Where this build asks for newer versions, and whose signature it believes; or why it asks nobody. */
export type ReleaseSource =
  | {
      readonly kind: 'named'
      /** The running version. */
      readonly version: string
      readonly noticeUrl: string
      readonly publicKey: KeyObject
    }
  | { readonly kind: Exclude<NoticeSource, 'named'> }

const publicKey = z.base64().transform((text, context): KeyObject => {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' })
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // Said below.
  }
  context.addIssue('is not an Ed25519 key in DER')
  return z.NEVER
})

/** What is read of the app's package.json. Packaging writes `release`; a checkout has none. */
const manifest = z.object({
  version: versionText,
  release: z
    .object({
      noticeUrl: z
        .string()
        .refine(isNoticeAddress, 'is not an https address without user, query and fragment'),
      publicKey,
    })
    .optional(),
})

interface AppFolder {
  readonly folder: string
  /** Whether it was built as a package, and is not a checkout. */
  readonly isPackaged: boolean
}

/** Reads the source from the app's folder. One that breaks a rule is logged, and asks nobody. */
export function readReleaseSource({ folder, isPackaged }: AppFolder, log: Log): ReleaseSource {
  const file = readJsonFile(join(folder, 'package.json'))
  const read = manifest.safeParse(file.kind === 'json' ? file.value : undefined)
  if (!read.success) {
    log.warn({ folder, detail: z.prettifyError(read.error) }, 'This build cannot ask for newer versions')
    return { kind: 'invalid' }
  }
  const { version, release } = read.data
  if (release === undefined) return { kind: isPackaged ? 'unnamed' : 'checkout' }
  return { kind: 'named', version, ...release }
}
