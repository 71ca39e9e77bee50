import type { KeyObject } from 'node:crypto'
import type { Log } from '#process/log'
import { readJsonFile, writeJsonFile } from '../settings/index.ts'
import { readNotice, type ProvenNotice } from './signed-notice.ts'

/**
 * The notice that an earlier run kept, verified again; undefined if there is none, or the file no longer proves one.
 * Nothing is lost then: the next answer replaces it.
 */
export function readKeptNotice(file: string, publicKey: KeyObject, log: Log): ProvenNotice | undefined {
  const stored = readJsonFile(file)
  if (stored.kind === 'absent') return undefined
  const read = readNotice(stored.kind === 'json' ? stored.value : undefined, publicKey)
  if (read.ok) return read.value
  log.warn({ file, ...read.error }, 'The kept notice of a newer version is ignored')
  return undefined
}

/** Keeps a notice for the next start, as it was published. */
export function keepNotice(file: string, { envelope }: ProvenNotice, log: Log): void {
  try {
    writeJsonFile(file, envelope)
  } catch (cause) {
    log.warn({ err: cause }, 'The notice of a newer version could not be kept')
  }
}
