import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from './json-file.ts'

/**
 * Why nothing can be kept in a folder; nothing where it can, after making it if need be. A file is really written, for
 * permissions alone do not tell: root passes them, and a read-only disk has them.
 */
export function whyUnwritable(folder: string): string | undefined {
  const trial = join(folder, `.writable-${process.pid}`)
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(trial, '')
    rmSync(trial)
    return undefined
  } catch (cause) {
    return messageOf(cause)
  }
}
