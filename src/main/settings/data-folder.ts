import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from './json-file.ts'

/**
 * Why a folder cannot be written; undefined if it can, after creating it if needed. It really writes a file,
 * because permissions alone do not tell: they don't limit root, and a read-only disk ignores them.
 */
export function whyUnwritable(folder: string): string | undefined {
  const trial = join(folder, `.writable-${process.pid}`)
  try {
    mkdirSync(folder, { recursive: true })
    rmSync(trial, { force: true })
    writeFileSync(trial, '', { flag: 'wx' })
    rmSync(trial)
    return undefined
  } catch (cause) {
    return messageOf(cause)
  }
}
