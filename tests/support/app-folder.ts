import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout, which Electron starts as an app folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Its package.json. */
export const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly version: string
}

/**
 * Makes a folder from which Electron starts this build with other fields in its package.json, as packaging writes them. Returns
 * the folder.
 */
export function makeAppFolder(folder: string, fields: object): string {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, ...fields }))
  for (const name of ['out', 'node_modules']) symlinkSync(join(ROOT, name), join(folder, name))
  return folder
}
